"""Working days: the vectors of the domain, the cases that other engines got wrong, and what holds always."""

from dataclasses import replace
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tisu.foundation.workdays import (
    MOST_DAYS,
    Calendar,
    add_calendar_days,
    add_workdays,
    count_workdays,
    official,
    subtract_workdays,
)

OFFICIAL = official()
ONE = timedelta(days=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_agrees_with_the_collected_arrangements_on_every_day():
    days = [OFFICIAL.coverage_start + n * ONE for n in range((date(2027, 1, 1) - date(2004, 1, 1)).days)]
    assert (days[0], days[-1]) == (date(2004, 1, 1), date(2026, 12, 31))
    assert [d for d in days if OFFICIAL.is_workday(d) != chinese_calendar.is_workday(d)] == []


@pytest.mark.parametrize(
    ("year", "off", "working"),
    [
        (
            2023,
            "01-01/01-02 01-21/01-27 04-05/04-05 04-29/05-03 06-22/06-24 09-29/10-06",
            "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
        ),
        (
            2026,
            "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07",
            "01-04 02-14 02-28 05-09 09-20 10-10",
        ),
    ],
)
def test_follows_the_notice_of_the_year(year, off, working):
    holidays = set()
    for span in off.split():
        first, last = (day(f"{year}-{end}") for end in span.split("/"))
        holidays |= {first + n * ONE for n in range((last - first).days + 1)}
    assert {d for d in OFFICIAL.off if d.year == year} == {d for d in holidays if d.weekday() < 5}
    assert {d for d in OFFICIAL.working if d.year == year} == {day(f"{year}-{d}") for d in working.split()}


@pytest.mark.parametrize(("year", "workdays"), [(2023, 249), (2026, 248)])
def test_has_the_working_days_of_a_whole_year(year, workdays):
    assert count_workdays(date(year - 1, 12, 31), date(year, 12, 31), OFFICIAL) == workdays


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2023-04-20", 3, "2023-04-24"),
        ("2023-04-20", 15, "2023-05-12"),
        ("2023-04-28", 3, "2023-05-06"),
        ("2023-09-28", 5, "2023-10-11"),
        ("2026-02-13", 15, "2026-03-12"),
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-09-30", 3, "2026-10-10"),
    ],
)
def test_gives_the_due_days_of_the_domain(start, n, due):
    assert add_workdays(day(start), n, OFFICIAL) == day(due)


def test_case_1_counts_a_make_up_saturday():
    assert add_workdays(day("2026-02-13"), 1, OFFICIAL) == day("2026-02-14")


def test_case_3_starts_inside_a_holiday():
    assert add_workdays(day("2026-02-16"), 3, OFFICIAL) == day("2026-02-26")


def test_case_5_starts_on_a_working_saturday():
    assert add_workdays(day("2026-02-28"), 1, OFFICIAL) == day("2026-03-02")


def test_case_7_spans_the_national_holiday():
    assert add_workdays(day("2026-09-30"), 5, OFFICIAL) == day("2026-10-13")


def test_case_9_crosses_new_year_over_a_working_sunday():
    assert add_workdays(day("2025-12-31"), 3, OFFICIAL) == day("2026-01-06")


def test_case_11_is_provisional_beyond_the_last_notice_and_moves_when_it_comes():
    due = add_workdays(day("2026-12-28"), 5, OFFICIAL)
    assert due == day("2027-01-04")
    assert OFFICIAL.is_provisional(due)
    assert not OFFICIAL.is_provisional(day("2026-12-31"))
    announced = replace(
        OFFICIAL, coverage_end=day("2027-12-31"), off=OFFICIAL.off | {day("2027-01-01"), day("2027-01-04")}
    )
    moved = add_workdays(day("2026-12-28"), 5, announced)
    assert moved == day("2027-01-06")
    assert not announced.is_provisional(moved)


def test_case_17_counts_the_day_of_resumption():
    paused = [(day("2026-02-12"), day("2026-02-28"))]
    assert add_workdays(day("2026-02-09"), 10, OFFICIAL, paused) == day("2026-03-10")


@pytest.mark.parametrize(
    "paused",
    [
        [("2026-03-03", "2026-03-05"), ("2026-03-09", "2026-03-10")],
        [("2026-03-03", "2026-03-05"), ("2026-03-04", "2026-03-06")],
        [("2026-03-03", "2026-03-06"), ("2026-03-04", "2026-03-05")],
        [("2026-03-03", "2026-03-06"), ("2026-03-03", "2026-03-06")],
        [("2026-03-04", "2026-03-06"), ("2026-03-03", "2026-03-04")],
    ],
)
def test_case_19_takes_pauses_together_and_none_twice(paused):
    pauses = [(day(first), day(resumed)) for first, resumed in paused]
    assert add_workdays(day("2026-03-02"), 5, OFFICIAL, pauses) == day("2026-03-12")
    assert count_workdays(day("2026-03-02"), day("2026-03-12"), OFFICIAL, pauses) == 5


def test_a_pause_inside_a_holiday_costs_nothing():
    paused = [(day("2026-10-01"), day("2026-10-08"))]
    assert add_workdays(day("2026-09-30"), 5, OFFICIAL, paused) == day("2026-10-13")


def test_an_empty_pause_changes_nothing():
    paused = [(day("2026-03-05"), day("2026-03-05")), (day("2026-03-05"), day("2026-03-03"))]
    assert add_workdays(day("2026-03-02"), 5, OFFICIAL, paused) == day("2026-03-09")
    assert count_workdays(day("2026-03-02"), day("2026-03-09"), OFFICIAL, paused) == 5


@pytest.mark.parametrize(
    ("end", "n", "warn"),
    [("2026-10-10", 3, "2026-09-30"), ("2026-10-08", 3, "2026-09-28"), ("2026-10-04", 0, "2026-09-30")],
)
def test_case_29_warns_working_days_ahead(end, n, warn):
    assert subtract_workdays(day(end), n, OFFICIAL) == day(warn)


@pytest.mark.parametrize(("start", "due"), [("2026-02-16", "2026-02-24"), ("2026-02-14", "2026-02-14")])
def test_case_51_a_same_day_duty_given_on_a_holiday_is_for_the_next_working_day(start, due):
    assert add_workdays(day(start), 0, OFFICIAL) == day(due)


def test_calendar_days_that_end_on_a_day_off_move_on_and_others_do_not():
    assert add_calendar_days(day("2026-09-16"), 15, OFFICIAL) == day("2026-10-08")
    assert add_calendar_days(day("2026-09-15"), 15, OFFICIAL) == day("2026-09-30")
    assert add_calendar_days(day("2026-09-25"), 15, OFFICIAL) == day("2026-10-10")


def test_calendar_days_leave_out_a_pause():
    paused = [(day("2026-03-04"), day("2026-03-09"))]
    assert add_calendar_days(day("2026-03-02"), 7, OFFICIAL, paused) == day("2026-03-16")


@pytest.mark.parametrize("reckon", [add_workdays, add_calendar_days, subtract_workdays])
@pytest.mark.parametrize("n", [-1, MOST_DAYS + 1, 10**12])
def test_refuses_an_absurd_limit_and_names_the_cap(reckon, n):
    with pytest.raises(ValueError, match="3000"):
        reckon(day("2026-03-02"), n, OFFICIAL)


def test_says_so_when_the_calendar_ends():
    for reckon, start in (
        (add_workdays, date.max),
        (add_calendar_days, date.max),
        (subtract_workdays, date.min),
    ):
        with pytest.raises(ValueError):
            reckon(start, 3, OFFICIAL)


def test_counts_centuries_at_once():
    assert count_workdays(date.min, date.max, OFFICIAL) > 2_000_000


def test_says_when_the_office_closes():
    assert OFFICIAL.close_of_business.hour == 18


DAYS = st.dates(day("2022-12-01"), day("2027-03-01"))
LIMITS = st.integers(1, 120)
PAUSES = st.lists(
    st.tuples(DAYS, st.integers(-2, 40)).map(lambda pause: (pause[0], pause[0] + pause[1] * ONE)), max_size=4
)
SETS = st.frozensets(DAYS, max_size=60)
CALENDARS = st.just(OFFICIAL) | st.builds(
    Calendar,
    st.just("made up"),
    st.just(day("2022-01-01")),
    st.just(day("2027-12-31")),
    off=SETS,
    working=SETS,
)


def naive(start, n, calendar, paused, only_workdays=True):
    """Walk day by day and tick off a set of days: slow, and plainly right."""
    idle = {first + k * ONE for first, resumed in paused for k in range((resumed - first).days)}
    at = start
    while n:
        at += ONE
        if at not in idle and (calendar.is_workday(at) or not only_workdays):
            n -= 1
    return at


@given(DAYS, LIMITS, CALENDARS, PAUSES)
def test_adds_as_a_naive_walk_does(start, n, calendar, paused):
    assert add_workdays(start, n, calendar, paused) == naive(start, n, calendar, paused)


@given(DAYS, LIMITS, CALENDARS, PAUSES)
def test_adds_calendar_days_as_a_naive_walk_does(start, n, calendar, paused):
    last = naive(start, n, calendar, paused, only_workdays=False)
    due = last if calendar.is_workday(last) else naive(last, 1, calendar, paused)
    assert add_calendar_days(start, n, calendar, paused) == due


@given(DAYS, LIMITS, CALENDARS)
def test_subtracts_what_adding_brings_back(end, n, calendar):
    begin = subtract_workdays(end, n, calendar)
    assert calendar.is_workday(begin)
    assert count_workdays(begin - ONE, end - ONE, calendar) == n


@given(DAYS, LIMITS, CALENDARS, PAUSES)
def test_case_53_counts_what_was_added(start, n, calendar, paused):
    assert count_workdays(start, add_workdays(start, n, calendar, paused), calendar, paused) == n


@given(DAYS, DAYS, CALENDARS, PAUSES)
def test_counts_as_a_naive_walk_does(start, end, calendar, paused):
    idle = {first + k * ONE for first, resumed in paused for k in range((resumed - first).days)}
    days = (start + k * ONE for k in range(1, (end - start).days + 1))
    assert count_workdays(start, end, calendar, paused) == sum(
        calendar.is_workday(d) and d not in idle for d in days
    )


@given(DAYS, st.integers(0, 60), CALENDARS, PAUSES, PAUSES, st.integers(0, 20), SETS)
def test_case_52_more_pause_more_amount_more_holidays_never_come_earlier(
    start, n, calendar, paused, more, further, holidays
):
    due = add_workdays(start, n, calendar, paused)
    assert add_workdays(start, n, calendar, [*paused, *more]) >= due
    assert add_workdays(start, n + further, calendar, paused) >= due
    assert add_workdays(start, n, replace(calendar, off=calendar.off | holidays), paused) >= due


@given(DAYS, st.integers(0, 60), CALENDARS, PAUSES, SETS)
def test_case_52_more_make_up_days_never_come_later(start, n, calendar, paused, made_up):
    due = add_workdays(start, n, calendar, paused)
    assert add_workdays(start, n, replace(calendar, working=calendar.working | made_up), paused) <= due
