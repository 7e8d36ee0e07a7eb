"""Who may open a contact, who may agree to it, and what of it waits for whom."""

from typing import Any

from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.loop.actor import person
from tisu.loop.faults import NotVisible
from tisu.loop.models import Matter
from tisu.loop.parties import is_party
from tisu.loop.queries import OVERSIGHT_ROLES
from tisu.loop.recipients import people_of
from tisu.orgs.models import Unit
from tisu.voice.models import Opening, OpeningQuerySet, Report


def may_open_identity(user: User, report: Report) -> bool:
    """The office, or supervision where the report accuses the office, with someone else's leave.

    A part's dispatcher who is walled from the whole would learn from it who complained.
    """
    return _outside_walls(user, report) and is_party(person(user), report.root.matter, ("dispatcher",))


def may_agree(user: User, report: Report) -> bool:
    """Office and supervision, whom no wall keeps from the report or the whole that it is a part of."""
    return standing_of(user).has(*OVERSIGHT_ROLES) and _outside_walls(user, report)


def seconds_for(report: Report, asker: User) -> list[User]:
    """Everyone else who may agree."""
    units = Unit.objects.on().filter(region=report.matter.region_id)
    others = people_of(units.values_list("pk", flat=True), *OVERSIGHT_ROLES).exclude(pk=asker.pk)
    seen = Report.objects.filter(pk=report.pk)
    return [user for user in others if may_agree(user, report) and seen.visible_to(user).exists()]


def _outside_walls(user: User, report: Report) -> bool:
    return Matter.objects.filter(pk=report.root.matter_id).outside_walls(standing_of(user)).exists()


def waiting_for(user: User) -> list[Opening]:
    """The openings that this person may agree to or decline."""
    if not standing_of(user).has(*OVERSIGHT_ROLES):
        return []
    rows = _shown_to(user).waiting().exclude(asked_by=user)
    return [row for row in rows if may_agree(user, row.report) and not row.report.is_discipline]


def own_openings(user: User) -> list[Opening]:
    """What this person asked for and still waits for, or may open."""
    rows = _shown_to(user).filter(asked_by=user)
    return [row for row in (*rows.good(), *rows.waiting()) if not row.report.is_discipline]


def opening_shown_to(user: User, key: Any) -> Opening:
    """One opening, of a report that this person sees: or there is none."""
    row = _shown_to(user).filter(pk=key).first()
    if row is None or not standing_of(user).has(*OVERSIGHT_ROLES):
        raise NotVisible(_("There is no such request, or it is not yours to see."))
    return row


def _shown_to(user: User) -> OpeningQuerySet:
    rows = Opening.objects.filter(report__in=Report.objects.visible_to(user))
    return rows.select_related("report__matter", "report__origin__matter", "asked_by")
