"""A paper is known by its content, whatever it is called; what is not taken is refused by a sentence, and nothing is kept."""

import io
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from papers import (
    a_docx,
    a_pdf,
    a_pdf_saying,
    a_photograph,
    a_pptx,
    an_ofd,
    an_old_office_file,
    an_xlsx,
    docx_parts,
    packed,
)
from tisu.documents import taking
from tisu.documents.faults import NotTaken
from tisu.documents.keeping import storage
from tisu.documents.models import Document
from tisu.foundation.buckets import HourlyBuckets

pytestmark = pytest.mark.django_db
MARK = "机密★1年"


def locked_pdf() -> bytes:
    import pikepdf

    into = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf())) as paper:
        paper.save(into, encryption=pikepdf.Encryption(owner="a", user="b"))
    return into.getvalue()


REFUSED = {
    "program": (b"MZ\x90\x00" + b"\x00" * 200, "照片.jpg", "程序或网页"),
    "elf": (b"\x7fELF" + b"\x00" * 99, "a.pdf", "程序或网页"),
    "script": (b"#!/bin/sh\nrm -rf /\n", "a.txt", "程序或网页"),
    "html": (b"<!DOCTYPE html><p>x", "a.txt", "程序或网页"),
    "html in utf-16": ("<html>x".encode("utf-16"), "a.txt", "程序或网页"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "a.png", "程序或网页"),
    "zip": (packed({"a.txt": "x"}), "a.docx", "压缩包"),
    "empty zip": (packed({}), "a.zip", "压缩包"),
    "zip in zip": (packed({"b.zip": packed({"a": "x"})}), "a.zip", "压缩包"),
    "rar": (b"Rar!\x1a\x07\x00" + b"\0" * 99, "a.rar", "压缩包"),
    "empty": (b"", "a.txt", "空文件"),
    "noise": (bytes(range(256)) * 9, "a.txt", "不在接收范围"),
    "gif": (b"GIF89a" + b"\0" * 99, "a.gif", "JPEG"),
    "rich text": (b"{\\rtf1 x}", "a.doc", "RTF"),
    "half a picture": (a_photograph()[:900], "a.jpg", "损坏"),
    "half a pdf": (a_pdf()[:60], "a.pdf", "损坏"),
    "locked pdf": (locked_pdf(), "a.pdf", "密码"),
    "locked docx": (an_old_office_file("EncryptedPackage", "EncryptionInfo"), "a.docx", "密码"),
    "macros": (a_docx("x", **{"word/vbaProject.bin": b"x"}), "a.docx", "宏"),
    "macros by type": (packed(docx_parts("x") | {"[Content_Types].xml": "<Types><Default ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>"}), "a.docx", "宏"),
    "old macros": (an_old_office_file("WordDocument", "Macros", "VBA"), "a.doc", "宏"),
    "dde": (a_docx("x", **{"word/header1.xml": "<h xmlns:w='w'><w:instrText>DDEAUTO c:\\\\x cmd</w:instrText></h>"}), "a.docx", "宏"),
    "entities": (a_docx("x", **{"word/document.xml": "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><d>&x;</d>"}), "a.docx", "损坏"),
    "old installer": (an_old_office_file("Binary"), "a.msi", "不在接收范围"),
    "marked text": (f"{MARK}\n正文".encode(), "a.txt", "密级标志"),
    "marked gbk": (f"{MARK}\n正文".encode("gb18030"), "a.txt", "密级标志"),
    "marked docx": (a_docx("关于方案的请示", "秘 密"), "a.docx", "密级标志"),
    "marked header": (a_docx("x", **{"word/header1.xml": "<h><p><t>绝密</t></p></h>"}), "a.docx", "密级标志"),
    "marked xlsx": (an_xlsx("名单", "密级：机密"), "a.xlsx", "密级标志"),
    "marked pptx": (a_pptx("機密★3年"), "a.pptx", "密级标志"),
    "marked ofd": (an_ofd("机密", "正文"), "a.ofd", "密级标志"),
    "marked pdf": (a_pdf_saying("机密★1年", "咸丰县人民政府文件"), "a.pdf", "密级标志"),
    "marked doc": (an_old_office_file("WordDocument", text="绝密★长期"), "a.doc", "密级标志"),
    "marked name": (a_photograph(), "【机密】图纸.jpg", "密级标志"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_by_a_sentence_and_nothing_is_kept(upload, what):
    content, name, word = REFUSED[what]
    with pytest.raises(NotTaken) as refusal:
        upload("zhujian", content, name)
    assert word in refusal.value.sentence and name.rpartition(".")[0] in refusal.value.sentence
    assert not Document.objects.exists()


TAKEN = {
    "docx": (a_docx("商业秘密保护"), "docx", "docx"),
    "xlsx": (an_xlsx("保守秘密"), "xlsx", "xlsx"),
    "doc": (an_old_office_file("WordDocument", text="正文"), "doc", ""),
    "xls": (an_old_office_file("Workbook"), "xls", ""),
    "ppt": (an_old_office_file("PowerPoint Document"), "ppt", ""),
    "pdf": (a_pdf_saying("关于商业秘密的说明"), "pdf", "pdf"),
    "ofd": (an_ofd("机密性、完整性"), "ofd", "ofd"),
}


@pytest.mark.parametrize("what", TAKEN)
def test_it_is_taken_for_what_it_is_whatever_it_is_called(upload, what):
    content, kind, copy = TAKEN[what]
    document = upload("zhujian", content, "说明.exe")
    assert (document.kind, document.copy_kind, document.name) == (kind, copy, f"说明.{kind}")


# --- How much --------------------------------------------------------------------------------------------


def bomb(name: str, size: int) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open(name, "w", force_zip64=True) as part:
            for _mb in range(size):
                part.write(b"\0" * 1024 * 1024)
    return into.getvalue()


def picture_bomb() -> bytes:
    """A PNG that says it is 50,000 pixels wide and high."""
    import struct
    import zlib

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10_000_000))
        + chunk(b"IEND", b"")
    )


def laughing() -> bytes:
    """A thousand million laughs, had entities been unfolded."""
    inner = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return a_docx("x", **{"word/document.xml": f'<!DOCTYPE d [<!ENTITY l0 "ha">{inner}]><d>&l9;</d>'})


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (bomb("word/document.xml", 600), "a.docx"),
        (bomb("word/media/image1.jpeg", 600), "a.docx"),
        (packed({"[Content_Types].xml": "<Types/>"} | {f"word/{n}": "" for n in range(10_001)}), "a.docx"),
        (picture_bomb(), "a.png"),
        (laughing(), "a.docx"),
        (a_docx("x", **{"word/document.xml": "<a>" * 50_000 + "</a>" * 50_000}), "a.docx"),
    ],
    ids=["one part", "a picture", "parts", "pixels", "entities", "depth"],
)  # fmt: skip
def test_what_unfolds_without_end_costs_one_refusal(upload, content, name):
    with pytest.raises(NotTaken):
        upload(None, content, name)
    assert not Document.objects.exists()


def test_what_is_too_large_is_not_read_to_its_end(client, settings):
    settings.DOCUMENT_MB = 1
    large = SimpleUploadedFile("大.jpg", b"\xff" * 1_100_000)
    answer = client.post("/api/v1/documents", {"file": large})
    assert answer.status_code == 422
    assert "1 MB" in answer.json()["detail"] and "大" in answer.json()["detail"]


def test_strangers_together_do_not_fill_the_storage(upload, settings):
    settings.STRANGERS_MB_AN_HOUR = 0
    with pytest.raises(NotTaken, match="一小时"):
        upload(None)
    assert upload("zhujian").is_ready


@pytest.fixture
def buckets(monkeypatch, settings):
    """The counts of a process that has just begun; one megabyte of a network is all there is."""
    fresh = HourlyBuckets()
    monkeypatch.setattr(taking, "_BUCKETS", fresh)
    settings.STRANGER_MB_AN_HOUR = 1
    return fresh


def send_from(client, address: str, **headers):
    photograph = SimpleUploadedFile("a.jpg", a_photograph() + b"\0" * 700_000)
    return client.post("/api/v1/documents", {"file": photograph}, REMOTE_ADDR=address, headers=headers)


def test_one_network_does_not_use_up_what_strangers_have(client, buckets):
    assert send_from(client, "203.0.113.7").status_code == 201
    answer = send_from(client, "203.0.113.250")
    assert answer.status_code == 422 and "一小时" in answer.json()["detail"]
    assert send_from(client, "198.51.100.7").status_code == 201


def test_behind_a_proxy_the_caller_counts_and_not_the_proxy(client, buckets, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for caller, status in (("203.0.113.7", 201), ("203.0.113.7", 422), ("198.51.100.7", 201)):
        forged_and_true = f"192.0.2.{status % 200}, {caller}"
        assert send_from(client, "127.0.0.1", X_Forwarded_For=forged_and_true).status_code == status


def test_where_only_the_proxy_is_seen_all_strangers_share_the_total_alone(client, buckets, settings):
    settings.BEHIND_TLS = True
    assert [send_from(client, "127.0.0.1").status_code for _time in range(2)] == [201, 201]


@pytest.mark.parametrize(
    "files", [{}, {"file": ""}, {"file": "text"}, {"other": SimpleUploadedFile("a.txt", b"x")}], ids=str
)
def test_an_upload_without_a_file_says_so(client, files):
    answer = client.post("/api/v1/documents", files)
    assert answer.status_code == 422 and "file" in answer.json()["errors"]


def test_a_name_can_hold_nothing_but_a_name(upload):
    for given, kept in {
        "../../etc/passwd.jpg": "passwd.jpg",
        "a\u202egpj.exe": "agpj.jpg",
        "CON.jpg": "_CON.jpg",
        "x" * 300 + ".jpg": "x" * 116 + ".jpg",
        "方案 1.2版.jpeg": "方案 1.2版.jpg",
        'a"b<c>.jpg': "a_b_c_.jpg",
    }.items():
        assert upload("zhujian", called=given).name == kept


def test_nothing_of_a_refused_paper_lies_in_the_storage_or_beside_it(upload):
    folder = settings.DATA
    before = {path for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(NotTaken):
        upload("zhujian", f"{MARK}\n正文".encode(), "a.txt")
    assert {path for path in folder.rglob("*") if path.is_file()} == before
    assert storage().base_location
