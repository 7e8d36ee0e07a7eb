"""What comes with a report: the office reads it, units get copies of what the office passes on, nobody learns who sent it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from papers import a_photograph, status_of
from tisu.documents.models import Attachment, Document
from tisu.documents.vanishing import remove_one
from tisu.foundation.rooms import declared
from tisu.loop.faults import Unacceptable
from tisu.loop.models import Matter
from tisu.voice.models import Report
from tisu.voice.services import take_report

pytestmark = pytest.mark.django_db
TEXT = "施工许可超过承诺时限，材料反复补正三次。"


def reach(client, document: Document) -> int:
    return status_of(client.get(f"/documents/{document.pk}/file"))


def may_open(client, document: Document) -> bool:
    answer = client.post(f"/documents/{document.pk}/original", {"reason": "核对原件"})
    return status_of(answer) == 200


@pytest.fixture
def reported(county, upload) -> tuple[Report, Document]:
    document = upload(None)
    taken = take_report(text=TEXT, anonymous=True, documents=[str(document.pk)])
    return taken.report, document


def test_a_stranger_uploads_and_names_it_with_nothing_but_its_id(client, county):
    sent = client.post("/api/v1/documents", {"file": SimpleUploadedFile("a.jpg", a_photograph())})
    assert sent.status_code == 201 and not sent.cookies
    report = {"text": TEXT, "anonymous": True, "documents": [sent.json()["id"]]}
    assert client.post("/api/v1/reports", report, content_type="application/json").status_code == 201
    again = client.post("/api/v1/reports", report, content_type="application/json")
    assert again.status_code == 422 and "documents" in again.json()["errors"]


def test_the_public_page_takes_files_without_scripts(client, county):
    form = {
        "text": TEXT,
        "name": "anonymous",
        "key": "k",
        "documents-files": [SimpleUploadedFile("a.jpg", a_photograph())],
    }
    page = client.post("/", form)
    assert page.status_code == 200, page.content.decode()
    assert Attachment.objects.get().part == "reported"


def test_who_is_signed_in_stays_unknown_when_they_report_anonymously(sign_in, county):
    client = sign_in("firm")
    sent = client.post(
        "/api/v1/documents", {"unnamed": "true", "file": SimpleUploadedFile("a.jpg", a_photograph())}
    )
    assert Document.objects.get(pk=sent.json()["id"]).uploaded_by is None
    form = {
        "text": TEXT,
        "name": "anonymous",
        "documents-files": [SimpleUploadedFile("b.jpg", a_photograph())],
    }
    client.post("/", form)
    assert set(Document.objects.values_list("uploaded_by", flat=True)) == {None}


def test_the_office_reads_them_and_units_do_not(reported, sign_in, act):
    report, document = reported
    assert reach(sign_in("office"), document) == reach(sign_in("supervisor"), document) == 200
    act("office", report.matter, "screen", kind="A", facts="许可超过时限。")
    act("office", report.matter, "assign", lead_unit="zhujian", working_days=5)
    zhujian = sign_in("zhujian")
    assert zhujian.get(f"/matters/{report.matter.number}").status_code == 200
    assert reach(zhujian, document) == reach(sign_in("leader"), document) == 404
    assert zhujian.get(f"/api/v1/matters/{report.matter.number}").json()["documents"] == []


def test_units_get_copies_of_what_is_passed_on_and_never_the_original(reported, sign_in, act):
    report, document = reported
    act("office", report.matter, "screen", kind="A", facts="许可超过时限。", papers=[str(document.pk)])
    act("office", report.matter, "assign", lead_unit="zhujian", working_days=5)
    zhujian = sign_in("zhujian")
    assert reach(zhujian, document) == 200
    assert not may_open(zhujian, document) and may_open(sign_in("office"), document)
    assert f"/documents/{document.pk}" in zhujian.get(f"/matters/{report.matter.number}").content.decode()


def test_what_is_passed_on_is_chosen_on_the_page(reported, sign_in):
    report, document = reported
    client = sign_in("office")
    page = client.get(f"/matters/{report.matter.number}").content.decode()
    assert re.search(
        f'<input[^>]*name="papers"[^>]*value="{document.pk}"|value="{document.pk}"[^>]*name="papers"', page
    )
    version = Matter.objects.get(pk=report.matter_id).version
    done = client.post(
        f"/matters/{report.matter.number}/screen",
        {"kind": "A", "facts": "事实。", "papers": [str(document.pk)], "expected_version": version},
    )
    assert done.status_code == 302
    assert Attachment.objects.filter(part="work", with_original=False).get().document == document


@pytest.mark.parametrize("papers", [["00000000-0000-4000-8000-000000000000"], ["x"], "x", [1]])
def test_only_papers_of_this_report_are_passed_on(reported, act, papers):
    with pytest.raises(Unacceptable) as refusal:
        act("office", reported[0].matter, "screen", kind="A", papers=papers)
    assert list(refusal.value.errors) == ["papers"]


def test_the_accused_reaches_nothing_by_any_address(county, upload, sign_in, act):
    document = upload(None)
    report = take_report(
        text=TEXT, anonymous=True, accused_unit="zhujian", documents=[str(document.pk)]
    ).report
    act("office", report.matter, "screen", kind="A", facts="事实。", papers=[str(document.pk)])
    client = sign_in("zhujian-head")
    for part in ("", "/file", "/thumb", "/pages/1"):
        assert client.get(f"/documents/{document.pk}{part}").status_code == 404
    assert client.post(f"/documents/{document.pk}/original", {"reason": "核对原件"}).status_code == 404


def test_a_report_on_the_office_keeps_its_papers_from_the_office(county, upload, sign_in):
    document = upload(None)
    take_report(text=TEXT, anonymous=True, accused_unit="yingshangban", documents=[str(document.pk)])
    assert reach(sign_in("office"), document) == 404
    assert reach(sign_in("supervisor"), document) == 200 and may_open(sign_in("supervisor"), document)


def test_whoever_reported_reads_their_own_and_not_what_units_bring(county, upload, act, sign_in):
    document = upload("firm")
    report = take_report(
        text=TEXT, anonymous=False, contact="示例", user=county.people["firm"], documents=[str(document.pk)]
    ).report
    act("office", report.matter, "screen", kind="A")
    act("office", report.matter, "assign", lead_unit="zhujian", working_days=5)
    act("zhujian", report.matter, "accept")
    theirs = upload("zhujian")
    act("zhujian", report.matter, "report", text="见附件。", documents=[str(theirs.pk)])
    client = sign_in("firm")
    assert (reach(client, document), reach(client, theirs)) == (200, 404)
    assert reach(sign_in("firm2"), document) == 404
    assert not may_open(client, document)


def test_of_a_discipline_report_no_paper_stays(reported, act):
    report, document = reported
    act("office", report.matter, "screen", kind="B")
    assert not Attachment.objects.exists()
    assert remove_one()
    assert not Document.objects.filter(pk=document.pk).exists()


def test_a_discipline_report_at_the_door_leaves_the_upload_unclaimed(client, upload):
    document = upload(None)
    with pytest.raises(Unacceptable):
        take_report(text=TEXT, anonymous=True, discipline=True, documents=[str(document.pk)])
    assert Document.objects.unclaimed().get() == document


def test_a_part_that_was_split_off_gets_papers_of_the_whole_from_the_office(reported, act, sign_in):
    report, document = reported
    act("office", report.matter, "split", texts=["第一件。", "第二件。"])
    part = report.parts.first()
    act("office", part.matter, "screen", kind="A", papers=[str(document.pk)])
    act("office", part.matter, "assign", lead_unit="zhujian", working_days=5)
    assert reach(sign_in("zhujian"), document) == 200
    assert not may_open(sign_in("zhujian"), document)


def test_papers_hang_on_declared_subjects_only():
    assert {subject.code for subject in declared("subjects") if subject.parts} == {"matter", "promise"}
