"""What a reader is told of visits: of those that are no business of theirs no more than that somebody comes."""

from calendar import monthrange
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tisu.accounts.standing import Standing
from tisu.enterprises.calling import knows
from tisu.enterprises.fields import MonthField
from tisu.enterprises.models import Visit
from tisu.foundation import clock
from tisu.foundation.listed import listed_apart
from tisu.web.templatetags.web import iso_date


def month_asked(written: str) -> date:
    """The first day of the month in an address, of this one when it cannot be read."""
    try:
        return MonthField(required=False).clean(written) or clock.today().replace(day=1)
    except ValidationError:
        return clock.today().replace(day=1)


def last_of(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def visits_in(first: date) -> Any:
    """Those of a month, in order."""
    rows = Visit.objects.between(first, last_of(first)).select_related("unit", "enterprise__survivor")
    return rows.order_by("first", "pk")


def days_of(visit: Visit) -> str:
    return iso_date(visit.first) + (f" – {iso_date(visit.last)}" if visit.last != visit.first else "")


def who_comes(standing: Standing, visit: Visit) -> str:
    return visit.unit.short_name if knows(standing, visit) else _("another unit")


def kind_of(standing: Standing, visit: Visit) -> str:
    return str(visit.get_kind_display()) if knows(standing, visit) else ""


def purpose_of(standing: Standing, visit: Visit) -> str:
    """With what the firm is to know of it: why a quiet day was not kept, why it was called off."""
    if not knows(standing, visit):
        return ""
    said = [visit.purpose]
    if visit.despite:
        said.append(_("on a quiet day or soon after another, because: %(why)s") % {"why": visit.despite})
    if visit.called_off:
        said.append(_("called off: %(why)s") % {"why": visit.called_off})
    return listed_apart(said)
