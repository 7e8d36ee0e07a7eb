"""Office hours and limits in working hours: seasons, lunch breaks, pauses, and what holds always."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tisu.foundation.officehours import BASE, OfficeHours, Season
from tisu.foundation.workdays import (
    MOST_HOURS,
    Calendar,
    add_working_hours,
    count_working_hours,
    official,
)
from tisu.foundation.yearly import Yearly

OFFICIAL = official()
SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
SUMMER = Season(Yearly((5, 1), (9, 30), "夏季"), ((time(8), time(12)), (time(15), time(18))))
WINTER = Season(Yearly((11, 15), (3, 15), "冬季"), ((time(9), time(17)),))
SEASONAL = replace(OFFICIAL, hours=OfficeHours(BASE, (SUMMER, WINTER)))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def stretch(text: str) -> tuple[datetime, datetime]:
    begun, ended = text.split("/")
    return at(begun), at(ended)


# --- When the office is open -----------------------------------------------------------------------------


def test_closes_at_six_unless_someone_says_otherwise():
    assert OFFICIAL.close_of_business == time(18)
    assert OFFICIAL.close_on(date(2026, 7, 1)) == time(18)
    assert OFFICIAL.opening_on(date(2026, 7, 1)) == time(8)


@pytest.mark.parametrize(
    ("day", "opens", "closes"),
    [
        ("2026-04-30", "08:00", "18:00"),
        ("2026-05-01", "08:00", "18:00"),
        ("2026-10-01", "08:00", "18:00"),
        ("2025-11-14", "08:00", "18:00"),
        ("2025-11-15", "09:00", "17:00"),
        ("2025-12-31", "09:00", "17:00"),
        ("2026-01-01", "09:00", "17:00"),
        ("2026-03-15", "09:00", "17:00"),
        ("2026-03-16", "08:00", "18:00"),
    ],
)
def test_case_41_has_the_hours_of_the_season(day, opens, closes):
    on = date.fromisoformat(day)
    assert SEASONAL.opening_on(on).isoformat("minutes") == opens
    assert SEASONAL.close_on(on).isoformat("minutes") == closes


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-05-06T07:59:59", False),
        ("2026-05-06T08:00", True),
        ("2026-05-06T11:59:59", True),
        ("2026-05-06T12:00", False),
        ("2026-05-06T14:30", False),
        ("2026-05-06T15:00", True),
        ("2026-05-06T18:00", False),
        ("2026-04-30T14:30", True),
        ("2026-05-05T10:00", False),
        ("2026-05-09T10:00", True),
        ("2026-05-10T10:00", False),
    ],
)
def test_is_open_in_its_sessions(moment, is_open):
    assert SEASONAL.is_open(at(moment)) is is_open


@pytest.mark.parametrize(
    ("case", "moment", "opening"),
    [
        ("is open", "2026-05-06T09:30", "2026-05-06T09:30"),
        ("before the day begins", "2026-05-06T03:00", "2026-05-06T08:00"),
        ("at lunch, in summer", "2026-05-06T13:00", "2026-05-06T15:00"),
        ("at lunch, before summer", "2026-04-30T13:00", "2026-04-30T14:30"),
        ("after close, before a holiday and the season's turn", "2026-04-30T18:00", "2026-05-06T08:00"),
        ("just after close, before a make-up Saturday", "2026-05-08T18:00:01", "2026-05-09T08:00"),
        ("on a weekend", "2026-03-14T10:00", "2026-03-16T08:00"),
        ("in winter", "2026-01-02T10:00", "2026-01-04T09:00"),
    ],
)
def test_finds_the_next_opening(case, moment, opening):
    assert SEASONAL.next_opening(at(moment)) == at(opening), case


# --- Limits in hours -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "start", "n", "due"),
    [
        ("within a session", "2026-03-18T09:00", 2, "2026-03-18T11:00"),
        ("up to lunch", "2026-03-18T09:00", 3, "2026-03-18T12:00"),
        ("over lunch", "2026-03-18T11:00", 2, "2026-03-18T15:30"),
        ("over a weekend", "2026-03-20T17:00", 2, "2026-03-23T09:00"),
        ("given at night", "2026-03-18T22:15", 1, "2026-03-19T09:00"),
        ("given on a holiday", "2026-02-17T10:00", 4, "2026-02-24T13:00"),
        ("ends at close of business", "2026-03-18T08:30", 7, "2026-03-18T18:00"),
        ("41 over the turn to summer and a holiday", "2026-04-30T16:00", 8, "2026-05-06T17:00"),
        ("41 over the turn from summer and a holiday", "2026-09-30T17:00", 5, "2026-10-08T12:00"),
        ("41 over New Year within winter", "2025-12-31T16:00", 2, "2026-01-04T10:00"),
        ("41 over the turn from winter", "2026-03-13T16:00", 2, "2026-03-16T09:00"),
        ("over a make-up Saturday", "2026-05-08T17:00", 2, "2026-05-09T09:00"),
        ("no hours, open", "2026-03-18T09:07", 0, "2026-03-18T09:07"),
        ("no hours, closed", "2026-03-20T18:00", 0, "2026-03-23T08:00"),
    ],
)
def test_counts_hours_case_by_case(case, start, n, due):
    assert add_working_hours(at(start), n, SEASONAL) == at(due), case


@pytest.mark.parametrize(
    ("case", "start", "n", "paused", "due"),
    [
        ("within a session", "2026-03-18T09:00", 2, "2026-03-18T09:30/2026-03-18T10:00", "2026-03-18T11:30"),
        ("over lunch", "2026-03-18T11:00", 2, "2026-03-18T11:30/2026-03-18T15:00", "2026-03-18T16:30"),
        ("21 over midnight", "2026-03-18T17:00", 2, "2026-03-18T17:30/2026-03-19T08:30", "2026-03-19T10:00"),
        ("at night costs nothing", "2026-03-18T17:00", 2, "2026-03-18T19:00/2026-03-19T07:00", "2026-03-19T09:00"),
        ("begun before", "2026-03-18T09:00", 1, "2026-03-17T09:00/2026-03-18T10:30", "2026-03-18T11:30"),
        ("begins when it is over", "2026-03-18T09:00", 2, "2026-03-18T11:00/2026-03-19T11:00", "2026-03-18T11:00"),
        ("19 overlapping", "2026-03-18T09:00", 2, "2026-03-18T09:30/2026-03-18T10:30 2026-03-18T10:00/2026-03-18T11:00", "2026-03-18T15:00"),
        ("no hours, paused", "2026-03-18T09:00", 0, "2026-03-18T08:00/2026-03-18T12:30", "2026-03-18T14:30"),
    ],
)  # fmt: skip
def test_leaves_out_pauses(case, start, n, paused, due):
    pauses = [stretch(each) for each in paused.split()]
    assert add_working_hours(at(start), n, SEASONAL, pauses) == at(due), case


@pytest.mark.parametrize(
    "zone", [UTC, ZoneInfo("America/New_York"), timezone(timedelta(hours=5, minutes=45))]
)
def test_case_45_is_the_same_moment_wherever_the_server_or_the_phone_is(zone):
    start, pause = at("2026-03-18T17:00"), stretch("2026-03-18T17:30/2026-03-19T08:30")
    elsewhere = [tuple(each.astimezone(zone) for each in pause)]
    assert add_working_hours(start.astimezone(zone), 2, OFFICIAL, elsewhere) == at("2026-03-19T10:00")
    assert OFFICIAL.is_open(start.astimezone(zone))
    assert OFFICIAL.next_opening(at("2026-03-18T20:00").astimezone(zone)) == at("2026-03-19T08:00")


def test_counts_hours_between_two_moments():
    assert count_working_hours(at("2026-03-20T17:00"), at("2026-03-23T09:15"), OFFICIAL) == 2.25 * HOUR
    assert count_working_hours(at("2026-03-23T09:15"), at("2026-03-20T17:00"), OFFICIAL) == 0 * HOUR


@pytest.mark.parametrize("n", [-1, MOST_HOURS + 1])
def test_refuses_an_absurd_limit_and_names_the_cap(n):
    with pytest.raises(ValueError, match=str(MOST_HOURS)):
        add_working_hours(at("2026-03-18T09:00"), n, OFFICIAL)


@pytest.mark.parametrize("n", [0, 1, 40])
def test_says_so_when_the_calendar_ends(n):
    with pytest.raises(ValueError):
        add_working_hours(at("9999-12-31T17:59:59") + timedelta(seconds=1), n, OFFICIAL)


# --- What holds always -----------------------------------------------------------------------------------

STEP = timedelta(minutes=30)
FIRST = at("2025-12-20T00:00")
MOMENTS = st.integers(0, 48 * 120).map(lambda steps: FIRST + steps * STEP)
PAUSES = st.lists(
    st.tuples(MOMENTS, st.integers(-2, 300)).map(lambda pause: (pause[0], pause[0] + pause[1] * STEP)),
    max_size=3,
)
DAYS = st.dates(date(2025, 12, 1), date(2026, 6, 1))
SETS = st.frozensets(DAYS, max_size=30)
HOURS = st.sampled_from(
    [
        OfficeHours(),
        SEASONAL.hours,
        OfficeHours(((time(0), time(23, 30)),), (SUMMER,)),
        OfficeHours(BASE, (WINTER,)),
    ]
)
CALENDARS = st.builds(
    Calendar,
    st.just("made up"),
    st.just(date(2022, 1, 1)),
    st.just(date(2027, 12, 31)),
    off=SETS,
    working=SETS,
    hours=HOURS,
)


def naive(start, n, calendar, paused):
    """Half hour after half hour, as one would watch a clock."""
    at, left = start, n * HOUR
    while left:
        if calendar.is_open(at) and not any(begun <= at < ended for begun, ended in paused):
            left -= STEP
        at += STEP
    return at


@settings(max_examples=60)
@given(MOMENTS, st.integers(1, 30), CALENDARS, PAUSES)
def test_adds_as_a_naive_watch_does(start, n, calendar, paused):
    assert add_working_hours(start, n, calendar, paused) == naive(start, n, calendar, paused)


@settings(max_examples=60)
@given(MOMENTS, st.integers(0, 800), CALENDARS, PAUSES)
def test_counts_as_a_naive_watch_does(start, steps, calendar, paused):
    watched = [start + k * STEP for k in range(steps)]
    open_steps = sum(
        calendar.is_open(each) and not any(begun <= each < ended for begun, ended in paused)
        for each in watched
    )
    assert count_working_hours(start, start + steps * STEP, calendar, paused) == open_steps * STEP


@given(MOMENTS, st.integers(0, 3_599), st.integers(1, 500), CALENDARS, PAUSES)
def test_case_53_counts_what_was_added_to_the_second(start, seconds, n, calendar, paused):
    start += timedelta(seconds=seconds)
    due = add_working_hours(start, n, calendar, paused)
    assert count_working_hours(start, due, calendar, paused) == n * HOUR


@given(MOMENTS, CALENDARS, PAUSES)
def test_a_limit_of_no_hours_ends_in_office_hours_outside_of_every_pause(start, calendar, paused):
    due = add_working_hours(start, 0, calendar, paused)
    assert due >= start
    assert calendar.is_open(due)
    assert not any(begun <= due < ended for begun, ended in paused)
    assert count_working_hours(start, due, calendar, paused) == 0 * HOUR


@given(MOMENTS, st.integers(1, 40), CALENDARS, PAUSES, PAUSES, st.integers(0, 9), SETS)
def test_case_52_holds_for_hours(start, n, calendar, paused, more, further, days):
    due = add_working_hours(start, n, calendar, paused)
    assert add_working_hours(start, n + further, calendar, paused) >= due
    assert add_working_hours(start, n, calendar, [*paused, *more]) >= due
    assert add_working_hours(start, n, replace(calendar, off=calendar.off | days), paused) >= due
    assert add_working_hours(start, n, replace(calendar, working=calendar.working | days), paused) <= due


@given(MOMENTS, CALENDARS)
def test_the_next_opening_is_open_and_nothing_before_it_is(moment, calendar):
    opening = calendar.next_opening(moment)
    assert calendar.is_open(opening)
    steps = (opening - moment) // STEP
    assert not any(calendar.is_open(moment + k * STEP) for k in range(steps))
