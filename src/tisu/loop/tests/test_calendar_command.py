"""`tisu calendar load` and `tisu calendar show`: what they say, what they write, and how they refuse."""

from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from tisu.audit.models import Entry
from tisu.foundation.calendars import current_version
from tisu.foundation.models import CalendarNotice
from tisu.inbox.models import Message

pytestmark = pytest.mark.django_db

NOTICES = Path(__file__).parents[2] / "foundation" / "tests" / "notices"


@pytest.fixture(autouse=True)
def plain_sentences():
    with translation.override("en"):
        yield


@pytest.fixture
def file(tmp_path):
    """A file of that text."""

    def write(text: str, name: str = "notice.csv") -> str:
        (tmp_path / name).write_text(text, "utf-8")
        return str(tmp_path / name)

    return write


def tisu(*words: str) -> str:
    out = StringIO()
    call_command("calendar", *words, stdout=out)
    return out.getvalue()


def refused(*words: str) -> str:
    with pytest.raises(CommandError) as fault:
        tisu(*words)
    assert fault.value.returncode == 2
    assert not CalendarNotice.objects.exists()
    return str(fault.value)


def test_loads_a_notice_and_says_what_it_is(file):
    said = tisu(
        "load",
        file("日期,类型\n2023-07-06,休\n2023-07-08,班\n"),
        "--region",
        "422826",
        "--source",
        "咸政办〔2023〕5号",
    )
    assert "Days off: 2023-07-06" in said
    assert "2023-07-08" in said
    assert "cn-2026+1" in said
    stored = CalendarNotice.objects.get()
    assert (stored.kind, stored.region, stored.title) == ("overlay", "422826", "咸政办〔2023〕5号")
    assert stored.loaded_by.startswith("tisu calendar load (")
    assert current_version() == "cn-2026+1"


def test_tries_without_writing(file):
    said = tisu(
        "load", file("日期,类型\n2023-07-06,休\n"), "--region", "422826", "--source", "文", "--dry-run"
    )
    assert "2023-07-06" in said
    assert "Nothing was written" in said
    assert not CalendarNotice.objects.exists()
    assert current_version() == "cn-2026"


def test_keeps_the_leaders_order(file):
    said = tisu(
        "load",
        file("日期,类型\n2023-07-08,班\n"),
        "--region",
        "42",
        "--source",
        "文",
        "--order",
        "县长办公会",
    )
    assert "县长办公会" in said
    assert CalendarNotice.objects.get().order == "县长办公会"


def test_says_the_working_days_of_a_year(file):
    said = tisu("load", file("日期,类型\n2027-01-01,休\n2027-01-10,班\n2027-10-01,休\n"), "--source", "文")
    assert "Working days in 2027: 260" in said


def test_refuses_the_text_of_a_year_that_is_known(file):
    assert "cn-2026" in refused("load", str(NOTICES / "2023.txt"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "empty"),
        ("日期,类型\n2027-13-01,休\n", "Row 2, column 日期"),
        ("日期,类型\n2023-07-06,休\n", "班"),
    ],
)
def test_refuses_bad_input_with_2_and_a_sentence(file, text, named):
    assert named in refused("load", file(text), "--source", "文")


def test_refuses_a_notice_without_a_source(file):
    assert "where this comes from" in refused(
        "load", file("日期,类型\n2023-07-06,休\n"), "--region", "422826"
    )


def test_refuses_a_file_that_is_not_there(tmp_path):
    assert "nowhere.csv" in refused("load", str(tmp_path / "nowhere.csv"))
    assert str(tmp_path) in refused("load", str(tmp_path))


def test_reads_what_is_piped_in(monkeypatch):
    piped = TextIOWrapper(BytesIO("日期,类型\n2023-07-06,休\n".encode()))
    monkeypatch.setattr("sys.stdin", piped)
    tisu("load", "-", "--region", "422826", "--source", "文")
    assert CalendarNotice.objects.get().content["off"] == ["2023-07-06"]


def test_shows_a_year_and_its_notices(file):
    tisu("load", file("日期,类型\n2023-07-06,休\n"), "--region", "422826", "--source", "咸政办〔2023〕5号")
    tisu(
        "load",
        file('{"recurring": [{"from": "08-17", "to": "08-17", "name": "州庆"}]}'),
        "--region",
        "4228",
        "--source",
        "条例",
    )
    said = tisu("show", "--region", "422826", "--year", "2023")
    assert "cn-2026+2" in said
    assert "2023-07-06" in said
    assert "2023-04-23" in said
    assert "08-17/08-17 州庆" in said
    assert "08:00-12:00 14:30-18:00" in said
    assert "+1 咸政办〔2023〕5号" in said
    assert "+2 条例" in said


def test_shows_the_installations_region_and_this_year():
    assert "422826" in tisu("show")
    assert "Working days in 2023: 249" in tisu("show")


def test_shows_that_a_year_is_not_announced():
    assert "provisional" in tisu("show", "--year", "2027")
    assert "provisional" not in tisu("show", "--year", "2026")


@pytest.mark.parametrize("year", ["1700", "99999"])
def test_refuses_to_show_a_year_of_no_calendar(year):
    assert "1949" in refused("show", "--year", year)


def test_writes_the_ledger_and_counts_what_moves(file, county, act, task):
    """An order is given in the leaders' name, so they are told; what it moves is said before and after."""
    act("office", task, "assign", lead_unit="zhujian", working_days=5)
    notice = file("日期,类型\n2023-05-25,休\n")
    given = ("load", notice, "--region", "422826", "--source", "咸政办〔2023〕5号", "--order", "示例批示")
    assert "later: 1" in tisu(*given, "--dry-run")
    assert not Entry.objects.filter(act="publish-notice").exists()
    assert "later: 1" in tisu(*given)
    entry = Entry.objects.get(act="publish-notice")
    assert (entry.actor, entry.reason) == (None, "示例批示")
    assert "tisu calendar load" in entry.signed
    assert Message.objects.filter(rule="calendar-order/1", recipient=county.people["leader"]).count() == 1
