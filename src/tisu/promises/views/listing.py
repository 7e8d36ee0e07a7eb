"""The ledger: every promise that the reader sees, narrowed by words, state, unit, form and days."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.paging import keyset_page
from tisu.promises.filters import promise_filter
from tisu.promises.models import Promise
from tisu.promises.powers import may_write_down, reads_promises
from tisu.promises.rates import rate_of
from tisu.web.filters import chips
from tisu.web.tables import BLANK, Cell, Column, Table
from tisu.web.templatetags.web import iso_date


def listed(request: HttpRequest) -> HttpResponse:
    wanted = promise_filter(request)
    is_read = wanted.form.is_valid()
    rows, following = keyset_page(wanted.qs.for_rows(), request) if is_read else ([], None)
    context = {
        "form": wanted.form,
        "chips": chips(wanted.form, request.GET),
        "table": table_of(rows),
        "next_url": following,
        "rate": rate_of(Promise.objects.visible_to(request.user), clock.today()),
        "may_write": may_write_down(request.user),
        "is_staff": reads_promises(request.user),
    }
    return render(request, "promises/list.html", context, status=200 if is_read else 422)


def table_of(rows: Iterable[Promise], *, with_firm: bool = True) -> Table:
    columns = [
        Column(_("Promise"), "title"), *([Column(_("Promised to"))] if with_firm else []),
        Column(_("Promised by"), "word"), Column(_("Responsible unit"), "word"), Column(_("Promised on"), "date"),
        Column(_("To be kept by"), "date"), Column(_("State"), "word"), Column(_("Light"), "word"),
    ]  # fmt: skip
    return Table(columns, [_row(row, with_firm=with_firm) for row in rows])


def _row(row: Promise, *, with_firm: bool) -> list[Any]:
    return [
        Cell(row.head, reverse("promises:promise", args=[row.number])),
        *([str(row.enterprise or BLANK)] if with_firm else []),
        str(row.maker),
        str(row.unit or BLANK),
        iso_date(row.given_on),
        iso_date(row.due_on) or _("slogan"),
        row.get_state_display(),
        Cell("" if row.light else BLANK, light=row.light),
    ]
