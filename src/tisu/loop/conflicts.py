"""Conflicts of interest: a person and a firm, for as long as it lasts. Each act with its reason, and in the ledger."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.enterprises.models import Enterprise, compact_credit_code, validate_credit_code
from tisu.loop.models import ConflictOfInterest, Matter
from tisu.loop.someone_left import someone_left, tell_of_empty_places
from tisu.loop.walling import counties_of, refuse_oneself, refuse_strangers, within_any
from tisu.orgs.models import Role


def conflicts_kept_by(user: User) -> QuerySet[ConflictOfInterest]:
    """Those that concern firms of the administrator's own county, over or not."""
    return ConflictOfInterest.objects.filter(within_any("enterprise__region_id", counties_of(user)))


@transaction.atomic
def add_conflict(
    *, actor: User, user: User, credit_code: str, since: date, until: date | None, reason: str
) -> ConflictOfInterest:
    """The person sees none of the firm's matters from a day on. ValidationError, naming the field, says why not."""
    user = User.objects.select_for_update().get(pk=user.pk)  # two forms at once are one after the other
    refuse_oneself(actor, user)
    refuse_strangers(actor, user)
    firm = _firm_of(actor, credit_code)
    row = ConflictOfInterest(user=user, enterprise=firm, since=since, until=until, reason=reason)
    _check_days(row)
    open_matters = set(Matter.objects.concerning(firm).open().values_list("pk", flat=True))
    with someone_left(open_matters):
        row.save()
    tell_of_empty_places(open_matters)
    _record("add-conflict", row, actor, reason, since=since.isoformat())
    return row


@transaction.atomic
def end_conflict(*, actor: User, conflict: ConflictOfInterest, until: date) -> None:
    """From that day on the firm's matters may be seen again."""
    conflict = ConflictOfInterest.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
    refuse_oneself(actor, conflict.user)
    conflict.check_end(until)
    conflict.until = until
    conflict.save(update_fields=["until"])
    _record("end-conflict", conflict, actor, "", until=until.isoformat())


def _firm_of(actor: User, typed: str) -> Enterprise:
    code = compact_credit_code(typed)
    try:
        validate_credit_code(code)
    except ValidationError as fault:
        raise ValidationError({"credit_code": fault.messages}) from fault
    firm = Enterprise.objects.filter(within_any("region_id", counties_of(actor)), credit_code=code).first()
    if firm is None:
        words = _("No firm with the credit code %(code)s is registered in your county.")
        raise ValidationError({"credit_code": words % {"code": code}})
    return firm


def _check_days(row: ConflictOfInterest) -> None:
    """It begins before it ends, and stands once: another one may begin when the first has ended."""
    if row.until and row.until <= row.since:
        raise ValidationError(
            {"until": _("It begins on %(day)s: it cannot end before.") % {"day": row.since}}
        )
    same = ConflictOfInterest.objects.filter(user=row.user, enterprise=row.enterprise)
    known = same.lasting_beyond(row.since)
    if row.until:
        known = known.filter(since__lt=row.until)
    if earlier := known.first():
        words = _("This is recorded already, since %(day)s: end that one first.")
        raise ValidationError({"credit_code": words % {"day": earlier.since}})


def _record(act: str, row: ConflictOfInterest, actor: User, reason: str, **days: str) -> None:
    record(
        act=act,
        about=row.enterprise.credit_code,
        actor=actor,
        signed=standing_of(actor).label_as(Role.SECURITY_ADMIN),
        reason=reason,
        person=row.user.username,
        **days,
    )
