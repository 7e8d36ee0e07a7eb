"""Writing months above designated size (规上): from a month to a month, with gaps, no month twice."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.enterprises.models import Enterprise, ScaleMonths
from tisu.enterprises.noted import write_down
from tisu.enterprises.services import kept_fast


@transaction.atomic
def add_months(
    *,
    actor: User,
    firm: Enterprise,
    category: str,
    first: date,
    last: date | None = None,
    source: str,
    note: str = "",
) -> ScaleMonths:
    """The firm is above scale from the month of `first` to that of `last`; without `last` it goes on."""
    firm = kept_fast(actor, firm)
    row = ScaleMonths(
        enterprise=firm, category=category, first=month_of(first), last=last and month_of(last),
        source=source, note=note,
    )  # fmt: skip
    row.full_clean()
    _overlaps_none(row)
    row.save()
    _record(actor, "add-months", row)
    return row


@transaction.atomic
def end_months(*, actor: User, months: ScaleMonths, last: date) -> ScaleMonths:
    """The last month in which the firm was above scale."""
    kept_fast(actor, months.enterprise)
    months = ScaleMonths.objects.select_related("enterprise").get(pk=months.pk)
    if months.last is not None:
        raise ValidationError({"last": _("These months have an end already.")})
    months.last = month_of(last)
    months.full_clean()
    months.save(update_fields=["last"])
    _record(actor, "end-months", months)
    return months


def month_of(day: date) -> date:
    return day.replace(day=1)


def _overlaps_none(row: ScaleMonths) -> None:
    kin = Enterprise.objects.kin_of([row.enterprise_id])
    reaching = Q(last__isnull=True) | Q(last__gte=row.first)
    others = ScaleMonths.objects.filter(reaching, enterprise__in=kin)
    if other := (others.filter(first__lte=row.last) if row.last else others).first():
        raise ValidationError(
            {
                "first": _("Some of these months stand here already, from %(month)s on: end those first.")
                % {"month": f"{other.first:%Y-%m}"}
            }
        )


def _record(actor: User, act: str, row: ScaleMonths) -> None:
    write_down(
        actor,
        act,
        row.enterprise.credit_code,
        category=row.category,
        first=f"{row.first:%Y-%m}",
        last=f"{row.last:%Y-%m}" if row.last else None,
        source=row.source,
    )
