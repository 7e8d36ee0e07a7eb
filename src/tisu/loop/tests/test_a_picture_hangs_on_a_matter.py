"""A picture from a phone is uploaded, named in an act, and read by whoever sees the matter: without its place."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from papers import a_photograph
from tisu.documents.models import Document
from tisu.loop.faults import Unacceptable
from tisu.loop.models import Matter

pytestmark = pytest.mark.django_db


def report(client, matter: Matter, **more):
    seen = {"text": "现场已整改。", "expected_version": Matter.objects.get(pk=matter.pk).version}
    return client.post(f"/matters/{matter.number}/report", seen | more)


def test_it_is_uploaded_by_the_api_and_named_in_a_report_of_progress(sign_in, at_stage, body):
    matter, client = at_stage("in_progress"), sign_in("zhujian")
    sent = client.post("/api/v1/documents", {"file": SimpleUploadedFile("现场.jpg", a_photograph())})
    assert sent.status_code == 201, sent.content
    done = client.post(
        f"/api/v1/matters/{matter.number}/actions/report",
        {
            "data": {"text": "见附件。", "documents": [sent.json()["id"]]},
            "expected_version": Matter.objects.get(pk=matter.pk).version,
        },
        content_type="application/json",
    )
    assert done.status_code == 200, done.content
    [paper] = done.json()["documents"]
    event = next(event for event in done.json()["events"] if event["action"] == "report")
    assert (paper["name"], paper["event"]) == ("现场.jpg", event["seq"])
    assert event["data"]["documents"] == [{"id": paper["id"], "name": "现场.jpg", "sm3": paper["sm3"]}]
    picture = body(sign_in("office").get(paper["url"]))
    read = Image.open(io.BytesIO(picture))
    assert (read.format, read.size, dict(read.getexif())) == ("JPEG", (640, 480), {})
    assert b"owner-of-the-phone" not in picture and b"comment-of-the-camera" not in picture


def test_it_comes_with_the_form_of_a_page_without_scripts(sign_in, at_stage):
    matter, client = at_stage("in_progress"), sign_in("zhujian")
    done = report(client, matter, **{"documents-files": [SimpleUploadedFile("现场.jpg", a_photograph())]})
    assert done.status_code == 302, done.content.decode()
    document = Document.objects.get()
    page = (
        sign_in("fagai").get(f"/matters/{matter.number}")
        if False
        else client.get(f"/matters/{matter.number}")
    )
    assert f"/documents/{document.pk}" in page.content.decode()
    assert client.get(f"/documents/{document.pk}").status_code == 200
    assert sign_in("gongdian").get(f"/documents/{document.pk}").status_code == 404


def test_an_upload_is_named_once(act, at_stage, upload):
    matter, document = at_stage("in_progress"), upload("zhujian")
    act("zhujian", matter, "report", text="见附件。", documents=[str(document.pk)])
    with pytest.raises(Unacceptable) as refusal:
        act("zhujian", matter, "report", text="再报。", documents=[str(document.pk)])
    assert "documents" in refusal.value.errors
