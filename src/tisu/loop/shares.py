"""How much of a limit each lead unit has had, once a matter passed from one to another (loop.md §2, case 37)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tisu.foundation import clock
from tisu.foundation.calendars import calendar_of
from tisu.foundation.workdays import count_workdays
from tisu.loop.clockface import clock_of
from tisu.loop.clocks import deadline_of
from tisu.loop.models import Assignment, ClockKind, Matter
from tisu.loop.reckoning import Days
from tisu.loop.stages import AssignmentState
from tisu.web.templatetags.web import han_date


def shares_of(matter: Matter) -> list[dict[str, Any]]:
    """Working days from being sent until it went on or was submitted, pauses left out; nothing without a transfer."""
    rows = [row for row in matter.assignments.all() if row.is_lead and row.cycle == matter.cycle]
    rows = [row for row in rows if row.is_current or row.state == AssignmentState.TRANSFERRED]
    handling = clock_of(matter, ClockKind.SOLVE)
    if len(rows) < 2 or handling is None:
        return []
    paused, last = deadline_of(handling).paused, handling.stopped_at or clock.now()
    return [_share(row, matter, paused, row.ended_at or last) for row in rows]


def _share(row: Assignment, matter: Matter, paused: Days, until: datetime) -> dict[str, Any]:
    first, last = clock.local_day(row.sent_at), clock.local_day(until)
    days = count_workdays(first, last, calendar_of(matter.region_id), paused)
    words = ngettext("%(n)d working day", "%(n)d working days", days) % {"n": days}
    return {
        "label": str(row.unit.called_on(last)),
        "value": _("%(days)s, from %(first)s until %(last)s")
        % {"days": words, "first": han_date(first), "last": han_date(last)},
    }
