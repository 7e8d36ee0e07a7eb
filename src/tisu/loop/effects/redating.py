"""What a new calendar does to the dates of a matter (loop.md §2, point 5)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.calendars import calendar_of, current_version
from tisu.loop.clocks import refresh, told_under
from tisu.loop.faults import Conflict
from tisu.loop.models import Clock


def redate(act) -> None:
    """Reckon the running clocks anew; the event tells what each was, what it is, and under which calendar.

    A date that was told is never brought forward, unless a leader ordered it with the notice (clocks.deadline_of).
    What moved is told by this act, so from now on it is the date that counts as told.
    """
    version = current_version()
    moved = [told for row in act.clocks.running() if (told := _reckoned(row, version))]
    if not moved:
        raise Conflict(_("No date of this matter moves."))  # only the job sees this
    act.body |= {"moved": moved, "calendar": version}


def _reckoned(row: Clock, version: str) -> dict[str, str | bool] | None:
    was, provisional = row.due_at, row.provisional
    if row.reckoned_under == version:
        return None
    newest = calendar_of(row.matter.region_id)
    refresh(row, newest, calendar=told_under(row, newest))
    if (row.due_at, row.provisional) == (was, provisional):
        return None
    return {
        "kind": row.kind,
        "due_was": _day(was),
        "due_now": _day(row.due_at),
        "provisional": row.provisional,
    }


def _day(moment: datetime) -> str:
    return clock.local_day(moment).isoformat()
