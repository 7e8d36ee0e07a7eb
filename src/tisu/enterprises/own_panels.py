"""What the register shows on a firm's own side: what it was granted, who comes, and its figures."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from tisu.enterprises.facts import days_in_words
from tisu.enterprises.figure_tables import benefits_table, standing_figures, urls_of
from tisu.enterprises.figure_words import pictures_of
from tisu.enterprises.models import Enterprise, QuietDays, Visit
from tisu.enterprises.panels import OWN
from tisu.foundation import clock
from tisu.foundation.listed import listed_apart
from tisu.foundation.rooms import FirmPanel

MOST = 10
MOST_FIGURES = 60


def granted(request: HttpRequest, firm: Enterprise) -> dict[str, Any] | None:
    table = benefits_table(firm, MOST)
    return {"table": table} if table.rows else None


def coming(request: HttpRequest, firm: Enterprise) -> dict[str, Any]:
    """Who comes next, and the days that the firm keeps to itself."""
    today, kin = clock.today(), firm.kin
    visits = Visit.objects.planned().filter(enterprise__in=kin, last__gte=today).select_related("unit")
    quiet = [
        row for row in QuietDays.objects.filter(enterprise__in=kin) if row.last is None or row.last >= today
    ]
    return {
        "visits": visits.order_by("first", "pk")[:MOST],
        "quiet": listed_apart([days_in_words(row) for row in quiet]),
        "url": reverse("enterprises:calendar", args=[firm.credit_code]),
    }


def told(request: HttpRequest, firm: Enterprise) -> dict[str, Any]:
    rows = list(standing_figures(request, firm)[:MOST_FIGURES])
    return {
        "pictures": pictures_of(firm, rows, urls_of(firm, rows)),
        "url": reverse("enterprises:figures", args=[firm.credit_code]),
    }


PANELS = (
    FirmPanel(OWN, "enterprises/panels/granted.html", granted, order=50),
    FirmPanel(OWN, "enterprises/panels/coming.html", coming, order=60),
    FirmPanel(OWN, "enterprises/panels/told.html", told, order=70),
)
