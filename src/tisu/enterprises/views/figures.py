"""A firm's figures and what it was granted: in pictures, as a table with every source, and one by one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache

from tisu.accounts.acts import acting_page
from tisu.enterprises.figure_acts import acts_on_benefits, acts_on_figure, acts_on_figures
from tisu.enterprises.figure_tables import benefits_table, figures_table, standing_figures, urls_of
from tisu.enterprises.figure_words import pictures_of
from tisu.enterprises.models import Enterprise, Figure, Statement
from tisu.enterprises.views.firm import firm_at, tabs
from tisu.foundation.signatures import as_read
from tisu.web.templatetags.web import iso_date

MOST = 200


def figures(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that stands; what was corrected is read on the page of the figure that took its place."""
    firm = firm_at(request, code)
    acts = acts_on_figures(firm, request.user) + acts_on_benefits(firm, request.user)
    return acting_page(request, acts, "enterprises/figures.html", lambda: _figures(request, firm))


def _figures(request: HttpRequest, firm: Enterprise) -> dict[str, Any]:
    rows = list(standing_figures(request, firm)[: MOST + 1])
    return {
        "firm": firm,
        "tabs": tabs(request, firm),
        "pictures": pictures_of(firm, rows[:MOST], urls_of(firm, rows)),
        "figures": figures_table(firm, rows[:MOST]),
        "is_cut": len(rows) > MOST,
        "benefits": benefits_table(firm),
    }


@never_cache
def figure(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One figure with its source, what it took the place of, and what may be done to it."""
    firm = firm_at(request, code)
    rows = Figure.objects.visible_to(request.user).of_kin(firm).select_related("enterprise__survivor")
    row = get_object_or_404(rows, pk=pk)
    return acting_page(
        request,
        acts_on_figure(row, request.user),
        "enterprises/figure.html",
        lambda: {
            "firm": firm,
            "tabs": tabs(request, firm),
            "figure": row,
            "facts": _facts(row),
            "before": figures_table(firm, _before(row)),
        },
    )


def _before(row: Figure) -> list[Figure]:
    """What it took the place of, the newest first."""
    found: list[Figure] = []
    while (row := row.replaces) is not None:
        found.append(row)
    return found


def _facts(row: Figure) -> list[dict[str, Any]]:
    return [
        {
            "label": pgettext("figure", "Amount"),
            "value": f"{Statement(row.status).label} · {row.amount.words(row.measure)}",
        },
        {"label": _("Period"), "value": row.period.words()},
        {"label": _("From whom"), "value": row.get_origin_display()},
        {"label": _("Source"), "value": as_read(row.source)},
        {"label": _("How the firm agreed"), "value": as_read(row.consent)},
        {"label": _("Said on"), "value": iso_date(row.said_on)},
        {"label": _("Entered by"), "value": as_read(row.signed)},
        {"label": _("State"), "value": _state(row)},
    ]


def _state(row: Figure) -> str:
    if row.withdrawn_at:
        return _("taken back on %(day)s") % {"day": iso_date(row.withdrawn_at)}
    if row.replaced_at:
        return _("corrected on %(day)s") % {"day": iso_date(row.replaced_at)}
    return _("stands")
