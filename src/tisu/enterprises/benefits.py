"""Writing what a firm was granted: by the office of its region, from a named source, never past the review it needs."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.enterprises.models import Benefit, Enterprise
from tisu.enterprises.noted import signature, write_down
from tisu.enterprises.services import kept_fast
from tisu.foundation import clock
from tisu.orgs.models import Unit


@transaction.atomic
def grant_benefit(
    *,
    actor: User,
    firm: Enterprise,
    kind: str,
    title: str,
    first: date,
    source: str,
    last: date | None = None,
    whole_years: bool = False,
    unit: Unit | None = None,
    value: int | None = None,
    basis: str = "",
    review: str = "",
) -> Benefit:
    """Keep what was granted; the same once more (sent twice) changes nothing."""
    firm = kept_fast(actor, firm)
    if firm.survivor_id is not None:
        raise ValidationError(
            _("This row was merged into %(firm)s: enter it there.") % {"firm": firm.survivor.credit_code}
        )
    if firm.deregistered_on and first > firm.deregistered_on:
        raise ValidationError(
            {"first": _("The firm was deregistered on %(day)s.") % {"day": firm.deregistered_on}}
        )
    said = {
        "enterprise": firm, "kind": kind, "title": title, "first": first, "last": last, "value": value,
        "source": source,
    }  # fmt: skip
    if same := Benefit.objects.filter(**said, withdrawn_at=None).first():
        return same
    benefit = Benefit(
        **said, whole_years=whole_years, unit=unit, basis=basis, review=review, entered_by=actor,
        signed=signature(actor), entered_at=clock.now(),
    )  # fmt: skip
    _full_clean(benefit)
    benefit.save()
    write_down(actor, "grant-benefit", firm.credit_code, kind=kind, title=title, first=first.isoformat())
    return benefit


@transaction.atomic
def end_benefit(*, actor: User, benefit: Benefit, last: date, reason: str) -> Benefit:
    """It ends on that day, counted: earlier or later than was said, or for the first time."""
    benefit = _held(actor, benefit)
    before, benefit.last = benefit.last, last
    _full_clean(benefit)
    benefit.save(update_fields=["last"])
    _note(actor, "end-benefit", benefit, reason, last=last.isoformat(), was=before and before.isoformat())
    return benefit


@transaction.atomic
def withdraw_benefit(*, actor: User, benefit: Benefit, reason: str) -> Benefit:
    """It was entered by mistake: it stands nowhere any more but in the ledger."""
    benefit = _held(actor, benefit)
    benefit.withdrawn_at = clock.now()
    benefit.save(update_fields=["withdrawn_at"])
    _note(actor, "withdraw-benefit", benefit, reason)
    return benefit


def _held(actor: User, benefit: Benefit) -> Benefit:
    kept_fast(actor, benefit.enterprise)
    benefit = Benefit.objects.select_related("enterprise").get(pk=benefit.pk)
    if benefit.withdrawn_at:
        raise ValidationError(_("This was taken out meanwhile: look at the list again."))
    return benefit


def _full_clean(benefit: Benefit) -> None:
    """A constraint's sentence stands at the field that mends it."""
    benefit.full_clean(validate_constraints=False)
    for constraint, field in zip(Benefit._meta.constraints, ("last", "review"), strict=True):
        try:
            constraint.validate(Benefit, benefit)
        except ValidationError as fault:
            raise ValidationError({field: fault.messages}) from fault


def _note(actor: User, act: str, benefit: Benefit, reason: str, **details: str | None) -> None:
    write_down(actor, act, benefit.enterprise.credit_code, reason=reason, title=benefit.title, **details)
