"""Working days: the vectors of the domain, the cases that other engines got wrong, and what holds always.

The numbers are those of the table in the design (loop.md §2). What holds always is compared with a walk from day to
day, over arbitrary calendars.
"""

import hashlib
import json
from bisect import bisect_right
from dataclasses import replace
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tisu.foundation.layers import built_in
from tisu.foundation.workdays import (
    MOST_DAYS,
    MOST_MONTHS,
    Calendar,
    add_calendar_days,
    add_months,
    add_workdays,
    count_workdays,
    official,
    subtract_workdays,
)
from tisu.foundation.yearly import Yearly

OFFICIAL = official()
ONE = timedelta(days=1)
DANCE = Yearly((7, 18), (7, 19), "节日")
TURN = Yearly((12, 30), (1, 2), "岁首")


def day(text: str) -> date:
    return date.fromisoformat(text)


def span(text: str) -> tuple[date, date]:
    first, resumed = text.split("/")
    return day(first), day(resumed)


# --- The years -------------------------------------------------------------------------------------------


def test_agrees_with_the_collected_arrangements_on_every_day():
    days = [OFFICIAL.coverage_start + n * ONE for n in range((date(2027, 1, 1) - date(2004, 1, 1)).days)]
    assert (days[0], days[-1]) == (date(2004, 1, 1), date(2026, 12, 31))
    assert [d for d in days if OFFICIAL.is_workday(d) != chinese_calendar.is_workday(d)] == []


@pytest.mark.parametrize(
    ("year", "off", "working"),
    [
        (
            2022,
            "01-01/01-03 01-31/02-06 04-03/04-05 04-30/05-04 06-03/06-05 09-10/09-12 10-01/10-07",
            "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
        ),
        (
            2023,
            "01-01/01-02 01-21/01-27 04-05/04-05 04-29/05-03 06-22/06-24 09-29/10-06",
            "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
        ),
        (
            2024,
            "01-01/01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-08/06-10 09-15/09-17 10-01/10-07",
            "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
        ),
        (
            2025,
            "01-01/01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
            "01-26 02-08 04-27 09-28 10-11",
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
    for ends in off.split():
        first, last = (day(f"{year}-{end}") for end in ends.split("/"))
        holidays |= {first + n * ONE for n in range((last - first).days + 1)}
    assert {d for d in OFFICIAL.off if d.year == year} == {d for d in holidays if d.weekday() < 5}
    assert {d for d in OFFICIAL.working if d.year == year} == {day(f"{year}-{d}") for d in working.split()}


@pytest.mark.parametrize(("year", "workdays"), [(2023, 249), (2026, 248)])
def test_has_the_working_days_of_a_whole_year(year, workdays):
    assert count_workdays(date(year - 1, 12, 31), date(year, 12, 31), OFFICIAL) == workdays


def test_cites_a_notice_for_each_year():
    assert sorted(built_in()) == list(range(2004, 2027))
    assert all(notice.source for notice in built_in().values())
    assert built_in()[2023].source == "国办发明电〔2022〕16号"


def test_never_changes_a_year_that_was_released():
    """Calendars of old versions are built from these years: a correction is a notice, not an edit."""
    years = {year: built_in()[year] for year in range(2004, 2027)}
    days = {
        year: [sorted(map(str, each.off)), sorted(map(str, each.working))] for year, each in years.items()
    }
    digest = hashlib.sha256(json.dumps(days).encode()).hexdigest()
    assert digest == "f140a974e3cebad9a12313a90a89c52d614c62a41bea99316ce7351de2b53163"


# --- Case by case ----------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("case", "start", "n", "due"),
    [
        ("1 a make-up Saturday counts", "2026-02-13", 1, "2026-02-14"),
        ("1 a make-up Sunday counts", "2023-04-20", 2, "2023-04-23"),
        ("1 two make-up days in a row count", "2023-10-06", 2, "2023-10-08"),
        ("3 starts inside a holiday", "2026-02-16", 3, "2026-02-26"),
        ("3 starts on its first day", "2026-02-15", 1, "2026-02-24"),
        ("3 starts on its last day", "2026-02-23", 1, "2026-02-24"),
        ("3 starts on a plain Sunday", "2026-03-08", 1, "2026-03-09"),
        ("5 starts on a working Saturday", "2026-02-28", 1, "2026-03-02"),
        ("5 starts on a working Sunday", "2026-01-04", 1, "2026-01-05"),
        ("7 spans the National Day", "2026-09-30", 5, "2026-10-13"),
        ("7 spans the Spring Festival", "2026-02-13", 2, "2026-02-24"),
        ("7 spans Mid-Autumn and National Day in one", "2023-09-28", 2, "2023-10-08"),
        ("9 crosses New Year over a working Sunday", "2025-12-31", 3, "2026-01-06"),
        ("9 crosses a New Year whose make-up day lies before it", "2018-12-28", 2, "2019-01-02"),
        ("9 crosses New Year into a year that begins on a Sunday", "2022-12-30", 1, "2023-01-03"),
        ("51 due on the day itself", "2026-02-14", 0, "2026-02-14"),
        ("51 given on a holiday", "2026-02-16", 0, "2026-02-24"),
        ("51 given on a weekend", "2026-03-07", 0, "2026-03-09"),
        ("51 given on New Year's Eve's holiday of the year before", "2018-12-30", 0, "2019-01-02"),
    ],
)
def test_counts_case_by_case(case, start, n, due):
    assert add_workdays(day(start), n, OFFICIAL) == day(due), case


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


def test_case_13_a_notice_loaded_late_would_bring_the_date_forward():
    """What was told stays told: that is the loop's part. Here the two dates between which it decides."""
    first = replace(
        OFFICIAL,
        off=OFFICIAL.off - {day("2019-05-02"), day("2019-05-03")},
        working=OFFICIAL.working - {day("2019-04-28"), day("2019-05-05")},
    )
    assert add_workdays(day("2019-04-26"), 3, first) == day("2019-05-02")
    assert add_workdays(day("2019-04-26"), 3, OFFICIAL) == day("2019-04-30")


def test_case_17_counts_the_day_of_resumption():
    paused = [span("2026-02-12/2026-02-28")]
    assert add_workdays(day("2026-02-09"), 10, OFFICIAL, paused) == day("2026-03-10")


@pytest.mark.parametrize(
    ("case", "paused"),
    [
        ("two apart", "2026-03-03/2026-03-05 2026-03-09/2026-03-10"),
        ("overlapping", "2026-03-03/2026-03-05 2026-03-04/2026-03-06"),
        ("one within the other", "2026-03-03/2026-03-06 2026-03-04/2026-03-05"),
        ("the same twice", "2026-03-03/2026-03-06 2026-03-03/2026-03-06"),
        ("touching, the later one first", "2026-03-04/2026-03-06 2026-03-03/2026-03-04"),
    ],
)
def test_case_19_takes_pauses_together_and_none_twice(case, paused):
    pauses = [span(each) for each in paused.split()]
    assert add_workdays(day("2026-03-02"), 5, OFFICIAL, pauses) == day("2026-03-12"), case
    assert count_workdays(day("2026-03-02"), day("2026-03-12"), OFFICIAL, pauses) == 5


@pytest.mark.parametrize(
    ("case", "start", "n", "paused", "due"),
    [
        ("over one midnight", "2026-03-02", 3, "2026-03-03/2026-03-04", "2026-03-06"),
        ("within one day", "2026-03-02", 3, "2026-03-03/2026-03-03", "2026-03-05"),
        ("over the end of a month", "2026-03-30", 3, "2026-03-31/2026-04-02", "2026-04-07"),
        ("over the end of a year", "2025-12-29", 3, "2025-12-31/2026-01-05", "2026-01-06"),
        ("over the leap day", "2024-02-26", 3, "2024-02-28/2024-03-01", "2024-03-04"),
    ],
)
def test_case_21_pauses_by_local_days(case, start, n, paused, due):
    assert add_workdays(day(start), n, OFFICIAL, [span(paused)]) == day(due), case


def test_a_pause_inside_a_holiday_costs_nothing():
    paused = [span("2026-10-01/2026-10-08")]
    assert add_workdays(day("2026-09-30"), 5, OFFICIAL, paused) == day("2026-10-13")


def test_an_empty_pause_changes_nothing():
    paused = [span("2026-03-05/2026-03-05"), span("2026-03-05/2026-03-03")]
    assert add_workdays(day("2026-03-02"), 5, OFFICIAL, paused) == day("2026-03-09")
    assert count_workdays(day("2026-03-02"), day("2026-03-09"), OFFICIAL, paused) == 5


@pytest.mark.parametrize(
    ("end", "n", "warn"),
    [
        ("2026-10-10", 3, "2026-09-30"),
        ("2026-10-08", 3, "2026-09-28"),
        ("2026-10-04", 0, "2026-09-30"),
        ("2026-10-10", 0, "2026-10-10"),
        ("2026-02-24", 1, "2026-02-14"),
    ],
)
def test_case_29_warns_working_days_ahead(end, n, warn):
    assert subtract_workdays(day(end), n, OFFICIAL) == day(warn)


@pytest.mark.parametrize(
    ("case", "counted_from", "due"),
    [
        ("from the original due day", "2026-02-14", "2026-02-28"),
        ("from the day it was granted", "2026-02-25", "2026-03-03"),
    ],
)
def test_case_31_adds_an_extension(case, counted_from, due):
    assert add_workdays(day(counted_from), 5, OFFICIAL) == day(due), case


@pytest.mark.parametrize(
    ("first", "works"),
    [("2024-12-29", "2025-01-03"), ("2025-12-30", "2026-01-04"), ("2026-12-29", "2026-12-29")],
)
def test_case_43_a_yearly_holiday_over_new_year_is_off_on_both_sides(first, works):
    county = replace(OFFICIAL, recurring=(TURN,))
    around = [day(first) + n * ONE for n in range(6)]
    assert [d for d in around if county.is_workday(d)] == [day(each) for each in works.split()]


def test_a_yearly_holiday_moves_the_due_day_every_year():
    county = replace(OFFICIAL, recurring=(DANCE,))
    assert add_workdays(day("2024-07-17"), 2, OFFICIAL) == day("2024-07-19")
    assert add_workdays(day("2024-07-17"), 2, county) == day("2024-07-23")
    assert add_workdays(day("2030-07-17"), 1, county) == day("2030-07-22")
    assert count_workdays(day("2024-07-01"), day("2024-07-31"), county) == (
        count_workdays(day("2024-07-01"), day("2024-07-31"), OFFICIAL) - 2
    )


def test_a_yearly_leap_day_is_off_in_leap_years_only():
    county = replace(OFFICIAL, recurring=(Yearly((2, 29), (2, 29)),))
    assert not county.is_workday(day("2024-02-29"))
    assert county.is_workday(day("2023-02-28"))
    assert county.is_workday(day("2023-03-01"))


def test_a_make_up_day_outweighs_a_yearly_day_off():
    county = replace(OFFICIAL, recurring=(Yearly((2, 14), (2, 14)),))
    assert county.is_workday(day("2026-02-14"))


# --- Calendar days and months ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-09-16", 15, "2026-10-08"),
        ("2026-09-15", 15, "2026-09-30"),
        ("2026-09-25", 15, "2026-10-10"),
        ("2026-02-14", 0, "2026-02-14"),
        ("2026-02-15", 0, "2026-02-24"),
    ],
)
def test_calendar_days_that_end_on_a_day_off_move_on_and_others_do_not(start, n, due):
    assert add_calendar_days(day(start), n, OFFICIAL) == day(due)


def test_calendar_days_leave_out_a_pause():
    paused = [span("2026-03-04/2026-03-09")]
    assert add_calendar_days(day("2026-03-02"), 7, OFFICIAL, paused) == day("2026-03-16")


@pytest.mark.parametrize(
    ("case", "start", "n", "due"),
    [
        ("the matching day", "2026-03-10", 1, "2026-04-10"),
        ("the month's last day when there is no matching one", "2026-03-31", 1, "2026-04-30"),
        ("February", "2025-01-31", 1, "2025-02-28"),
        ("February of a leap year", "2024-01-30", 1, "2024-02-29"),
        ("from the leap day, a year on", "2024-02-29", 12, "2025-02-28"),
        ("over the end of the year", "2025-11-12", 3, "2026-02-12"),
        ("moved on from a weekend", "2026-01-07", 1, "2026-02-09"),
        ("moved on from a holiday", "2026-01-17", 1, "2026-02-24"),
        ("not moved on from a make-up Saturday", "2026-01-14", 1, "2026-02-14"),
        ("no months", "2026-02-15", 0, "2026-02-24"),
    ],
)
def test_months_end_on_the_matching_day(case, start, n, due):
    assert add_months(day(start), n, OFFICIAL) == day(due), case


def test_a_pause_extends_months_by_its_calendar_days():
    paused = [span("2026-03-20/2026-03-30")]
    assert add_months(day("2026-03-10"), 1, OFFICIAL, paused) == day("2026-04-20")


# --- What is refused, and the ends of the world ----------------------------------------------------------


@pytest.mark.parametrize("reckon", [add_workdays, add_calendar_days, subtract_workdays])
@pytest.mark.parametrize("n", [-1, MOST_DAYS + 1, 10**12])
def test_refuses_an_absurd_limit_and_names_the_cap(reckon, n):
    with pytest.raises(ValueError, match="3000"):
        reckon(day("2026-03-02"), n, OFFICIAL)


@pytest.mark.parametrize("n", [-1, MOST_MONTHS + 1])
def test_refuses_absurd_months(n):
    with pytest.raises(ValueError, match=str(MOST_MONTHS)):
        add_months(day("2026-03-02"), n, OFFICIAL)


@pytest.mark.parametrize(
    ("reckon", "start"),
    [
        (add_workdays, date.max),
        (add_calendar_days, date.max),
        (add_months, date.max),
        (subtract_workdays, date.min),
    ],
)
def test_says_so_when_the_calendar_ends(reckon, start):
    with pytest.raises(ValueError):
        reckon(start, 3, OFFICIAL)


def test_counts_centuries_at_once():
    assert count_workdays(date.min, date.max, OFFICIAL) > 2_000_000


def test_takes_a_fixed_number_of_steps_however_long_the_span(monkeypatch):
    """Lists of a hundred thousand clocks are reckoned: no walk from day to day."""
    asked = []
    calendar = replace(OFFICIAL)
    monkeypatch.setattr(Calendar, "is_workday", lambda self, day: asked.append(day))
    add_workdays(day("2020-01-01"), MOST_DAYS, calendar, [span("2021-01-01/2022-01-01")])
    subtract_workdays(day("2020-01-01"), MOST_DAYS, calendar)
    count_workdays(date.min, date.max, calendar)
    assert asked == []


# --- What holds always -----------------------------------------------------------------------------------

DAYS = st.dates(day("2022-12-01"), day("2027-03-01"))
LIMITS = st.integers(1, 120)
PAUSES = st.lists(
    st.tuples(DAYS, st.integers(-2, 40)).map(lambda pause: (pause[0], pause[0] + pause[1] * ONE)), max_size=4
)
SETS = st.frozensets(DAYS, max_size=60)
MONTH_DAYS = st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda d: (d.month, d.day))
YEARLY = st.builds(lambda first, length: Yearly(first, _after(first, length)), MONTH_DAYS, st.integers(0, 6))
CALENDARS = st.just(OFFICIAL) | st.builds(
    Calendar,
    st.just("made up"),
    st.just(day("2022-01-01")),
    st.just(day("2027-12-31")),
    off=SETS,
    working=SETS,
    recurring=st.lists(YEARLY, max_size=2).map(tuple),
)


def _after(first: tuple[int, int], length: int) -> tuple[int, int]:
    last = date(2000, *first) + length * ONE
    return last.month, last.day


def naive(start, n, calendar, paused, only_workdays=True):
    """Day after day, as one would count on a wall calendar."""
    idle = {first + k * ONE for first, resumed in paused for k in range((resumed - first).days)}
    at, left = (start, n) if n else (start - ONE, 1)
    while left:
        at += ONE
        if at not in idle and (calendar.is_workday(at) or not only_workdays):
            left -= 1
    return at


@given(DAYS, st.integers(0, 120), CALENDARS, PAUSES)
def test_adds_as_a_naive_walk_does(start, n, calendar, paused):
    assert add_workdays(start, n, calendar, paused) == naive(start, n, calendar, paused)


@given(DAYS, st.integers(0, 120), CALENDARS, PAUSES)
def test_adds_calendar_days_as_a_naive_walk_does(start, n, calendar, paused):
    last = naive(start, n, calendar, paused, only_workdays=False)
    assert add_calendar_days(start, n, calendar, paused) == naive(last, 0, calendar, paused)


@given(DAYS, st.integers(0, 6), CALENDARS, PAUSES)
def test_adds_months_as_a_naive_walk_does(start, n, calendar, paused):
    month = date(start.year + (start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1, 1)
    in_month = [month + k * ONE for k in range(31) if (month + k * ONE).month == month.month]
    matching = next((d for d in in_month if d.day == start.day), in_month[-1])
    last = naive(start, (matching - start).days, calendar, paused, only_workdays=False)
    assert add_months(start, n, calendar, paused) == naive(last, 0, calendar, paused)


@given(DAYS, st.integers(0, 120), CALENDARS)
def test_subtracts_as_a_naive_walk_does(end, n, calendar):
    at, left = (end, n) if n else (end + ONE, 1)
    while left:
        at -= ONE
        left -= calendar.is_workday(at)
    assert subtract_workdays(end, n, calendar) == at


@given(DAYS, LIMITS, CALENDARS)
def test_subtracts_what_adding_brings_back(end, n, calendar):
    begin = subtract_workdays(end, n, calendar)
    assert calendar.is_workday(begin)
    assert count_workdays(begin - ONE, end - ONE, calendar) == n


@given(DAYS, DAYS, CALENDARS, PAUSES)
def test_counts_as_a_naive_walk_does(start, end, calendar, paused):
    idle = {first + k * ONE for first, resumed in paused for k in range((resumed - first).days)}
    days = (start + k * ONE for k in range(1, (end - start).days + 1))
    assert count_workdays(start, end, calendar, paused) == sum(
        calendar.is_workday(d) and d not in idle for d in days
    )


@given(DAYS, LIMITS, CALENDARS, PAUSES)
def test_case_53_counts_what_was_added(start, n, calendar, paused):
    assert count_workdays(start, add_workdays(start, n, calendar, paused), calendar, paused) == n


def test_case_53_holds_for_every_start_of_the_covered_years_and_many_limits():
    """Every single day from 2004 to 2027, against the list of all working days."""
    days = [date(2004, 1, 1) + k * ONE for k in range(9_200)]
    workdays = [d for d in days if OFFICIAL.is_workday(d)]
    for start in days[:8_766]:
        place = bisect_right(workdays, start)
        for n in (1, 2, 5, 15, 60):
            due = add_workdays(start, n, OFFICIAL)
            assert due == workdays[place + n - 1], (start, n)
            assert count_workdays(start, due, OFFICIAL) == n, (start, n)


@pytest.mark.parametrize("reckon", [add_workdays, add_calendar_days])
@given(
    DAYS,
    st.integers(0, 60),
    CALENDARS,
    PAUSES,
    PAUSES,
    st.integers(0, 20),
    SETS,
    st.lists(YEARLY, max_size=1),
)
def test_case_52_more_pause_more_amount_more_holidays_never_come_earlier(
    reckon, start, n, calendar, paused, more, further, holidays, yearly
):
    due = reckon(start, n, calendar, paused)
    with_holidays = replace(calendar, off=calendar.off | holidays)
    with_yearly = replace(calendar, recurring=(*calendar.recurring, *yearly))
    assert reckon(start, n, calendar, [*paused, *more]) >= due
    assert reckon(start, n + further, calendar, paused) >= due
    assert reckon(start, n, with_holidays, paused) >= due
    assert reckon(start, n, with_yearly, paused) >= due


@pytest.mark.parametrize("reckon", [add_workdays, add_calendar_days])
@given(DAYS, st.integers(0, 60), CALENDARS, PAUSES, SETS)
def test_case_52_more_make_up_days_never_come_later(reckon, start, n, calendar, paused, made_up):
    due = reckon(start, n, calendar, paused)
    assert reckon(start, n, replace(calendar, working=calendar.working | made_up), paused) <= due


@given(DAYS, st.integers(0, 6), st.integers(0, 3), CALENDARS, PAUSES, PAUSES, SETS)
def test_case_52_holds_for_months(start, n, further, calendar, paused, more, days):
    due = add_months(start, n, calendar, paused)
    assert add_months(start, n + further, calendar, paused) >= due
    assert add_months(start, n, calendar, [*paused, *more]) >= due
    assert add_months(start, n, replace(calendar, off=calendar.off | days), paused) >= due
    assert add_months(start, n, replace(calendar, working=calendar.working | days), paused) <= due


@given(DAYS, DAYS, CALENDARS, PAUSES)
def test_a_later_start_is_never_due_earlier(start, other, calendar, paused):
    first, second = sorted((start, other))
    assert add_workdays(first, 10, calendar, paused) <= add_workdays(second, 10, calendar, paused)


@given(DAYS, LIMITS, CALENDARS, PAUSES)
def test_is_due_on_a_working_day_outside_of_every_pause(start, n, calendar, paused):
    due = add_workdays(start, n, calendar, paused)
    assert calendar.is_workday(due)
    assert not any(first <= due < resumed for first, resumed in paused)
