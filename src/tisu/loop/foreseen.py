"""What a due day would become if a request were granted: reckoned as it will be then, nothing is written."""

from collections.abc import Callable
from datetime import date, time

from tisu.foundation import clock
from tisu.foundation.calendars import calendar_of, current_version
from tisu.loop.models import Clock, Request, RequestKind
from tisu.loop.reckoning import Moments, reckon


def due_if_granted(row: Clock, request: Request) -> date | None:
    """None for what leaves the due day where it is."""
    foresee = FORESEEN.get(request.kind)
    return foresee(row, request) if foresee else None


def _extended(row: Clock, request: Request) -> date:
    return _due(row, more=request.data["working_days"])


def _suspended(row: Clock, request: Request) -> date | None:
    until = clock.moment(date.fromisoformat(request.data["until"]), time.min)
    return _due(row, paused=((clock.now(), until),)) if until > clock.now() else None


FORESEEN: dict[str, Callable[[Clock, Request], date | None]] = {
    RequestKind.EXTENSION: _extended,
    RequestKind.SUSPENSION: _suspended,
}


def _due(row: Clock, *, more: int = 0, paused: Moments = ()) -> date:
    """Under the newest calendar, and never earlier than under the one that the day was last told by."""
    region, rules = row.matter.region_id, row.matter.matter_type.rules
    pauses = tuple((pause.paused_at, pause.ends_at) for pause in row.pauses.all()) + paused
    extended = more + sum(each.amount for each in row.adjustments.all())
    return max(
        reckon(
            row,
            calendar_of(region, version),
            pauses=pauses,
            extended=extended,
            warn_share=rules.warn_share,
        ).due_on
        for version in {row.calendar, current_version()}
    )
