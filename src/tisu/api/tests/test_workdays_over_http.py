"""Working days over HTTP: the vectors of the domain specification, and what is refused."""

from datetime import date, datetime

import pytest

from cast import SHANGHAI
from tisu.foundation import clock
from tisu.foundation.calendars import publish
from tisu.foundation.drafts import Draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("start", "days", "reached"),
    [
        ("2023-04-20", 3, "2023-04-24"),
        ("2023-04-20", 15, "2023-05-12"),
        ("2023-04-28", 3, "2023-05-06"),
        ("2023-09-28", 5, "2023-10-11"),
        ("2026-02-13", 15, "2026-03-12"),
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-02-14", 0, "2026-02-14"),
        ("2026-02-16", 0, "2026-02-24"),
    ],
)
def test_adds_working_days(caller, start, days, reached):
    assert caller("firm").get("/workdays/add", date=start, days=days).body == {
        "date": reached,
        "provisional": False,
    }


def test_reads_full_width_digits(caller):
    assert (
        caller("firm").get("/workdays/add", date="２０２３－０４－２０", days="３").body["date"]
        == "2023-04-24"
    )


def test_counts_between(caller):
    answer = caller("firm").get("/workdays/between", start="2023-04-20", end="2023-05-12")
    assert answer.body == {"days": 15, "provisional": False}
    same = caller("firm").get("/workdays/between", start="2023-04-20", end="2023-04-20")
    assert same.body == {"days": 0, "provisional": False}


def test_flags_what_the_calendar_does_not_reach(caller):
    assert caller("firm").get("/workdays/add", date="2026-12-28", days=5).body == {
        "date": "2027-01-04",
        "provisional": True,
    }
    assert caller("firm").get("/workdays/between", start="2026-12-01", end="2027-01-05").body["provisional"]
    assert caller("firm").get("/workdays/between", start="2003-12-30", end="2004-01-05").body["provisional"]


def test_follows_the_notices_of_the_installations_region(caller):
    program = caller("firm")
    publish(_day_off(region="422827"))
    assert program.get("/workdays/add", date="2023-07-05", days=1).body["date"] == "2023-07-06"
    publish(_day_off(region="422826"))
    assert program.get("/workdays/add", date="2023-07-05", days=1).body["date"] == "2023-07-07"
    assert program.get("/workdays/between", start="2023-07-05", end="2023-07-07").body["days"] == 1


def _day_off(region: str) -> Draft:
    return Draft(
        kind="overlay",
        title="通知",
        source="文",
        region=region,
        off=frozenset({date(2023, 7, 6)}),
        loaded_by="office",
    )


def test_does_not_depend_on_today(caller):
    program = caller("firm")
    before = program.get("/workdays/add", date="2026-12-28", days=5).body
    with clock.at(datetime(2030, 1, 1, tzinfo=SHANGHAI)):
        assert program.get("/workdays/add", date="2026-12-28", days=5).body == before


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"days": 3}, "date"),
        ({"date": "2023-04-20"}, "days"),
        ({"date": "2023-02-30", "days": 3}, "date"),
        ({"date": "20230420", "days": 3}, "date"),
        ({"date": "1684713600", "days": 3}, "date"),
        ({"date": "", "days": 3}, "date"),
        ({"date": "2023-04-20", "days": -1}, "days"),
        ({"date": "2023-04-20", "days": "3.5"}, "days"),
        ({"date": "2023-04-20", "days": 100_000}, "days"),
        ({"date": "9999-12-30", "days": 30}, "date"),
    ],
)
def test_names_what_it_cannot_add(caller, query, field):
    answer = caller("firm").get("/workdays/add", **query)
    assert (answer.status, list(answer.body["errors"])) == (422, [field])


def test_refuses_an_end_before_the_start(caller):
    answer = caller("firm").get("/workdays/between", start="2023-05-12", end="2023-04-20")
    assert (answer.status, list(answer.body["errors"])) == (422, ["end"])


def test_reaches_the_last_day_there_is(caller):
    answer = caller("firm").get("/workdays/between", start="9999-12-31", end="9999-12-31")
    assert answer.body == {"days": 0, "provisional": True}
