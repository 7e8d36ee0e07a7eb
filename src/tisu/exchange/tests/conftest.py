"""A file handed in as a person does it: uploaded, its columns agreed to, let in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tisu.exchange.models import ImportRun


@pytest.fixture
def admin(county) -> Client:
    client = Client()
    client.force_login(county.people["admin"])
    return client


@pytest.fixture
def hand_in(admin):
    """`hand_in("units", content)`: the run, as it stands after the page has gone on with it."""

    def _hand_in(kind: str, content: bytes, name: str = "表.xlsx", by: Client = admin) -> ImportRun:
        answer = by.post(f"/imports/to/{kind}", {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 302, answer.content.decode()
        return ImportRun.objects.get(pk=answer["Location"].rsplit("/", 1)[-1])

    return _hand_in


@pytest.fixture
def say(admin):
    """`say(run, "let_in")`: one act on the file's page."""

    def _say(run: ImportRun, act: str, by: Client = admin, **more) -> ImportRun:
        answer = by.post(f"/imports/{run.pk}", {"act": act, **more})
        assert answer.status_code == 302, answer.content.decode()
        return ImportRun.objects.get(pk=run.pk)

    return _say


@pytest.fixture
def agree(say):
    """Agree to the columns as they were understood."""

    def _agree(run: ImportRun) -> ImportRun:
        return say(run, "columns", **{f"column_{place}": code for place, code in enumerate(run.mapping)})

    return _agree
