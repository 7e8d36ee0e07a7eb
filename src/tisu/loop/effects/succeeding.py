"""A unit that is no more: what it was to do goes on at the one that took over its work, as far as it had come."""

from django.utils.translation import gettext as _

from tisu.loop.effects.assigning import continue_at
from tisu.loop.effects.parts import step
from tisu.loop.faults import Conflict
from tisu.loop.models import Assignment, ClockKind, RequestState
from tisu.loop.stages import GONE
from tisu.orgs.models import Unit


def succeed(act) -> None:
    """Limits run on and stand as they did, and nobody accepts anew. Who handled it until then stays in its own part."""
    moved = [row for row in act.matter.current_assignments if _heir_of(row, act.matter)]
    if not moved:
        raise Conflict(_("No unit of this matter was taken over by another one."))  # only the job sees this
    act.body |= {
        "from_unit": [row.unit.code for row in moved],
        "unit": [_heir_of(row, act.matter).code for row in moved],
    }
    for row in moved:
        _pass_on(act, row, _heir_of(row, act.matter))
    act.matter.forget_assignments()


def _heir_of(row: Assignment, matter) -> Unit | None:
    """Whoever goes on with the work of an ended unit; nobody who is kept from this matter."""
    unit = row.unit
    if unit.is_in_force() or unit.heir_id is None or unit.heir_id in matter.walled_units:
        return None
    return unit.heir


def _pass_on(act, row: Assignment, heir: Unit) -> None:
    there = act.matter.assignments.filter(unit=heir).exclude(state__in=GONE).first()
    state = row.state
    step(row, "transferred", ended_at=act.at)
    if there and not row.is_lead:  # its own part is all there is to do
        act.clocks.stop(ClockKind.CO_OPERATE, at=act.at, assignment=row)
        return
    if there:
        act.clocks.stop(ClockKind.CO_OPERATE, at=act.at, assignment=there)
        step(there, "transferred", ended_at=act.at)
    part = continue_at(act, heir, row, state)
    act.clocks.hand_on(row, part)
    act.matter.requests.filter(unit=row.unit, state=RequestState.FILED).update(unit=heir)
