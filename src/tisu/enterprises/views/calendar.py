"""The one calendar of visits: a firm's, and that of all firms of the county."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tisu.accounts.acts import acting_page
from tisu.accounts.standing import Standing, standing_of
from tisu.enterprises.acts import acts_on_calendar
from tisu.enterprises.facts import days_in_words
from tisu.enterprises.models import Enterprise, QuietDays, Visit
from tisu.enterprises.room import reads_the_register
from tisu.enterprises.views.firm import firm_at, tabs
from tisu.enterprises.visits_seen import (
    days_of,
    kind_of,
    last_of,
    month_asked,
    purpose_of,
    visits_in,
    who_comes,
)
from tisu.foundation import clock
from tisu.web.months import month_of
from tisu.web.tables import BLANK, Cell, Column, Table

MOST = 200


def of_firm(request: HttpRequest, code: str) -> HttpResponse:
    """Who comes and when the firm wants to be left alone; of other units' visits no more than that one comes."""
    firm, first = firm_at(request, code), month_asked(request.GET.get("month", ""))
    return acting_page(
        request,
        acts_on_calendar(firm, request.user),
        "enterprises/calendar.html",
        lambda: _of_firm(request, firm, first),
    )


def _of_firm(request: HttpRequest, firm: Enterprise, first: date) -> dict[str, Any]:
    kin = Enterprise.objects.kin_of([firm.pk])
    visits = visits_in(first).filter(enterprise__in=kin)
    quiet = list(QuietDays.objects.filter(enterprise__in=kin))
    standing = standing_of(request.user)
    return {
        "firm": firm,
        "tabs": tabs(request, firm),
        "month": _drawn(first, visits, quiet),
        "visits": _table(visits, standing),
        "quiet": [{"days": days_in_words(row), "note": row.note} for row in quiet if _is_ahead(row)],
        **_turning(request, first),
    }


def of_county(request: HttpRequest) -> HttpResponse:
    """Visits to all firms that the reader sees, month by month: whom to go together with."""
    if not reads_the_register(request.user):
        raise PermissionDenied(_("The calendar of all firms is for the units; a firm sees its own."))
    first = month_asked(request.GET.get("month", ""))
    firms = Enterprise.objects.kin_of(Enterprise.objects.visible_to(request.user).values("pk"))
    visits = visits_in(first).filter(enterprise__in=firms.values("pk"))[: MOST + 1]
    context = {
        "month": _drawn(first, visits[:MOST], []),
        "visits": _table(visits[:MOST], standing_of(request.user), with_firm=True),
        "is_cut": len(visits) > MOST,
        **_turning(request, first),
    }
    return render(request, "enterprises/county_calendar.html", context)


def _turning(request: HttpRequest, first: date) -> dict[str, str]:
    before, after = first - timedelta(days=1), last_of(first) + timedelta(days=1)
    return {
        "heading": date_format(first, pgettext("format of a month", "F Y")),
        "before_url": f"{request.path}?month={before:%Y-%m}",
        "after_url": f"{request.path}?month={after:%Y-%m}",
    }


def _drawn(first: date, visits: Iterable[Visit], quiet: list[QuietDays]) -> Any:
    standing = [visit for visit in visits if visit.called_off_at is None]

    def kind_of_day(day: date) -> str:
        called, left = any(each.covers(day) for each in standing), any(each.covers(day) for each in quiet)
        if called and left:
            return "both"
        return "called" if called else "quiet" if left else "rest" if day.weekday() > 4 else "work"

    return month_of(first, kind_of_day, clock.today())


def _table(visits: Iterable[Visit], standing: Standing, *, with_firm: bool = False) -> Table:
    columns = [
        Column(_("Days"), "date"), Column(_("Who comes"), "title"), Column(_("Kind"), "word"), Column(_("What for")),
        Column(_("State"), "word"),
    ]  # fmt: skip
    if with_firm:
        columns.insert(1, Column(_("Firm")))
    return Table(columns, [_row(visit, standing, with_firm) for visit in visits])


def _row(visit: Visit, standing: Standing, with_firm: bool) -> list[Any]:
    firm = visit.enterprise.survivor or visit.enterprise
    row = [
        days_of(visit),
        who_comes(standing, visit),
        kind_of(standing, visit) or BLANK,
        purpose_of(standing, visit) or BLANK,
        visit.state.label,
    ]
    if with_firm:
        row.insert(1, Cell(firm.name, reverse("enterprises:calendar", args=[firm.credit_code])))
    return row


def _is_ahead(row: QuietDays) -> bool:
    return row.last is None or row.last >= clock.today()
