"""The county's calendar of working days: the year, the notices it rests on, and how far re-reckoning has come."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.calendars import calendar_of, notices_of
from tisu.foundation.heartbeat import somebody_works
from tisu.foundation.models import CalendarNotice
from tisu.foundation.workdays import Calendar
from tisu.loop.calendar_year import hours_in_words, year_in_months, year_in_words
from tisu.loop.keepers import may_keep_calendar, region_kept_by
from tisu.loop.redating import behind
from tisu.loop.views.office_pages import for_office
from tisu.orgs.models import Region
from tisu.web.tables import Column, Table
from tisu.web.templatetags.web import iso_date

MOST_BEATS = 20


@for_office
def calendar(request: HttpRequest) -> HttpResponse:
    region = region_kept_by(request.user)
    found = calendar_of(region)
    year = _year(request, found)
    context = {
        "calendar": found,
        "year": year,
        "years": _years(year, found),
        "months": year_in_months(found, year),
        "facts": year_in_words(found, year, region),
        "hours": hours_in_words(found),
        "is_covered": year <= found.coverage_end.year,
        "table": _notices(notices_of(region)),
        "may_keep": may_keep_calendar(request.user),
    }
    return render(
        request, "loop/calendar.html", context | progress_of(found) | {"tabs": tabs("loop:calendar")}
    )


@for_office
def progress(request: HttpRequest) -> HttpResponse:
    """What htmx asks for while dates are reckoned anew; a person who comes here is led to the page."""
    if not request.htmx:
        return HttpResponseRedirect(reverse("loop:calendar"))
    return render(request, "loop/parts/redating.html", progress_of(calendar_of(region_kept_by(request.user))))


def progress_of(found: Calendar) -> dict[str, Any]:
    """Clocks still to be reckoned, and whether anyone is at work on them."""
    left = behind().count()
    return {"left": left, "is_worked_on": not left or somebody_works(), "version": found.version}


def tabs(active: str) -> list[dict[str, Any]]:
    pages = (("loop:calendar", _("Calendar")), ("loop:rules", _("Standing rules")))
    return [{"label": label, "url": reverse(name), "active": name == active} for name, label in pages]


def _year(request: HttpRequest, found: Calendar) -> int:
    """The one in the address where there is such a year, else this one."""
    asked = request.GET.get("year", "")
    first, last = found.coverage_start.year, found.coverage_end.year + 1
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else clock.today().year
    return min(max(year, first), last)


def _years(year: int, found: Calendar) -> list[dict[str, Any]]:
    """The year before and the year after, the first one not yet announced included."""
    first, last = found.coverage_start.year, found.coverage_end.year + 1
    around = (each for each in (year - 1, year + 1) if first <= each <= last)
    return [{"label": each, "url": f"{reverse('loop:calendar')}?year={each}"} for each in around]


def _notices(rows: Iterable[CalendarNotice]) -> Table:
    names = {region.code: str(region) for region in Region.objects.all()}
    columns = [
        Column(_("No."), "word"), Column(_("Notice"), "title"), Column(_("What it says")),
        Column(_("Holds for"), "word"), Column(_("Where it comes from")), Column(_("Loaded"), "date"),
        Column(_("Loaded by"), "word"), Column(_("Leader's order")),
    ]  # fmt: skip
    return Table(columns, [_notice(row, names) for row in sorted(rows, key=lambda row: -row.number)])


def _notice(row: CalendarNotice, names: dict[str, str]) -> list[Any]:
    says = row.get_kind_display()
    return [
        row.number,
        row.title,
        f"{says} {row.year}" if row.year else says,
        names.get(row.region, row.region) or _("everywhere"),
        row.source,
        iso_date(row.loaded_at),
        row.loaded_by,
        row.order or "—",
    ]
