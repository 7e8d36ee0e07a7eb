"""The list of firms: found by any of their words, narrowed by place, industry, size and status."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.enterprises.finding import page_found_by
from tisu.enterprises.forms import SearchForm
from tisu.enterprises.models import Enterprise, Status
from tisu.enterprises.services import keeps_register
from tisu.foundation.paging import keyset_page
from tisu.web.filters import chips
from tisu.web.tables import Cell, Column, Table


def listed(request: HttpRequest) -> HttpResponse:
    search = SearchForm(request.GET, auto_id="filter_%s", user=request.user)
    firms, following = _page(search, request)
    context = {
        "table": table_of(firms),
        "next_url": following,
        "search": search,
        "chips": chips(search, request.GET),
        "may_keep": keeps_register(request.user),
    }
    return render(request, "enterprises/list.html", context, status=200 if search.is_valid() else 422)


def _page(search: SearchForm, request: HttpRequest) -> tuple[list[Enterprise], str | None]:
    if search.asks_for_words_alone:
        return page_found_by(search.cleaned_data["q"], request)
    return keyset_page(search.narrowed(Enterprise.objects.visible_to(request.user)).for_rows(), request)


def table_of(firms: Iterable[Enterprise]) -> Table:
    columns = [
        Column(_("Name"), "title"), Column(_("Unified social credit code"), "word"), Column(_("Township"), "word"),
        Column(_("Industry")), Column(_("Above scale"), "word"), Column(_("Status"), "word"),
    ]  # fmt: skip
    return Table(columns, [_row(firm) for firm in firms])


def _row(firm: Enterprise) -> list[Any]:
    return [
        Cell(firm.name, reverse("enterprises:detail", args=[firm.credit_code])),
        firm.credit_code,
        str(firm.region),
        firm.industry.name if firm.industry else firm.business or "—",
        _("above scale") if firm.is_above_scale else "—",
        Status(firm.status).label,
    ]
