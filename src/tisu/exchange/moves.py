"""The course of a file: read, understood, checked, brought in, perhaps taken back."""

from typing import Any

from tisu.exchange.models import ImportRun, RunState
from tisu.foundation.moves import Move, NoSuchMove, StaleState, advance, begin, move

LAID_OUT = move("lay_out", {RunState.WAITING}, RunState.READ)
FAIL = move("fail", {RunState.WAITING}, RunState.FAILED)
READ_ANEW = move("read_anew", {RunState.READ, RunState.CHECKED}, RunState.WAITING)
CHECK = move("check", {RunState.READ}, RunState.CHECKING)
LOOK = move("look", {RunState.CHECKING}, RunState.CHECKED)
MAP_ANEW = move("map_anew", {RunState.CHECKED}, RunState.READ)
CARRY = move("carry_out", {RunState.CHECKED}, RunState.CARRYING)
FINISH = move("finish", {RunState.CARRYING}, RunState.DONE)
UNDO = move("undo", {RunState.DONE}, RunState.UNDOING)
TAKEN_BACK = move("taken_back", {RunState.UNDOING}, RunState.UNDONE)
DROP = move("drop", {RunState.READ, RunState.CHECKED, RunState.FAILED}, RunState.DROPPED)


class TooLate(Exception):
    """Somebody else has taken the file along meanwhile."""


def begin_run(run: ImportRun) -> ImportRun:
    return begin(run, RunState.WAITING)


def take_along(run: ImportRun, step: Move, **facts: Any) -> None:
    """One step, whoever is quicker; each state is worked through from its first row."""
    try:
        advance(run, step, seen_version=run.version, **({"cursor": -1, "held_until": None} | facts))
    except (StaleState, NoSuchMove) as late:
        raise TooLate from late
