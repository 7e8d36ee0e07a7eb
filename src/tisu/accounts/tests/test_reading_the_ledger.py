"""The auditor reads the ledger, newest first, and changes nothing."""

from datetime import datetime

import pytest

from cast import SHANGHAI
from tisu.audit.models import Entry
from tisu.audit.record import record
from tisu.foundation import clock
from tisu.foundation.appendonly import LedgerIsAppendOnly

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(county):
    for day, name, act in (
        (1, "admin", "add-unit"),
        (10, "security", "lock-account"),
        (20, "admin", "add-post"),
    ):
        with clock.at(datetime(2023, 5, day, 23, 30, tzinfo=SHANGHAI)):
            record(act=act, about=f"about-{day:02d}", actor=county.people[name], reason=f"reason-{day:02d}")


def order(page: str) -> list[str]:
    return [word for word in ("about-20", "about-10", "about-01") if word in page]


@pytest.fixture
def read(sign_in, entries):
    return lambda **query: sign_in("auditor").get("/ledger", query).content.decode()


def test_reads_newest_first(read):
    page = read()
    assert page.index("about-20") < page.index("about-10") < page.index("about-01")
    assert "reason-10" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"act": "lock-account"}, ["about-10"]),
        ({"person": "admin"}, ["about-20", "about-01"]),
        ({"since": "2023-05-10"}, ["about-20", "about-10"]),
        ({"before": "2023-05-20"}, ["about-10", "about-01"]),
        ({"person": "admin", "before": "2023-05-02"}, ["about-01"]),
        ({"act": "nonsense"}, []),
    ],
)
def test_filters(read, query, found):
    assert order(read(**query)) == found


def test_gives_long_ledgers_in_pages(read):
    assert order(read(limit=2)) == ["about-20", "about-10"]
    assert "after=" in read(limit=2)


def test_takes_no_form(sign_in, entries):
    assert sign_in("auditor").post("/ledger", {}).status_code == 405


def test_costs_the_same_however_long(sign_in, entries, django_assert_num_queries, county):
    auditor = sign_in("auditor")
    with django_assert_num_queries(_cost(auditor)):
        auditor.get("/ledger")
    for number in range(20):
        record(act="add-unit", about=number, actor=county.people["admin"])
    with django_assert_num_queries(_cost(auditor)):
        auditor.get("/ledger")
    assert _cost(auditor) <= 12


def _cost(client) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get("/ledger")
    return len(asked)


def test_refuses_to_be_changed(entries):
    with pytest.raises(LedgerIsAppendOnly):
        Entry.objects.update(reason="")
    with pytest.raises(LedgerIsAppendOnly):
        Entry.objects.all().delete()
    with pytest.raises(LedgerIsAppendOnly):
        Entry.objects.first().save()
