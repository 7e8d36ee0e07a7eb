"""What a page says of a firm: its facts as label and value, its months as years of twelve."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.enterprises.credit_code import registered_in
from tisu.enterprises.models import Enterprise, FormerName, QuietDays, ScaleMonths, Status
from tisu.foundation import clock
from tisu.foundation.listed import listed_apart
from tisu.foundation.money import yuan_words
from tisu.orgs.models import Region
from tisu.web.templatetags.web import WEEKDAYS, iso_date

YEARS = 3


def facts_of(firm: Enterprise) -> list[dict[str, Any]]:
    return [
        {"label": _("Unified social credit code"), "value": firm.credit_code},
        {"label": _("Registered in"), "value": _division(firm.credit_code)},
        {"label": _("Legal kind"), "value": firm.get_legal_kind_display()},
        {"label": _("Status"), "value": _status(firm)},
        {"label": _("Township"), "value": str(firm.region)},
        {"label": _("Park"), "value": firm.park or ""},
        {"label": _("Address"), "value": firm.address},
        {"label": _("Industry"), "value": str(firm.industry or "")},
        {"label": _("Main business"), "value": firm.business},
        {"label": _("Registered capital"), "value": _capital(firm)},
        {"label": _("Established on"), "value": iso_date(firm.started_on)},
        {"label": _("Above designated size"), "value": _("yes") if firm.is_above_scale else _("no")},
        *_parent(firm),
        *_former(firm),
        {"label": _("Source"), "value": firm.source},
    ]


def _division(code: str) -> str:
    """The name of the division, or of the nearest one above it that is known here, with its six digits."""
    own = registered_in(code)
    above = [own[:length] for length in range(len(own), 1, -1)]
    known = Region.objects.filter(code__in=above).order_by("-code").first()
    return f"{known.name} ({code[2:8]})" if known else code[2:8]


def _status(firm: Enterprise) -> str:
    label = Status(firm.status).label
    return f"{label} {iso_date(firm.deregistered_on)}" if firm.deregistered_on else str(label)


def _capital(firm: Enterprise) -> str:
    return "" if firm.registered_capital is None else yuan_words(firm.registered_capital)


def _parent(firm: Enterprise) -> list[dict[str, Any]]:
    if firm.parent is None:
        return []
    parent = firm.parent.survivor or firm.parent
    url = reverse("enterprises:detail", args=[parent.credit_code])
    return [{"label": _("Parent firm"), "value": parent.name, "url": url}]


def _former(firm: Enterprise) -> list[dict[str, Any]]:
    """Names it had, and those of the rows that were merged into it."""
    kin = firm.kin
    names = [_dated(row) for row in FormerName.objects.filter(enterprise__in=kin)]
    names += [f"{row.name} ({row.credit_code})" for row in firm.merged.all()]
    return [{"label": _("Former names"), "value": listed_apart(names)}] if names else []


def _dated(row: FormerName) -> str:
    return (
        _("%(name)s (until %(day)s)") % {"name": row.name, "day": iso_date(row.until)}
        if row.until
        else row.name
    )


# --- Months above designated size ---


@dataclass(frozen=True)
class Year:
    """Twelve months, each with its first day, whether the firm was above scale in it, and whether it has come."""

    year: int
    months: list[tuple[date, bool, bool]]


def months_strip(rows: list[ScaleMonths]) -> list[Year]:
    today = clock.today()
    return [
        Year(year, [_cell(date(year, month, 1), rows, today) for month in range(1, 13)])
        for year in range(today.year - YEARS + 1, today.year + 1)
    ]


def months_of_firm(firm: Enterprise) -> list[ScaleMonths]:
    return list(ScaleMonths.objects.filter(enterprise__in=firm.kin))


def _cell(first: date, rows: list[ScaleMonths], today: date) -> tuple[date, bool, bool]:
    has_come = first <= today
    return first, has_come and any(row.holds_in(first) for row in rows), has_come


# --- Days on which a firm is left alone ---


def days_in_words(row: QuietDays) -> str:
    first, last = iso_date(row.first), iso_date(row.last)
    if row.weekday is None:
        return first if first == last else f"{first} – {last}"
    said = {"weekday": WEEKDAYS[row.weekday], "first": first, "last": last}
    if row.last is None:
        return _("every %(weekday)s from %(first)s on") % said
    return _("every %(weekday)s from %(first)s to %(last)s") % said
