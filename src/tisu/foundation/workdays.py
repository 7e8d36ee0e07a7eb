"""Working days of a legal limit: pure functions over a calendar, without database and without clock.

The counting rule, in this one place: the day on which a limit starts is not counted, and the limit ends with
its last day at close of business (民法典 201). A limit in calendar days that ends on a day off moves on to the
next working day (民法典 203). Working days leave out weekends and legal holidays and take in the make-up days
of the yearly notice (行政许可法 82). The day on which a paused matter resumes is counted (design loop.md §2).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext_lazy as _

MOST_DAYS = 3_000
ONE_DAY = timedelta(days=1)
SATURDAY = 5

Pauses = Iterable[tuple[date, date]]


@dataclass(frozen=True)
class Calendar:
    """A week of five working days with dated overrides both ways; `working` outweighs `off`.

    Beyond its coverage only weekends are known, so what is computed there is provisional (暂定).
    """

    version: str
    coverage_start: date
    coverage_end: date
    off: frozenset[date]
    working: frozenset[date]
    close_of_business: time = time(18)

    def is_workday(self, day: date) -> bool:
        if day in self.working:
            return True
        return day.weekday() < SATURDAY and day not in self.off

    def is_provisional(self, day: date) -> bool:
        return not self.coverage_start <= day <= self.coverage_end


@cache
def official() -> Calendar:
    """The published arrangements of the State Council, 2004 to 2026, each year with its source."""
    data = json.loads(Path(__file__).with_name("calendar_cn.json").read_text("utf-8"))
    return Calendar(
        version=data["version"],
        coverage_start=date.fromisoformat(data["coverage_start"]),
        coverage_end=date.fromisoformat(data["coverage_end"]),
        off=_days(data["years"], "off"),
        working=_days(data["years"], "working"),
    )


def add_workdays(start: date, n: int, calendar: Calendar, paused: Pauses = ()) -> date:
    """The nth working day after `start`; for a same-day duty (n = 0) `start` itself or the next working day.

    Days of `paused`, each from its first day up to but without the day of resumption, are not counted.
    """
    _check(n)
    pauses = tuple(paused)
    return _nth(n, (day for day in _walk(start, n) if _counts(day, pauses) and calendar.is_workday(day)))


def add_calendar_days(start: date, n: int, calendar: Calendar, paused: Pauses = ()) -> date:
    """The nth calendar day after `start`, moved on to the next working day when it is a day off."""
    _check(n)
    pauses = tuple(paused)
    last = _nth(n, (day for day in _walk(start, n) if _counts(day, pauses)))
    return add_workdays(last, 0, calendar, pauses)


def subtract_workdays(day: date, n: int, calendar: Calendar) -> date:
    """The nth working day before `day`; for n = 0 `day` itself or the working day before it."""
    _check(n)
    return _nth(n, (each for each in _walk(day, n, -ONE_DAY) if calendar.is_workday(each)))


def count_workdays(start: date, end: date, calendar: Calendar, paused: Pauses = ()) -> int:
    """Working days after `start` up to and including `end`, without those of `paused`; 0 when it ends first."""
    if end <= start:
        return 0
    idle = sum(
        _between(max(first - ONE_DAY, start), min(resumed - ONE_DAY, end), calendar)
        for first, resumed in _union(paused)
    )
    return _between(start, end, calendar) - idle


def _days(years: dict[str, dict], what: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for year in years.values() for day in year[what])


def _check(n: int) -> None:
    if not 0 <= n <= MOST_DAYS:
        raise ValueError(_("A limit has from 0 to %(most)s days.") % {"most": MOST_DAYS})


def _walk(day: date, n: int, step: timedelta = ONE_DAY) -> Iterator[date]:
    """The days that may count, to the end of what a date can say: the first only for a same-day duty (n = 0)."""
    if n == 0:
        yield day
    while True:
        try:
            day += step
        except OverflowError:
            raise ValueError(_("The limit runs out of the calendar: choose a nearer day.")) from None
        yield day


def _nth(n: int, days: Iterator[date]) -> date:
    return next(islice(days, max(n - 1, 0), None))


def _counts(day: date, paused: tuple[tuple[date, date], ...]) -> bool:
    return not any(first <= day < resumed for first, resumed in paused)


def _union(paused: Pauses) -> list[tuple[date, date]]:
    """The pauses as intervals that do not touch each other, so that no day is taken off twice."""
    merged: list[tuple[date, date]] = []
    for first, resumed in sorted(pause for pause in paused if pause[0] < pause[1]):
        if merged and first <= merged[-1][1]:
            first, resumed = merged[-1][0], max(merged.pop()[1], resumed)
        merged.append((first, resumed))
    return merged


def _between(start: date, end: date, calendar: Calendar) -> int:
    """Working days after `start` through `end` by arithmetic, so that a century costs what a week costs."""
    if end <= start:
        return 0
    gained = sum(start < day <= end and day.weekday() >= SATURDAY for day in calendar.working)
    lost = sum(start < day <= end and day.weekday() < SATURDAY for day in calendar.off - calendar.working)
    return _weekdays_through(end) - _weekdays_through(start) + gained - lost


def _weekdays_through(day: date) -> int:
    """Mondays to Fridays from the first day a date can name, which is a Monday."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * SATURDAY + min(rest, SATURDAY)
