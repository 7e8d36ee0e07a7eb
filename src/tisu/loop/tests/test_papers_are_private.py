"""Who reads which paper of a matter: every address of a document, by two accounts of each sort."""

import re

import pytest
from django.urls import reverse

from papers import a_pdf, an_old_office_file, status_of
from tisu.audit.models import Entry
from tisu.documents.models import Attachment, Document
from tisu.loop.erasing import erase_content
from tisu.loop.faults import NotAllowed, Unacceptable
from tisu.loop.models import Matter
from tisu.loop.walls import wall_off

pytestmark = pytest.mark.django_db
PARTS = ("show", "file", "thumb", "page")
SEES = ("zhujian", "zhujian-head", "office", "office2", "supervisor", "leader", "secretary")
SEES_NOT = (
    "fagai",
    "gongdian",
    "firm",
    "firm2",
    "custodian",
    "admin",
    "security",
    "auditor",
    "nobody",
    "outsider",
)


def address(document: Document, part: str) -> str:
    more = [1] if part == "page" else []
    return reverse(f"documents:{part}", args=[document.pk, *more])


@pytest.fixture
def reported(act, at_stage, upload) -> tuple[Matter, Document]:
    """A matter of the housing bureau with a PDF that came with a report of progress."""
    matter, document = at_stage("in_progress"), upload("zhujian", a_pdf(2), "验收单.pdf")
    act("zhujian", matter, "report", text="见附件。", documents=[str(document.pk)])
    return matter, document


@pytest.mark.parametrize("part", PARTS)
def test_whoever_sees_the_matter_reads_its_papers_and_nobody_else(sign_in, client, reported, part):
    _matter, document = reported
    seen = {name: status_of(sign_in(name).get(address(document, part))) for name in SEES + SEES_NOT}
    assert seen == dict.fromkeys(SEES, 200) | dict.fromkeys(SEES_NOT, 404)
    assert client.get(address(document, part))["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("part", PARTS)
def test_what_hangs_nowhere_is_shown_to_nobody(sign_in, upload, part):
    document = upload("zhujian")
    assert {status_of(sign_in(name).get(address(document, part))) for name in ("zhujian", "office")} == {404}


def test_a_wall_takes_sight_of_the_papers_at_once(sign_in, reported, county):
    matter, document = reported
    client = sign_in("zhujian")
    assert status_of(client.get(address(document, "file"))) == 200
    wall_off(Matter.objects.get(pk=matter.pk), county.units["zhujian"], reason="accused")
    assert {status_of(client.get(address(document, part))) for part in PARTS} == {404}
    assert (
        status_of(client.post(reverse("documents:original", args=[document.pk]), {"reason": "核对"})) == 404
    )


def test_a_download_is_saved_and_never_run(sign_in, reported, body):
    _matter, document = reported
    answer = sign_in("office").get(address(document, "file"))
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E9%AA%8C")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert (
        "sandbox" in answer["Content-Security-Policy"] and "'self'" not in answer["Content-Security-Policy"]
    )
    assert "no-store" in answer["Cache-Control"]
    assert int(answer["Content-Length"]) == len(body(answer)) == document.copy_size
    assert answer["Content-Type"] == "application/pdf"


def test_a_page_is_shown_as_a_picture(sign_in, reported, body):
    _matter, document = reported
    client = sign_in("zhujian")
    answer = client.get(f"/documents/{document.pk}/pages/2")
    assert answer["Content-Type"] == "image/jpeg" and body(answer)[:3] == b"\xff\xd8\xff"
    assert {status_of(client.get(f"/documents/{document.pk}/pages/{n}")) for n in (0, 3, 10**9)} == {404}
    assert 'src="/documents/' in client.get(f"/documents/{document.pk}?page=2").content.decode()
    assert client.get(f"/documents/{document.pk}?page=x").status_code == 200


# --- The original ----------------------------------------------------------------------------------------


def open_original(client, document: Document, reason: str):
    return client.post(reverse("documents:original", args=[document.pk]), {"reason": reason})


def test_the_original_opens_for_a_reason_that_stands_in_the_ledger(sign_in, reported, body):
    _matter, document = reported
    answer = open_original(sign_in("office"), document, "核对验收单原件")
    assert body(answer) == a_pdf(2)
    entry = Entry.objects.get(act="open-original")
    assert (entry.about, entry.reason, entry.actor.username) == (
        f"document {document.pk}",
        "核对验收单原件",
        "office",
    )
    assert document.digest in entry.said


def test_without_a_reason_nothing_opens(sign_in, reported):
    _matter, document = reported
    answer = open_original(sign_in("office"), document, " 看 ")
    assert answer.status_code == 422 and "还差一项" in answer.content.decode()
    assert not Entry.objects.filter(act="open-original").exists()


@pytest.mark.parametrize("name", ["zhujian", "zhujian-head", "leader", "secretary"])
def test_whoever_works_on_it_reads_the_copy_and_not_the_original(sign_in, reported, name):
    _matter, document = reported
    client = sign_in(name)
    assert open_original(client, document, "核对验收单原件").status_code == 403
    assert "original" not in client.get(f"/documents/{document.pk}").content.decode()
    assert not Entry.objects.filter(act="open-original").exists()


def test_of_an_old_office_file_the_original_alone_is_kept(sign_in, act, at_stage, upload, body):
    content, matter = an_old_office_file("WordDocument", text="正文"), at_stage("in_progress")
    document = upload("zhujian", content, "报告.doc")
    act("zhujian", matter, "report", text="见附件。", documents=[str(document.pk)])
    client = sign_in("office")
    assert "DOCX" in client.get(f"/documents/{document.pk}").content.decode()
    assert status_of(client.get(address(document, "file"))) == 404
    assert body(open_original(client, document, "没有清洁件")) == content


# --- Claiming --------------------------------------------------------------------------------------------


def test_an_act_names_only_what_its_actor_uploaded(act, at_stage, upload):
    matter, foreign = at_stage("in_progress"), upload("fagai")
    for named in ([str(foreign.pk)], ["00000000-0000-4000-8000-000000000000"], ["x"], "x", [1], {"a": 1}):
        with pytest.raises(Unacceptable) as refusal:
            act("zhujian", matter, "report", text="见附件。", documents=named)
        assert list(refusal.value.errors) == ["documents"]
    assert foreign.pk in Document.objects.unclaimed().values_list("pk", flat=True)


def test_what_a_refused_act_named_can_be_named_again(act, at_stage, upload):
    matter, document = at_stage("in_progress"), upload("zhujian-head")
    named = {"result": "resolved", "summary": "已完成整改并通知企业。", "documents": [str(document.pk)]}
    with pytest.raises(NotAllowed):
        act("zhujian", matter, "submit", **named)
    with pytest.raises(Unacceptable):
        act("zhujian-head", matter, "submit", **named | {"summary": ""})
    act("zhujian-head", matter, "submit", **named)
    assert Attachment.objects.get().document == document


def test_more_than_may_come_together_is_refused(act, at_stage, upload, settings):
    matter, ids = at_stage("in_progress"), [str(upload("zhujian").pk) for _each in range(2)]
    settings.DOCUMENTS_MB = 0
    with pytest.raises(Unacceptable, match="合计"):
        act("zhujian", matter, "report", text="见附件。", documents=ids)
    settings.DOCUMENTS_MB, settings.DOCUMENTS_AT_ONCE = 100, 1
    with pytest.raises(Unacceptable, match="最多提交1份"):
        act("zhujian", matter, "report", text="见附件。", documents=ids)


def test_nobody_is_tied_to_what_was_handed_in(reported):
    _matter, document = reported
    assert Document.objects.get(pk=document.pk).uploaded_by is None


def test_a_matter_opened_by_hand_begins_with_its_papers(sign_in, upload):
    client, document = sign_in("office"), upload("office")
    new = {"kind": "task", "title": "示例", "text": "清理场地。", "documents": [str(document.pk)]}
    made = client.post("/api/v1/matters", new, content_type="application/json")
    assert made.status_code == 201
    [paper] = client.get(f"/api/v1/matters/{made.json()['number']}").json()["documents"]
    assert (paper["id"], paper["event"]) == (str(document.pk), 1)
    again = client.post("/api/v1/matters", new, content_type="application/json")
    assert again.status_code == 422 and "documents" in again.json()["errors"]


def test_erasing_reaches_the_files(reported):
    matter, document = reported
    erase_content(matter, rule="示例/1")
    assert not Attachment.objects.exists()
    assert Document.objects.get(pk=document.pk).name == ""


# --- On the page -----------------------------------------------------------------------------------------


def test_a_refused_form_keeps_what_was_uploaded(sign_in, at_stage, upload):
    matter, client, document = at_stage("in_progress"), sign_in("zhujian"), upload("zhujian")
    page = client.post(
        f"/matters/{matter.number}/report",
        {"text": "", "documents": [str(document.pk)], "expected_version": matter.version},
    )
    assert page.status_code == 422
    assert re.search(rf'name="documents" value="{document.pk}"', page.content.decode())
    assert "现场.jpg" in page.content.decode()


def test_a_file_that_is_not_taken_is_said_beside_the_field_and_the_others_stay(sign_in, at_stage):
    from django.core.files.uploadedfile import SimpleUploadedFile

    matter, client = at_stage("in_progress"), sign_in("zhujian")
    files = [SimpleUploadedFile("说明.txt", "正文".encode()), SimpleUploadedFile("坏.exe", b"MZ\x90\x00\x00")]
    version = Matter.objects.get(pk=matter.pk).version
    page = client.post(
        f"/matters/{matter.number}/report",
        {"text": "见附件。", "documents-files": files, "expected_version": version},
    )
    document = Document.objects.get()
    assert page.status_code == 422 and "“坏.exe”是程序或网页" in page.content.decode()
    done = client.post(
        f"/matters/{matter.number}/report",
        {"text": "见附件。", "documents": [str(document.pk)], "expected_version": version},
    )
    assert done.status_code == 302 and Attachment.objects.get().document == document


def test_what_is_taken_back_is_not_handed_in(sign_in, at_stage, upload):
    matter, client, document = at_stage("in_progress"), sign_in("zhujian"), upload("zhujian")
    done = client.post(
        f"/matters/{matter.number}/report",
        {"text": "无附件。", "documents": [str(document.pk)], "documents-without": [str(document.pk)],
         "expected_version": Matter.objects.get(pk=matter.pk).version},
    )  # fmt: skip
    assert done.status_code == 302 and not Attachment.objects.exists()
