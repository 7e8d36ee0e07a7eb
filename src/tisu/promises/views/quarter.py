"""The county's promises of a quarter: what is due in it, and how each unit stands with what was due until its end."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.promises.models import Promise
from tisu.promises.powers import reads_promises
from tisu.promises.rates import Quarter, Rate, quarter_named, rate_of, rates_by_unit
from tisu.promises.views.listing import table_of
from tisu.web.bars import Bar, Bars
from tisu.web.tables import Cell, Column, Table

MOST = 200


def quarter(request: HttpRequest) -> HttpResponse:
    if not reads_promises(request.user):
        raise PermissionDenied(_("This page is for those who answer for promises."))
    asked = quarter_named(request.GET.get("quarter", ""), clock.today())
    rows = Promise.objects.visible_to(request.user)
    day = min(asked.last, clock.today())
    units = rates_by_unit(rows, day)
    due = list(rows.due_between(asked.first, asked.last).for_rows().order_by("due_on", "pk")[: MOST + 1])
    context = {
        "quarter": asked,
        "before_url": _at(asked.before),
        "after_url": _at(asked.after),
        "day": day,
        "rate": rate_of(rows, day),
        "in_quarter": rate_of(rows.due_between(asked.first, asked.last), day),
        "sentence": _answer(units),
        "bars": _bars(units),
        "units": _units(units),
        "table": table_of(due[:MOST]),
        "is_cut": len(due) > MOST,
        "list_url": f"{reverse('promises:list')}?due_from={asked.first}&due_until={asked.last}",
    }
    return render(request, "promises/quarter.html", context)


def _at(asked: Quarter) -> str:
    return f"{reverse('promises:quarter')}?quarter={asked.code}"


def _answer(units: list[tuple[str, Rate]]) -> str:
    """The chart's answer, written above it."""
    open_ones = [(name, rate) for name, rate in units if rate.owed]
    if not units:
        return _("Nothing has been due so far.")
    if not open_ones:
        return _("Nothing that was due is still owed.")
    name, rate = open_ones[0]
    return _("Most of what is overdue lies with %(unit)s: %(n)d of %(due)d that were due.") % {
        "unit": name or _("no unit yet"), "n": rate.owed, "due": rate.due,
    }  # fmt: skip


def _bars(units: list[tuple[str, Rate]]) -> Bars:
    return Bars(
        tuple(Bar(name or _("no unit yet"), rate.due, rate.kept, rate.words) for name, rate in units),
        whole=_("due so far"),
        part=_("confirmed kept"),
    )


def _units(units: list[tuple[str, Rate]]) -> Table:
    columns = [
        Column(_("Responsible unit"), "title"), Column(_("Due so far"), "number"),
        Column(_("Confirmed kept"), "number"), Column(_("Still owed"), "number"), Column(_("Kept of what was due"), "word"),
    ]  # fmt: skip
    return Table(columns, [_unit_row(name, rate) for name, rate in units])


def _unit_row(name: str, rate: Rate) -> list[Any]:
    return [Cell(name or _("no unit yet")), rate.due, rate.kept, rate.owed, rate.words]
