"""What a deadline means to a reader: the working days left, the verdict."""

from datetime import datetime

from tisu.foundation import clock
from tisu.foundation.calendars import calendar_of
from tisu.foundation.workdays import count_workdays
from tisu.loop.models import Clock, ClockKind, Matter
from tisu.loop.stages import Verdict


def remaining_workdays(matter: Matter) -> int | None:
    """Working days left until due, negative when overdue; None without a running clock."""
    if matter.due_at is None or matter.stopped_at or not matter.is_open or matter.is_suspended:
        return None
    return workdays_left(matter.due_at, matter.region_id)


def workdays_left(due_at: datetime, region: str) -> int:
    """Working days from today until a moment, at least one below zero once it has passed."""
    today, due_on, calendar = clock.today(), clock.local_day(due_at), calendar_of(region)
    if due_on >= today and due_at >= clock.now():
        return count_workdays(today, due_on, calendar)
    return -max(1, count_workdays(due_on, today, calendar))


def verdict_of(row: Clock | None) -> str:
    """Whether the handling clock was stopped by its due moment. No handling clock, no verdict."""
    if row is None or row.kind != ClockKind.SOLVE:
        return ""
    return Verdict.ON_TIME if (row.stopped_at or clock.now()) <= row.due_at else Verdict.LATE
