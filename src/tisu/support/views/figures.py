"""How much of what was asked was granted, and how long it took, by factor: each rate with its two numbers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tisu.support.factors import Factor, said
from tisu.support.figures import Line, lines_of
from tisu.support.models import FactorRequest
from tisu.support.tabs import tabs_for
from tisu.support.units import MEASURES
from tisu.web.tables import BLANK, Cell, Column, Table


def figures(request: HttpRequest) -> HttpResponse:
    lines = lines_of(FactorRequest.objects.visible_to(request.user))
    return render(request, "support/figures.html", {"tabs": tabs_for(request), "table": _table(lines)})


def _table(lines: list[Line]) -> Table:
    columns = [
        Column(pgettext("production", "Factor"), "title"), Column(_("Counted by"), "word"), Column(pgettext("support", "Requests"), "number"),
        Column(_("Decided"), "number"), Column(_("Granted of asked"), "word"), Column(_("Share"), "number"),
        Column(_("Mean working days"), "word"),
    ]  # fmt: skip
    return Table(columns, [_row(line) for line in lines])


def _row(line: Line) -> list[Any]:
    return [
        Cell(
            Factor(line.factor).label, f"{reverse('support:requests')}?{urlencode({'factor': line.factor})}"
        ),
        MEASURES[line.measure].label if line.measure else _("requests"),
        str(line.requests),
        str(line.decided),
        _fraction(line),
        BLANK if line.share is None else f"{line.share:.0%}",
        _days(line),
    ]


def _fraction(line: Line) -> str:
    if not line.decided:
        return BLANK
    part, whole = (
        (said(line.measure, line.granted), said(line.measure, line.asked))
        if line.measure
        else (str(line.met), str(line.decided))
    )
    return f"{part} / {whole}"


def _days(line: Line) -> str:
    """The mean with what it is made of."""
    if line.mean_days is None:
        return BLANK
    return f"{line.mean_days:.1f} ({sum(line.days)}/{len(line.days)})"
