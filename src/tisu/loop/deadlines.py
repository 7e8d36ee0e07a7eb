"""From the facts of a clock to its dates, and the cache of them on the matter.

The counting rule stands in tisu.foundation.workdays and nowhere else: the start day is not counted, the limit
ends at close of business of its last day (民法典 201, 203).
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from tisu.foundation import clock
from tisu.foundation.workdays import (
    Calendar,
    add_calendar_days,
    add_workdays,
    count_workdays,
    official,
    subtract_workdays,
)
from tisu.loop.models import Clock, ClockKind, ClockUnit, Matter, Pause
from tisu.loop.stages import Verdict


@dataclass(frozen=True)
class Deadline:
    """What a clock comes to: when it is due, from when it is yellow, and whether the calendar reaches that far."""

    started_on: date
    due_on: date
    due_at: datetime
    warn_at: datetime
    provisional: bool
    paused: tuple[tuple[date, date], ...]
    calendar: Calendar


def deadline_of(row: Clock) -> Deadline:
    """Compute a clock's dates from its facts alone."""
    calendar, start = official(), clock.local_day(row.started_at)
    paused = tuple(_days(pause) for pause in row.pauses.all())
    due_on = _due_on(row, start, paused, calendar)
    in_all = count_workdays(start, due_on, calendar, paused)
    warned = max(1, int(in_all * row.matter.matter_type.rules.warn_share))
    return Deadline(
        started_on=start,
        due_on=due_on,
        due_at=clock.moment(due_on, calendar.close_of_business),
        warn_at=clock.moment(subtract_workdays(due_on, warned, calendar), time.min),
        provisional=calendar.is_provisional(due_on),
        paused=paused,
        calendar=calendar,
    )


def _days(pause: Pause) -> tuple[date, date]:
    return clock.local_day(pause.paused_at), clock.local_day(pause.resumed_at)


def _due_on(row: Clock, start: date, paused: tuple, calendar: Calendar) -> date:
    if row.unit == ClockUnit.WORKING_DAY:
        return add_workdays(start, row.amount, calendar, paused)
    if row.unit == ClockUnit.CALENDAR_DAY:
        return add_calendar_days(start, row.amount, calendar, paused)
    return add_calendar_days(start, (row.due_on - start).days, calendar, paused) if paused else row.due_on


def remaining_workdays(matter: Matter) -> int | None:
    """Working days left until due, negative when overdue; None without a running clock."""
    if matter.due_at is None or matter.stopped_at or not matter.is_open:
        return None
    today, due_on, calendar = clock.today(), clock.local_day(matter.due_at), official()
    if due_on >= today and matter.due_at >= clock.now():
        return count_workdays(today, due_on, calendar)
    return -max(1, count_workdays(due_on, today, calendar))


def running_clock(matter: Matter) -> Clock | None:
    """The clock a matter is judged by now: handling once assigned, screening until then."""
    return _latest(matter, ClockKind.SOLVE) or _latest(matter, ClockKind.SCREEN)


def _latest(matter: Matter, kind: str) -> Clock | None:
    row = Clock.objects.filter(matter=matter, cycle=matter.cycle, kind=kind, is_void=False).last()
    if row is not None:
        row.matter = matter
    return row


def start_clock(matter: Matter, kind: str, *, at: datetime, unit: str, amount: int = 0, due_on=None) -> Clock:
    """Begin a limit of this kind."""
    return Clock.objects.create(
        matter=matter,
        kind=kind,
        cycle=matter.cycle,
        started_at=at,
        unit=unit,
        amount=amount,
        due_on=due_on,
        calendar=official().version,
    )


def stop_clock(matter: Matter, kind: str, *, at: datetime) -> None:
    """The party has done its part. A clock that stands already keeps its moment."""
    row = _latest(matter, kind)
    if row is not None and row.stopped_at is None:
        row.stopped_at = at
        row.save(update_fields=["stopped_at"])


def void_clock(matter: Matter, kind: str, *, at: datetime) -> None:
    """The matter went back before it was accepted: this limit judges no one."""
    row = _latest(matter, kind)
    if row is not None:
        row.stopped_at, row.is_void = at, True
        row.save(update_fields=["stopped_at", "is_void"])


def resume_clock(matter: Matter, kind: str, *, at: datetime, reason: str) -> None:
    """Go on with what was left of the limit: the stretch since the stop becomes a pause."""
    row = _latest(matter, kind)
    if row is not None and row.stopped_at is not None:
        Pause.objects.create(clock=row, reason=reason, paused_at=row.stopped_at, resumed_at=at)
        row.stopped_at = None
        row.save(update_fields=["stopped_at"])


def restore_clock(matter: Matter, kind: str) -> None:
    """As if it had never been stopped: a withdrawn submission costs and gains nothing."""
    row = _latest(matter, kind)
    if row is not None:
        row.stopped_at = None
        row.save(update_fields=["stopped_at"])


def cached_dates(matter: Matter) -> dict:
    """The fields of the matter's cache, computed from its running clock."""
    row = running_clock(matter)
    if row is None:
        return {"due_at": None, "warn_at": None, "stopped_at": None, "provisional": False}
    deadline = deadline_of(row)
    return {
        "due_at": deadline.due_at,
        "warn_at": deadline.warn_at,
        "stopped_at": row.stopped_at,
        "provisional": deadline.provisional,
    }


def verdict_of(matter: Matter) -> str:
    """Whether the handling clock was stopped by its due moment. No clock, no verdict."""
    row = _latest(matter, ClockKind.SOLVE)
    if row is None:
        return ""
    return Verdict.ON_TIME if (row.stopped_at or clock.now()) <= deadline_of(row).due_at else Verdict.LATE
