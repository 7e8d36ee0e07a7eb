"""Lists as sheets: what the person sees under the filters of the page, and it stands in the ledger."""

import csv
from io import StringIO

import pytest
from django.test import Client

from tisu.audit.models import Entry
from tisu.foundation.rooms import declared
from tisu.foundation.sheets import writing

pytestmark = pytest.mark.django_db
EXPORTS = [export.code for export in declared("exports")]


@pytest.fixture
def browser(county):
    def _browser(name: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(county.people[name])
        return client

    return _browser


def rows_of(answer) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_it_holds_what_the_page_shows_under_the_same_filters(browser, at_stage):
    matter = at_stage("in_progress")
    for query, numbers in (
        ("", [matter.number]),
        ("?stage=closed", []),
        ("?q=场地", [matter.number]),
        ("?stage=no", []),
    ):
        header, *rows = rows_of(browser("office").post(f"/exports/matters{query}", {"format": "csv"}))
        assert (header[0], [row[0] for row in rows]) == ("编号", numbers)


def test_nobody_takes_along_what_they_do_not_see(browser, at_stage):
    at_stage("in_progress")
    for name, seen in (("zhujian", 1), ("gongdian", 0), ("outsider", 0), ("firm", 0)):
        assert len(rows_of(browser(name).post("/exports/matters", {"format": "csv"}))) == 1 + seen


def test_it_stands_in_the_ledger_with_its_filters(browser, at_stage):
    at_stage("assigned")
    browser("office").post("/exports/matters?stage=open", {"format": "xlsx"})
    entry = Entry.objects.get(act="export")
    assert entry.signed.startswith("营商办")
    assert (entry.details["rows"], entry.details["filters"], entry.details["format"]) == (
        1,
        "stage=open",
        "xlsx",
    )


@pytest.mark.parametrize("code", EXPORTS)
def test_who_has_no_such_list_finds_nothing(browser, county, code):
    export = next(export for export in declared("exports") if export.code == code)
    for name, user in county.people.items():
        answer = browser(name).post(f"/exports/{code}", {"format": "csv"})
        assert answer.status_code == (200 if export.allowed(user) else 404)
    assert browser("office").get(f"/exports/{code}").status_code == 405


@pytest.mark.parametrize("address", ["/exports/nothing", "/exports/matters"])
def test_what_is_not_known_is_not_found(browser, address):
    assert browser("office").post(address, {"format": "exe"}).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_cut_says_so_loudly(browser, monkeypatch, kind):
    monkeypatch.setattr(writing, "MOST_ROWS", 3)
    answer = browser("admin").post("/exports/units", {"format": kind})
    assert "%E6%9C%AA%E5%AE%8C" in answer["Content-Disposition"]
    if kind == "csv":
        assert "只有前3行" in answer.content.decode("utf-8-sig").splitlines()[-1]
    assert Entry.objects.get(act="export").details["cut"] is True
