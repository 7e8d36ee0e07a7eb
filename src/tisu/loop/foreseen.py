"""What a due day would become if a request were granted: reckoned as it will be then, nothing is written."""

from collections.abc import Callable
from datetime import date, time

from tisu.foundation import clock
from tisu.loop.clocks import deadline_of
from tisu.loop.models import Clock, Request, RequestKind


def due_if_granted(row: Clock, request: Request) -> date | None:
    """None for what leaves the due day where it is."""
    foresee = FORESEEN.get(request.kind)
    return foresee(row, request) if foresee else None


def _extended(row: Clock, request: Request) -> date:
    return deadline_of(row, more=request.data["working_days"]).due_on


def _suspended(row: Clock, request: Request) -> date | None:
    until = clock.moment(date.fromisoformat(request.data["until"]), time.min)
    return deadline_of(row, paused=((clock.now(), until),)).due_on if until > clock.now() else None


FORESEEN: dict[str, Callable[[Clock, Request], date | None]] = {
    RequestKind.EXTENSION: _extended,
    RequestKind.SUSPENSION: _suspended,
}
