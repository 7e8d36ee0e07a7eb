"""Writing the one calendar of a firm: visits planned, held and called off, and its quiet days."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.enterprises.burden import LONGEST, Wish, objections_to
from tisu.enterprises.contacts import changes_contacts
from tisu.enterprises.models import Enterprise, QuietDays, Visit, VisitState
from tisu.enterprises.noted import signature, write_down
from tisu.enterprises.queries import STAFF
from tisu.enterprises.services import held_fast, keeps_register
from tisu.foundation import clock
from tisu.orgs.models import Role, Unit

# Who comes to firms for their unit. The discipline commission's steps stand in no calendar.
COMING = STAFF - {Role.DISCIPLINE}


def units_coming(user: User) -> set[int]:
    """The units for which this person may plan a visit."""
    standing = standing_of(user)
    return set() if standing.is_administrator else standing.units(*COMING)


@transaction.atomic
def plan_visit(
    *,
    actor: User,
    firm: Enterprise,
    unit: Unit,
    kind: str,
    purpose: str,
    first: date,
    last: date | None = None,
    despite: bool = False,
    reason: str = "",
) -> Visit:
    """A unit comes to a firm. What speaks against it is a ValidationError at `despite` until it was seen (`despite`).

    A day that the firm keeps free, or a survey too soon, is one at `reason` until a reason is given.
    """
    firm = held_fast(firm)
    visit = Visit(
        enterprise=firm, unit=unit, kind=kind, purpose=purpose, first=first, last=last or first, despite=reason,
        entered_by=actor, signed=signature(actor), entered_at=clock.now(),
    )  # fmt: skip
    _check(actor, visit)
    objections = objections_to(Wish(firm, unit, kind, visit.first, visit.last))
    _heard([each.sentence for each in objections if each.wants_reason], "reason", bool(reason))
    _heard([each.sentence for each in objections if not each.wants_reason], "despite", despite)
    if not any(each.wants_reason for each in objections):
        visit.despite = ""
    visit.save()
    if visit.despite:
        write_down(
            actor,
            "disturb-firm",
            firm.credit_code,
            reason=reason,
            day=visit.first.isoformat(),
            unit=unit.code,
        )
    return visit


@transaction.atomic
def call_off(*, actor: User, visit: Visit, reason: str) -> Visit:
    """It does not take place; the firm reads why."""
    visit = _held(actor, visit)
    visit.called_off_at, visit.called_off = clock.now(), reason
    visit.full_clean()
    visit.save(update_fields=["called_off_at", "called_off"])
    return visit


@transaction.atomic
def mark_held(*, actor: User, visit: Visit) -> Visit:
    """It took place: that is all that is asked about it."""
    visit = _held(actor, visit)
    if visit.first > clock.today():
        raise ValidationError(_("It has not begun yet."))
    visit.held_at = clock.now()
    visit.save(update_fields=["held_at"])
    return visit


@transaction.atomic
def note_visit(
    *, actor: User, firm: Enterprise, unit: Unit, kind: str, purpose: str, day: date
) -> tuple[Visit, list[str]]:
    """What took place and is kept by a room of its own stands in the calendar too, with the sentences that spoke
    against that day. Where the unit had planned it, that plan is it."""
    firm = held_fast(firm)
    objections = [
        each.sentence for each in objections_to(Wish(firm, unit, kind, day, day)) if each.wants_reason
    ]
    kin = Enterprise.objects.kin_of([firm.pk])
    planned = Visit.objects.planned().filter(enterprise__in=kin, unit=unit, kind=kind).between(day, day)
    visit = planned.first() or Visit(
        enterprise=firm, unit=unit, kind=kind, purpose=purpose, first=day, last=day, entered_by=actor,
        signed=signature(actor), entered_at=clock.now(),
    )  # fmt: skip
    visit.held_at = clock.now()
    visit.save()
    return visit, objections


@transaction.atomic
def strike_visit(*, visit: Visit, reason: str) -> Visit:
    """What a room noted turns out never to have taken place."""
    visit.held_at, visit.called_off_at, visit.called_off = None, clock.now(), reason[:200]
    visit.save(update_fields=["held_at", "called_off_at", "called_off"])
    return visit


@transaction.atomic
def add_quiet_days(
    *,
    actor: User,
    firm: Enterprise,
    first: date,
    last: date | None = None,
    weekday: int | None = None,
    note: str = "",
) -> QuietDays:
    """Days on which the firm wants to be left alone: it says so itself, or the office on its word."""
    _keeps_days(actor, firm)
    rows = QuietDays(
        enterprise=firm, first=first, last=last or (None if weekday is not None else first), weekday=weekday,
        note=note, entered_by=actor, signed=signature(actor),
    )  # fmt: skip
    rows.full_clean()
    rows.save()
    write_down(actor, "add-quiet-days", firm.credit_code, first=first.isoformat())
    return rows


@transaction.atomic
def remove_quiet_days(*, actor: User, days: QuietDays) -> None:
    """The firm may be called on again; what was planned meanwhile stays as it was planned."""
    _keeps_days(actor, days.enterprise)
    firm, first = days.enterprise, days.first
    days.delete()
    write_down(actor, "remove-quiet-days", firm.credit_code, first=first.isoformat())


def may_change(user: User, visit: Visit) -> bool:
    return visit.unit_id in units_coming(user) or keeps_register(user, visit.enterprise.region_id)


# --- rules ---


def _check(actor: User, visit: Visit) -> None:
    visit.full_clean()
    if visit.unit_id not in units_coming(actor) and not keeps_register(actor, visit.unit.region_id):
        raise ValidationError({"unit": _("You plan visits for your own unit only.")})
    if visit.first < clock.today():
        raise ValidationError(
            {"first": _("This day has passed: what was not planned need not be written down.")}
        )
    if (visit.last - visit.first).days >= LONGEST:
        raise ValidationError({"last": _("One entry is no longer than a month.")})
    if visit.enterprise.deregistered_on:
        raise ValidationError(_("The firm is deregistered: nobody can be called on there."))


def _heard(sentences: list[str], field: str, is_answered: bool) -> None:
    if sentences and not is_answered:
        raise ValidationError({field: sentences})


def _held(actor: User, visit: Visit) -> Visit:
    rows = Visit.objects.select_for_update(of=("self",)).select_related("enterprise")
    visit = rows.get(pk=visit.pk)
    if not may_change(actor, visit):
        raise ValidationError(_("This is another unit's visit."))
    if visit.state != VisitState.PLANNED:
        raise ValidationError(_("It took place or was called off already."))
    return visit


def _keeps_days(actor: User, firm: Enterprise) -> None:
    if not changes_contacts(actor, firm):
        raise ValidationError(_("Quiet days are set by the firm itself, or by the office on its word."))
