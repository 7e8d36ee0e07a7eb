"""The course of an opening: asked for, agreed to or declined by someone else, used once."""

from typing import Any

from tisu.foundation.moves import Move, NoSuchMove, StaleState, advance, begin, move
from tisu.loop.faults import Conflict
from tisu.voice.models import Opening, OpeningState

GRANT = move("grant", {OpeningState.ASKED}, OpeningState.GRANTED)
DECLINE = move("decline", {OpeningState.ASKED}, OpeningState.DECLINED)
USE = move("use", {OpeningState.GRANTED}, OpeningState.USED)


def begin_opening(opening: Opening) -> Opening:
    return begin(opening, OpeningState.ASKED)


def take_on(opening: Opening, step: Move, facts: dict[str, Any], *, too_late: str) -> None:
    """One step, or Conflict with this sentence for whoever comes second."""
    try:
        advance(opening, step, seen_version=opening.version, **facts)
    except (StaleState, NoSuchMove) as late:
        raise Conflict(too_late) from late
