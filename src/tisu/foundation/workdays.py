"""Working days and working hours of a legal limit: pure functions over a calendar, without database and without
looking at the time.

The counting rule, in this one place: the day on which a limit starts is not counted, and the limit ends with
its last day at close of business (民法典 201). A limit in months ends on the matching day, or on the month's last
(民法典 202). A limit in calendar days or months that ends on a day off moves on to the next working day
(民法典 203). A limit in hours runs from its moment, in office hours. Working days leave out weekends and legal
holidays and take in the make-up days of the yearly notice (行政许可法 82). The day on which a paused matter
resumes is counted (design loop.md §2).
"""

import json
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from tisu.foundation import clock
from tisu.foundation.officehours import ORDINARY, OfficeHours, OpenTime
from tisu.foundation.tally import SATURDAY, Tally, passed, reach, union
from tisu.foundation.yearly import Yearly

MOST_DAYS = 3_000
MOST_HOURS = 3_000
MOST_MONTHS = 96
ONE_DAY = timedelta(days=1)
ONE_HOUR = timedelta(hours=1)

Pauses = Iterable[tuple[date, date]]
Moments = Iterable[tuple[datetime, datetime]]


@dataclass(frozen=True)
class Calendar:
    """A week of five working days with dated overrides both ways, yearly days off, and office hours.

    `working` outweighs `off` and `recurring`. Beyond its coverage only weekends and yearly days off are known, so
    what is computed there is provisional (暂定).
    """

    version: str
    coverage_start: date
    coverage_end: date
    off: frozenset[date]
    working: frozenset[date]
    recurring: tuple[Yearly, ...] = ()
    hours: OfficeHours = ORDINARY

    def is_workday(self, day: date) -> bool:
        if day in self.working:
            return True
        return day.weekday() < SATURDAY and day not in self._all_off

    def is_provisional(self, day: date) -> bool:
        return not self.coverage_start <= day <= self.coverage_end

    @property
    def close_of_business(self) -> time:
        """Outside of the seasons; `close_on` knows them."""
        return self.hours.base[-1][1]

    def close_on(self, day: date) -> time:
        return self.hours.on(day)[-1][1]

    def opening_on(self, day: date) -> time:
        return self.hours.on(day)[0][0]

    def is_open(self, moment: datetime) -> bool:
        """Within a session of a working day; at its last instant the office is closed."""
        local = clock.local(moment)
        sessions = self.hours.on(local.date())
        return self.is_workday(local.date()) and any(
            opens <= local.time() < closes for opens, closes in sessions
        )

    def next_opening(self, moment: datetime) -> datetime:
        """The next moment in office hours: the moment itself when the office is open."""
        if self.is_open(moment):
            return moment
        local = clock.local(moment)
        if self.is_workday(local.date()):
            for opens, _closes in self.hours.on(local.date()):
                if local.time() < opens:
                    return clock.moment(local.date(), opens)
        day = add_workdays(local.date(), 1, self)
        return clock.moment(day, self.opening_on(day))

    @cached_property
    def tally(self) -> Tally:
        return Tally(self._all_off, self.working)

    @cached_property
    def open_time(self) -> OpenTime:
        return OpenTime(self.tally, self.hours)

    @cached_property
    def _all_off(self) -> frozenset[date]:
        return self.off.union(chain.from_iterable(each.days() for each in self.recurring))


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
    tally = calendar.tally
    return _nth_day(start, n, paused, tally.before, lambda total: tally.nth(total) + 1)


def add_calendar_days(start: date, n: int, calendar: Calendar, paused: Pauses = ()) -> date:
    """The nth calendar day after `start`, moved on to the next working day when it is a day off."""
    pauses = tuple(paused)
    last = _nth_day(start, n, pauses, lambda point: point, lambda total: total)
    return add_workdays(last, 0, calendar, pauses)


def add_months(start: date, n: int, calendar: Calendar, paused: Pauses = ()) -> date:
    """The matching day n months on, or that month's last day; then as a limit of so many calendar days."""
    _check(n, MOST_MONTHS, _("A limit has from 0 to %(most)s months."))
    months = start.year * 12 + start.month - 1 + n
    year, month = months // 12, months % 12 + 1
    if year > date.max.year:
        raise ValueError(RUNS_OUT)
    matching = date(year, month, min(start.day, monthrange(year, month)[1]))
    return add_calendar_days(start, (matching - start).days, calendar, paused)


def subtract_workdays(day: date, n: int, calendar: Calendar) -> date:
    """The nth working day before `day`; for n = 0 `day` itself or the working day before it."""
    _check(n, MOST_DAYS, DAYS)
    before = calendar.tally.before
    nth = before(day.toordinal() + 1) if n == 0 else before(day.toordinal()) - n + 1
    if nth < 1:
        raise ValueError(RUNS_OUT)
    return date.fromordinal(calendar.tally.nth(nth))


def count_workdays(start: date, end: date, calendar: Calendar, paused: Pauses = ()) -> int:
    """Working days after `start` up to and including `end`, without those of `paused`; 0 when it ends first."""
    if end <= start:
        return 0
    return passed(start.toordinal() + 1, end.toordinal() + 1, _numbered(paused), calendar.tally.before)


def add_working_hours(moment: datetime, n: int, calendar: Calendar, paused: Moments = ()) -> datetime:
    """When n office hours have passed since `moment`; for n = 0 the moment itself or the next opening.

    It may be the very close of a session. Nothing within `paused`, pairs of moments, is counted.
    """
    _check(n, MOST_HOURS, _("A limit has from 0 to %(most)s hours."))
    if n == 0:
        return _open_outside(moment, calendar, paused)
    times = calendar.open_time
    try:
        return _aware(reach(_local(moment), n * ONE_HOUR, _locals(paused), times.before, times.at))
    except OverflowError:
        raise ValueError(RUNS_OUT) from None


def count_working_hours(
    start: datetime, end: datetime, calendar: Calendar, paused: Moments = ()
) -> timedelta:
    """Office hours between two moments, outside of `paused`; none when it ends first."""
    if end <= start:
        return timedelta(0)
    return passed(_local(start), _local(end), _locals(paused), calendar.open_time.before)


DAYS = _("A limit has from 0 to %(most)s days.")
RUNS_OUT = _("The limit runs out of the calendar: choose a nearer day.")


def _days(years: dict[str, dict], what: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for year in years.values() for day in year[what])


def _check(n: int, most: int, sentence: Any) -> None:
    if not 0 <= n <= most:
        raise ValueError(sentence % {"most": most})


def _nth_day(start: date, n: int, paused: Pauses, before: Any, at: Any) -> date:
    """The nth day that counts after `start`, `start` being the first one that may for a same-day duty."""
    _check(n, MOST_DAYS, DAYS)
    begin, amount = (start.toordinal() + 1, n) if n else (start.toordinal(), 1)
    number = reach(begin, amount, _numbered(paused), before, at) - 1
    if number > date.max.toordinal():
        raise ValueError(RUNS_OUT)
    return date.fromordinal(number)


def _numbered(paused: Pauses) -> list[tuple[int, int]]:
    return [(first.toordinal(), resumed.toordinal()) for first, resumed in paused]


def _open_outside(moment: datetime, calendar: Calendar, paused: Moments) -> datetime:
    for first, resumed in union(paused):
        moment = calendar.next_opening(moment)
        if first <= moment < resumed:
            moment = resumed
    return calendar.next_opening(moment)


def _local(moment: datetime) -> datetime:
    return clock.local(moment).replace(tzinfo=None)


def _locals(paused: Moments) -> list[tuple[datetime, datetime]]:
    return [(_local(first), _local(resumed)) for first, resumed in paused]


def _aware(local: datetime) -> datetime:
    return clock.moment(local.date(), local.time())
