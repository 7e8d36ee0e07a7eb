"""Merging matters that are about the same, and taking them apart again (loop.md §1, row 18)."""

from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.utils.translation import gettext as _

from tisu.foundation.moves import move
from tisu.foundation.numbering import as_number
from tisu.loop.effects.requests import lapse
from tisu.loop.faults import Conflict, Unacceptable
from tisu.loop.models import ClockKind, Matter
from tisu.loop.someone_left import someone_left
from tisu.loop.stages import Screening, Stage
from tisu.loop.walls import kin_of, lift_inherited, wall_alike


def merge(act) -> None:
    """Into an open matter that nobody walled from this one handles. Its clocks stop; its walls go along."""
    matter = act.matter
    parent = _parent(act)
    if Matter.objects.filter(merged_into=matter).exists():
        raise Conflict(_("Another matter is merged into this one: merge that one first, or take it apart."))
    handling = {row.unit_id for row in parent.current_assignments}
    if handling & matter.walled_units:
        raise _at_parent(_("A unit that must not see this one handles %(number)s."), parent)
    lapse(act, matter.requests.all())
    _wall_together(parent, matter)
    act.clocks.end_pauses(at=act.at)
    act.clocks.stop_all(at=act.at)
    row = act.clocks.of(ClockKind.SOLVE)
    if row is not None and row.stopped_at and row.stopped_at > row.due_at:
        act.body["was_late"] = True  # merged, it is judged no more: its event keeps that
    act.facts |= {"merged_into": parent, "suspended_until": None}
    act.body["parent"] = parent.number


def _wall_together(parent: Matter, matter: Matter) -> None:
    """What is handled together is walled together, unless that leaves nobody to see to it."""
    try:
        with someone_left(kin_of(parent)):
            wall_alike(parent, matter.standing_walls, inherited_from=matter)
    except ValidationError as fault:
        raise Unacceptable.at("parent", fault.messages[0]) from fault


def _parent(act) -> Matter:
    number = as_number(act.data["parent"])
    if number == act.matter.number:
        raise Unacceptable.at("parent", _("A matter is not merged into itself: name the other one."))
    seen = Matter.objects.visible_to(act.actor.user).filter(number=number)
    try:  # not waiting: two people who merge crosswise would wait for each other
        parent = seen.select_for_update(of=("self",), nowait=True).first()
    except OperationalError as busy:
        raise Conflict(
            _("Someone else is acting on that matter at this moment. Try again in a moment.")
        ) from busy
    if parent is None:
        raise Unacceptable.at("parent", _("There is no such matter, or it is not yours to see."))
    if parent.stage == Stage.MERGED:
        raise _at_parent(_("%(number)s is merged itself: name the matter that it is merged into."), parent)
    if parent.screened_as == Screening.DISCIPLINE:
        raise _at_parent(_("%(number)s keeps no content: nothing can be merged into it."), parent)
    if parent.stage in (Stage.DRAFT, Stage.PENDING_APPROVAL):
        raise _at_parent(
            _("%(number)s has not been approved yet: merge into one that is being handled."), parent
        )
    if not parent.is_open:
        raise _at_parent(_("%(number)s has ended: merge into one that is open."), parent)
    return parent


def _at_parent(sentence: str, parent: Matter) -> Unacceptable:
    return Unacceptable.at("parent", sentence % {"number": parent.number})


def unmerge(act) -> None:
    """Back to where it stood; the time it was merged is not counted. Only while the other one is open."""
    matter = act.matter
    if not matter.merged_into.is_open:
        raise Conflict(
            _("The matter into which it was merged has ended: reopen that one, or open a new matter.")
        )
    merged = matter.events.filter(action="merge").last()
    act.step = move("unmerge", [Stage.MERGED], merged.from_stage)
    for row in [row for row in act.clocks.rows if row.stopped_at == merged.at]:
        act.clocks.resume_row(row, at=act.at, reason="merged")
    lift_inherited(matter.merged_into, matter)
    act.facts["merged_into"] = None
