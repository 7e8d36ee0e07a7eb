"""A matter's running clock as its page shows it: a bar from start to due, and the arithmetic under it."""

from typing import Any

from tisu.foundation import clock
from tisu.loop.daywords import reckoned, remaining_words
from tisu.loop.deadlines import deadline_of, running_clock
from tisu.loop.models import ClockKind, Matter
from tisu.web.clockbar import ClockBar


def clock_face(matter: Matter) -> dict[str, Any] | None:
    """None where no clock runs. A stopped clock is drawn up to the day it stopped, not up to today."""
    row = running_clock(matter)
    if row is None:
        return None
    deadline = deadline_of(row)
    stopped = clock.local_day(row.stopped_at) if row.stopped_at else None
    return {
        "bar": ClockBar(
            deadline.started_on,
            deadline.due_on,
            stopped or clock.today(),
            str(matter.light),
            deadline.paused,
        ),
        "is_stopped": stopped is not None,
        "is_screening": row.kind == ClockKind.SCREEN,
        "summary": remaining_words(matter),
        "explanation": reckoned(row, deadline),
        "provisional": deadline.provisional,
    }
