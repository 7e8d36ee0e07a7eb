"""What rings when: a warning, the due moment, one superior after the other; in office hours, once, and to whom it is due."""

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st

from cast import SHANGHAI
from tisu.foundation.workdays import official
from tisu.inbox.models import Message
from tisu.loop.levels import levels_of, moment_of
from tisu.loop.models import Alarm, Clock, ClockKind, ClockUnit, Event, Matter, Rules
from tisu.loop.reckoning import reckon
from tisu.loop.walls import recuse


@pytest.fixture
def handled(opened, take):
    """Five working days, due on Monday 29 May 2023 at six; yellow from that morning's Friday on."""
    return take(opened(), "in_progress", working_days=5)


def rung(matter: Matter, kind: str = "solve") -> list[tuple[int, bool]]:
    rows = Alarm.objects.filter(clock__matter=matter, clock__kind=kind).order_by("pk")
    return [(row.level, row.sent) for row in rows]


def by_rule(matter: Matter) -> list[tuple[str, str]]:
    events = Event.objects.filter(matter=matter, actor=None).order_by("seq")
    return [(event.action, event.signed) for event in events]


# --- The course of one clock -----------------------------------------------------------------------------


def test_warns_urges_and_tells_one_superior_after_the_other(handled, on, work, second_leader):
    """Handling is due on 29 May: warned on the 26th, urged on the 30th, superiors on 1 and 8 June."""
    for moment, levels in (
        ("2023-05-26 07:59", []),
        ("2023-05-26 08:00", [1]),
        ("2023-05-29 18:00", [1]),
        ("2023-05-30 08:00", [1, 2]),
        ("2023-06-01 08:00", [1, 2, 3]),
        ("2023-06-07 17:59", [1, 2, 3]),
        ("2023-06-08 08:00", [1, 2, 3, 4]),
        ("2023-07-31 09:00", [1, 2, 3, 4]),
    ):
        with on(moment):
            work()
            assert [level for level, _sent in rung(handled)] == levels, moment
    assert by_rule(handled) == [("urge", "urge/1"), ("escalate", "escalate/1"), ("escalate", "escalate/1")]
    assert [watch.post.title for watch in handled.watches.all()] == ["副县长", "常务副县长"]
    assert {sent for _level, sent in rung(handled)} == {True}


def test_rings_each_level_once_however_often_it_looks(handled, on, work):
    with on("2023-05-30"):
        work()
        work()
    with on("2023-05-30 16:00"):
        assert work()["alarms"] == 0


def test_tells_the_office_once_every_superior_knows(handled, on, work, told):
    for day in ("2023-05-30", "2023-06-01", "2023-06-08"):
        with on(day):
            work()
    assert told("office")[-1] == "escalate/1"
    assert by_rule(handled)[1:] == [("escalate", "escalate/1")]


def test_is_silent_on_days_off_and_at_night(handled, on, work):
    """The warning has come since Friday morning; but before eight, over lunch and at the weekend nobody looks."""
    for moment in ("2023-05-26 03:00", "2023-05-26 12:30", "2023-05-27 10:00", "2023-05-28 10:00"):
        with on(moment):
            assert work()["alarms"] == 0, moment
    with on("2023-05-29 08:00"):
        assert work()["alarms"] == 1


def test_rings_anew_for_a_new_due_day(handled, on, work, ask, act):
    with on("2023-05-26"):
        work()
        act("office", handled, "grant", request=ask("zhujian", handled, "extension", working_days=3))
    with on("2023-05-30"):
        work()
    with on("2023-05-31"):
        work()
    dues = [row.due_at.date().isoformat() for row in Alarm.objects.filter(clock__kind="solve")]
    assert (rung(handled), dues) == ([(1, True), (1, True)], ["2023-05-29", "2023-06-01"])


def test_stops_with_the_clock(handled, on, work, act):
    with on("2023-05-26"):
        act("zhujian-head", handled, "submit", result="resolved", summary="场地已清理完毕并移交。")
    with on("2023-05-30"):
        work()
    assert rung(handled) == []


def test_urges_by_rule_beside_a_person_who_urged_the_same_day(handled, on, work, act):
    with on("2023-05-30"):
        act("supervisor", handled, "urge", text="请抓紧")
        work()
    assert [event.signed for event in handled.events.filter(action="urge").order_by("seq")] == [
        "督查室 督查员",
        "urge/1",
    ]


# --- Who is told -----------------------------------------------------------------------------------------


def test_a_warning_waits_for_the_digest_and_what_is_over_is_told_at_once(opened, take, on, work, told):
    take(opened(), "in_progress", co_units=["fagai"], working_days=5)
    with on("2023-05-26"):
        work()
    assert (told("zhujian-head")[-1], told("fagai-head")[-1]) == ("warn/1", "warn/1")
    assert "warn/1" not in told("zhujian-head", urgent=True)
    with on("2023-05-30"):
        work()
    assert "urge/1" in told("zhujian-head", urgent=True)
    assert {"urge/1", "warn/1"}.isdisjoint(
        told("supervisor") + told("office") + told("firm") + told("leader")
    )


def test_nobody_who_was_walled_off_meanwhile_is_told(handled, on, work, told, county):
    recuse(handled, county.people["zhujian-head"], reason="回避")
    with on("2023-05-30"):
        work()
    assert (told("zhujian-head"), "urge/1" in told("zhujian", urgent=True)) == ([], True)


def test_screening_late_is_told_to_whoever_screens(county, on, work, told, reported):
    reported("窗口来回跑了四趟。")
    with on("2023-05-26"):
        work()
    assert told("office", urgent=True) == told("office2", urgent=True) == ["overdue/1"]
    assert told("supervisor") == []


def test_screening_late_of_what_accuses_the_office_is_told_to_supervision(county, on, work, told, reported):
    reported("营商办推诿。", accused_unit="yingshangban")
    with on("2023-05-26"):
        work()
    assert (told("supervisor", urgent=True), told("office")) == (["overdue/1"], [])
    assert not Message.objects.filter(recipient__username="office").exists()


# --- What always holds -----------------------------------------------------------------------------------

STARTS = st.datetimes(datetime(2023, 1, 1), datetime(2026, 10, 31)).map(
    lambda at: at.replace(tzinfo=SHANGHAI)
)
AMOUNTS = {
    ClockUnit.WORKING_DAY: st.integers(1, 60),
    ClockUnit.CALENDAR_DAY: st.integers(1, 60),
    ClockUnit.MONTH: st.integers(1, 2),
    ClockUnit.WORKING_HOUR: st.integers(1, 80),
}


@budget(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    data=st.data(), kind=st.sampled_from(ClockKind.values), unit=st.sampled_from(list(AMOUNTS)), start=STARTS
)
def test_every_level_lies_in_office_hours_and_after_the_one_before(data, kind, unit, start):
    calendar, rules = official(), Rules()
    row = Clock(kind=kind, unit=unit, amount=data.draw(AMOUNTS[unit]), started_at=start)
    deadline = reckon(row, calendar, pauses=(), extended=0, warn_share=rules.warn_share)
    moments = [moment_of(level, deadline, rules) for level in levels_of(row, rules)]
    assert all(calendar.is_open(moment) for moment in moments)
    assert moments == sorted(moments)
    assert all(moment > deadline.due_at for moment in moments[1:])
