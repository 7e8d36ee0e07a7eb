"""From the facts of a clock to its dates: pure arithmetic over a calendar (loop.md §2).

The counting rule stands in tisu.foundation.workdays and nowhere else: the start day is not counted, the limit
ends at close of business of its last day (民法典 201, 203). Pauses move the day on by what they took out; an
extension adds its working days to the original due day.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil

from tisu.foundation import clock
from tisu.foundation.workdays import (
    Calendar,
    add_calendar_days,
    add_months,
    add_workdays,
    add_working_hours,
    count_workdays,
    subtract_workdays,
)
from tisu.loop.models import Clock, ClockUnit

Days = tuple[tuple[date, date], ...]
Moments = tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True)
class Deadline:
    """What a clock comes to: when it is due, from when it is yellow, and whether the calendar reaches that far.

    `original_due_on` is the due day without extensions; `kept` says that a later calendar would have brought the
    date forward, and that the date already told was kept.
    """

    started_on: date
    original_due_on: date
    due_on: date
    due_at: datetime
    warn_at: datetime
    provisional: bool
    paused: Days
    extended: int
    calendar: Calendar
    kept: bool = False


def reckon(row: Clock, calendar: Calendar, *, pauses: Moments, extended: int, warn_share: float) -> Deadline:
    """The dates of a clock under one calendar. `extended` counts working days."""
    paused = tuple((clock.local_day(begun), clock.local_day(ended)) for begun, ended in pauses)
    start = clock.local_day(row.started_at)
    if row.unit == ClockUnit.WORKING_HOUR:
        original_at = add_working_hours(row.started_at, row.amount, calendar, pauses)
        original = clock.local_day(original_at)
    else:
        original = _due_on(row, start, paused, calendar)
        original_at = clock.moment(original, calendar.close_on(original))
    due_on = add_workdays(original, extended, calendar, paused) if extended else original
    due_at = clock.moment(due_on, calendar.close_on(due_on)) if extended else original_at
    return Deadline(
        started_on=start,
        original_due_on=original,
        due_on=due_on,
        due_at=due_at,
        warn_at=_warn_at(row, start, due_on, calendar, paused, pauses, warn_share),
        provisional=calendar.is_provisional(due_on),
        paused=paused,
        extended=extended,
        calendar=calendar,
    )


def _due_on(row: Clock, start: date, paused: Days, calendar: Calendar) -> date:
    if row.unit == ClockUnit.WORKING_DAY:
        return add_workdays(start, row.amount, calendar, paused)
    if row.unit == ClockUnit.CALENDAR_DAY:
        return add_calendar_days(start, row.amount, calendar, paused)
    if row.unit == ClockUnit.MONTH:
        return add_months(start, row.amount, calendar, paused)
    took_out = any(resumed > first for first, resumed in paused)
    return add_calendar_days(start, (row.due_on - start).days, calendar, paused) if took_out else row.due_on


def _warn_at(
    row: Clock, start: date, due_on: date, calendar: Calendar, paused: Days, pauses: Moments, share: float
) -> datetime:
    """Yellow for the last part of the limit, and for a working day at the least (domain.md M0.3)."""
    if row.unit == ClockUnit.WORKING_HOUR:
        before = ceil(row.amount * (1 - share))
        return add_working_hours(row.started_at, before, calendar, pauses)
    in_all = count_workdays(start, due_on, calendar, paused)
    return clock.moment(subtract_workdays(due_on, max(1, int(in_all * share)), calendar), time.min)


def day_before(day: date) -> date:
    return day - timedelta(days=1)
