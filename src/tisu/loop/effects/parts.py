"""The part that each unit has in a matter, and the moves it makes."""

from django.utils.translation import gettext as _

from tisu.foundation.moves import advance, move
from tisu.loop.faults import Conflict
from tisu.loop.models import Assignment, ClockKind
from tisu.loop.queries import UNIT_ROLES
from tisu.loop.stages import (
    CO_SETTLED,
    AssignmentState,
)

_A = AssignmentState
ASSIGNMENT_MOVES = {
    "accepted": move("accepted", [_A.SENT], _A.ACCEPTED),
    "returned": move("returned", [_A.SENT, _A.ACCEPTED, _A.DONE, _A.CONFIRMED, _A.WAIVED], _A.RETURNED),
    "transferred": move(
        "transferred", [_A.SENT, _A.ACCEPTED, _A.DONE, _A.CONFIRMED, _A.WAIVED], _A.TRANSFERRED
    ),
    "co_done": move("co_done", [_A.SENT, _A.ACCEPTED], _A.DONE),
    "co_confirm": move("co_confirm", [_A.DONE], _A.CONFIRMED),
    "co_waive": move("co_waive", [_A.SENT, _A.ACCEPTED], _A.WAIVED),
}


def step(row: Assignment, code: str, **facts) -> None:
    advance(row, ASSIGNMENT_MOVES[code], seen_version=row.version, **facts)


def co_done(act) -> None:
    units = act.actor.standing.units(*UNIT_ROLES)
    for row in act.matter.co_assignments:
        if row.unit_id in units and row.state not in CO_SETTLED:
            act.clocks.stop(ClockKind.CO_OPERATE, at=act.at, assignment=row)
            act.actor = act.actor.signing_for(row.unit_id, *UNIT_ROLES)
            return step(row, "co_done")
    raise Conflict(_("Your unit's part is settled already."))


def co_confirm(act) -> None:
    _settle(act, "co_confirm", _("%(unit)s has not reported its part done yet."))


def co_waive(act) -> None:
    _settle(act, "co_waive", _("The part of %(unit)s is settled already."))


def _settle(act, code: str, sentence: str) -> None:
    row = next(row for row in act.matter.co_assignments if row.unit == act.data["unit"])
    if not ASSIGNMENT_MOVES[code].starts_from(row.state):
        raise Conflict(sentence % {"unit": row.unit})
    act.clocks.stop(ClockKind.CO_OPERATE, at=act.at, assignment=row)
    step(row, code)
