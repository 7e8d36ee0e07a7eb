"""What people read of a paper is made anew: its words and pictures, without who wrote them, when and where."""

import io
import zipfile
from typing import Any

import pikepdf
import pytest
from PIL import Image

from papers import (
    OWNER,
    a_docx,
    a_photograph,
    a_pptx,
    a_rich_pdf,
    an_ofd,
    an_xlsx,
)
from tisu.documents.arriving import unnamed_file
from tisu.documents.keeping import read_copy
from tisu.documents.reading.scrubbed import scrubbed
from tisu.foundation.bounded import run_bounded

CAMERA = (b"owner-of-the-phone", b"comment-of-the-camera", b"Exif", b"Phone 1")


def clean(content: bytes, name: str = "file") -> tuple[dict[str, Any], bytes]:
    with unnamed_file() as given, unnamed_file() as into:
        given.write(content)
        told = run_bounded("tisu.documents.reading.intake:take", given=given, into=into, name=name)
        into.seek(0)
        return told, into.read()


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def saved(picture: Image.Image, kind: str, **more: Any) -> bytes:
    into = io.BytesIO()
    picture.save(into, kind, **more)
    return into.getvalue()


# --- Pictures --------------------------------------------------------------------------------------------


def test_a_photograph_loses_what_the_camera_wrote():
    told, copy = clean(a_photograph())
    assert told == {"kind": "jpeg", "copy": "jpeg", "pages": 1}
    assert all(word in a_photograph() for word in CAMERA) and not any(word in copy for word in CAMERA)


def test_a_photograph_that_lay_on_its_side_stands_upright():
    _told, copy = clean(a_photograph((640, 480), turned=True))
    assert Image.open(io.BytesIO(copy)).size == (480, 640)


def test_a_large_photograph_is_made_smaller():
    _told, copy = clean(a_photograph((4000, 3000)))
    assert Image.open(io.BytesIO(copy)).size == (2560, 1920)


def test_a_phone_that_writes_heic_is_read():
    import pillow_heif

    pillow_heif.register_heif_opener()
    told, copy = clean(saved(Image.new("RGB", (64, 48), "red"), "HEIF", exif=a_photograph_exif()))
    assert (told["kind"], told["copy"]) == ("heic", "jpeg")
    assert b"owner-of-the-phone" not in copy


def a_photograph_exif() -> bytes:
    return Image.open(io.BytesIO(a_photograph())).info["exif"]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_any_depth_is_drawn(mode):
    told, copy = clean(saved(Image.new(mode, (20, 10)), "PNG"))
    assert told["copy"] == "png"
    assert Image.open(io.BytesIO(copy)).size == (20, 10)


def test_notes_and_profile_of_a_png_are_gone():
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", OWNER)
    notes.add_itxt("XML:com.adobe.xmp", OWNER)
    _told, copy = clean(saved(Image.new("RGB", (20, 10)), "PNG", pnginfo=notes, exif=a_photograph_exif()))
    assert OWNER.encode() not in copy and b"eXIf" not in copy


def test_of_a_moving_picture_the_first_one_is_kept():
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "blue")]
    told, copy = clean(saved(frames[0], "WEBP", save_all=True, append_images=frames[1:]))
    read = Image.open(io.BytesIO(copy))
    assert (told["kind"], read.format, getattr(read, "n_frames", 1)) == ("webp", "JPEG", 1)


def test_a_picture_within_a_paper_keeps_its_pixels_to_the_bit():
    before, after = (
        Image.open(io.BytesIO(each)).tobytes() for each in (a_photograph(), scrubbed(a_photograph()))
    )
    assert before == after
    assert not any(word in scrubbed(a_photograph()) for word in CAMERA)


# --- PDF -------------------------------------------------------------------------------------------------


def test_a_pdf_keeps_its_pages_and_loses_the_rest():
    told, copy = clean(a_rich_pdf())
    assert told == {"kind": "pdf", "copy": "pdf", "pages": 1}
    with pikepdf.open(io.BytesIO(copy)) as paper:
        plain = io.BytesIO()
        paper.save(plain, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        links = [str(each.A.S) for each in paper.pages[0].Annots if "/A" in each]
        assert links == ["/URI"]
        assert not {"/OpenAction", "/Metadata", "/AA"} & set(paper.Root.keys())
        assert not paper.attachments
        [picture] = paper.pages[0].get_images().values()
        assert picture.Width == 640
    words = plain.getvalue()
    assert OWNER.encode() not in words and b"JavaScript" not in words
    assert not any(word in words for word in CAMERA)


# --- Office ----------------------------------------------------------------------------------------------


def test_a_docx_keeps_its_words_and_loses_who_wrote_them():
    told, copy = clean(a_docx("关于整改情况的报告", "已经完成。"))
    parts = unpacked(copy)
    assert told["kind"] == "docx"
    assert "关于整改情况的报告" in parts["word/document.xml"].decode()
    assert "a comment" in parts["word/comments.xml"].decode()
    assert not any(OWNER.encode() in content for content in parts.values())
    assert not any(word in content for content in parts.values() for word in CAMERA)
    assert not [name for name in parts if name.startswith(("docProps/", "customXml/", "word/people"))]
    assert b"docProps" not in parts["_rels/.rels"] + parts["[Content_Types].xml"]
    assert b"about:blank" in parts["word/_rels/settings.xml.rels"]
    assert b"https://www.example.cn/" in parts["word/_rels/document.xml.rels"]
    assert parts["word/embeddings/oleObject1.bin"] == b""


def test_an_xlsx_opens_as_before():
    import openpyxl

    told, copy = clean(an_xlsx("单位", "住建局"))
    assert told["kind"] == "xlsx" and OWNER.encode() not in b"".join(unpacked(copy).values())
    assert [cell.value for [cell] in openpyxl.load_workbook(io.BytesIO(copy)).active.rows] == [
        "单位",
        "住建局",
    ]


def test_a_pptx_loses_the_names_of_who_commented():
    told, copy = clean(a_pptx("汇报"))
    assert told["kind"] == "pptx" and OWNER.encode() not in b"".join(unpacked(copy).values())


def test_an_ofd_keeps_its_pages_and_loses_its_author_and_attached_files():
    told, copy = clean(an_ofd("通知"))
    parts = unpacked(copy)
    assert told["kind"] == "ofd" and "通知" in parts["Doc_0/Pages/Page_0/Content.xml"].decode()
    assert OWNER.encode() not in b"".join(parts.values()) and "Doc_0/Attachs/Attachments.xml" not in parts
    assert not any(word in parts["Doc_0/Res/image.jpg"] for word in CAMERA)


# --- Text ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_whatever_it_came_in(encoding):
    told, copy = clean("整改情况，已完成。\n".encode(encoding), "报告.txt")
    assert told == {"kind": "text", "copy": "text", "pages": 0}
    assert copy.decode() == "整改情况，已完成。\n"


# --- What people read, through the house -----------------------------------------------------------------


@pytest.mark.django_db
def test_the_copy_is_what_is_kept_to_be_read(upload):
    document = upload("zhujian", a_docx("正文"), "C:\\Users\\张三\\报告.docx")
    assert (document.name, document.kind, document.copy_kind) == ("报告.docx", "docx", "docx")
    assert OWNER.encode() not in b"".join(unpacked(b"".join(read_copy(document))).values())
