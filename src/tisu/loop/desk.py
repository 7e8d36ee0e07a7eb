"""The desk: one list per thing that waits for a person, only those that the person's posts can have."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import User
from tisu.accounts.standing import Standing, standing_of
from tisu.loop.actions import ACTIONS
from tisu.loop.kinds import screened_kinds
from tisu.loop.models import Matter
from tisu.loop.queries import OFFICE_ROLES, OVERSIGHT_ROLES, UNIT_ROLES, MatterQuerySet
from tisu.loop.stages import AssignmentState, Stage
from tisu.loop.waiting import to_decide
from tisu.orgs.models import Role


@dataclass(frozen=True)
class DeskList:
    """`roles` may have it; `holds` narrows what the person sees; `actions` are tried in order for the button.

    `seconds` are offered quietly beside it; `stage` is where its matters stand, for the link to the whole list;
    `four_eyes` where it matters for the buttons whether this person had a hand in the matter.
    """

    code: str
    label: Any
    empty: Any
    roles: tuple[str, ...]
    holds: Callable[[Standing, MatterQuerySet], MatterQuerySet]
    actions: tuple[str, ...]
    stage: str
    seconds: tuple[str, ...] = ()
    four_eyes: bool = False

    @property
    def together(self) -> str:
        """The action that is taken here on several matters at once, if any."""
        return next((code for code in self.actions if ACTIONS[code].together), "")


def _for_dispatcher(standing: Standing, rows: MatterQuerySet) -> MatterQuerySet:
    """The office has all; supervision what accuses the office and what it opened itself."""
    if standing.has(*OFFICE_ROLES):
        return rows
    return rows.filter(rows.walled_from_office() | Q(opened_by_unit__in=standing.units(Role.SUPERVISION)))


def _unscreened() -> Q:
    return Q(kind__in=screened_kinds(), screened_as="")


def _to_screen(standing: Standing, rows: MatterQuerySet) -> MatterQuerySet:
    return _for_dispatcher(standing, rows.at(Stage.REGISTERED).filter(_unscreened()))


def _to_assign(standing: Standing, rows: MatterQuerySet) -> MatterQuerySet:
    return _for_dispatcher(standing, rows.at(Stage.REGISTERED).exclude(_unscreened()))


def _own(standing: Standing, rows: MatterQuerySet) -> MatterQuerySet:
    """What the person's units may handle; the office and supervision seldom do."""
    units = standing.units(*UNIT_ROLES)
    return rows.filter(rows.among_those_of(units)) if standing.has(*OVERSIGHT_ROLES) else rows


def _to_accept(standing: Standing, rows: MatterQuerySet) -> MatterQuerySet:
    rows = _own(standing, rows)
    return rows.at(Stage.ASSIGNED).filter(rows.assigned_to(standing.units(*UNIT_ROLES), is_lead=True))


def _to_handle(standing: Standing, rows: MatterQuerySet) -> MatterQuerySet:
    units, rows = standing.units(*UNIT_ROLES), _own(standing, rows)
    waiting = [AssignmentState.SENT, AssignmentState.ACCEPTED]
    mine = Q(rows.assigned_to(units, is_lead=True)) | Q(
        rows.assigned_to(units, is_lead=False, state__in=waiting)
    )
    return rows.at(Stage.IN_PROGRESS).filter(mine)


def _to_verify(standing: Standing, rows: MatterQuerySet) -> MatterQuerySet:
    """Four eyes: what one's own unit, or one's own hand, worked on is for someone else."""
    theirs = rows.at(Stage.SUBMITTED).exclude(rows.assigned_to(standing.all_units))
    verifying = (face.hands for face in standing.faces if face.has(*OVERSIGHT_ROLES))
    return theirs.filter(reduce(or_, (~Q(rows.handled_by(hands)) for hands in verifying), Q(pk__in=())))


DESK = (
    DeskList("to-screen", _("To screen"), _("Nothing waits to be screened today."), OVERSIGHT_ROLES, _to_screen,
             ("screen",), Stage.REGISTERED),
    DeskList("to-assign", _("To assign"), _("Nothing waits to be assigned today."), OVERSIGHT_ROLES, _to_assign,
             ("assign", "hand_over"), Stage.REGISTERED, ("refuse_acceptance",)),
    DeskList("to-accept", _("To accept"), _("Nothing waits to be accepted today."), UNIT_ROLES, _to_accept,
             ("accept",), Stage.ASSIGNED, ("return",)),
    DeskList("to-handle", _("To handle"), _("Nothing waits to be handled today."), UNIT_ROLES, _to_handle,
             ("submit", "co_done", "report"), Stage.IN_PROGRESS, ("report",)),
    DeskList("to-verify", _("To verify"), _("Nothing waits to be verified today."), OVERSIGHT_ROLES, _to_verify,
             ("pass",), Stage.SUBMITTED, ("fail",), four_eyes=True),
    DeskList("to-approve", _("To approve"), _("Nothing waits for your approval today."),
             (*OVERSIGHT_ROLES, Role.COUNTY_LEADER), to_decide, ("grant", "approve"), "open", ("decline", "refuse"),
             four_eyes=True),
)  # fmt: skip


def has_desk(user: User) -> bool:
    """Whom the desk is for every day: an approval that waits is found from the first page all the same."""
    standing = standing_of(user)
    return any(standing.has(*each.roles) for each in DESK if each.code != "to-approve")


def desk_of(user: User) -> list[tuple[DeskList, MatterQuerySet]]:
    """The lists this person's posts can have, each with its matters, most urgent first."""
    standing, visible = standing_of(user), Matter.objects.visible_to(user)
    return [
        (desk_list, desk_list.holds(standing, visible).order_by("due_at", "pk"))
        for desk_list in DESK
        if standing.has(*desk_list.roles)
    ]
