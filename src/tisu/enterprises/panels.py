"""What rooms show of a firm: their parts of a page about it, and their lanes of its time line."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import pgettext

from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.foundation.rooms import FirmEvent, declared
from tisu.web.lanes import Picture, picture_of

STAFF, OWN = "staff", "own"
Lane = tuple[str, Any, list[FirmEvent]]


def panels_on(place: str, request: HttpRequest, firm: Enterprise) -> list[dict[str, Any]]:
    """The parts that have something to show, each as template and what it speaks of."""
    panels = sorted(
        (panel for panel in declared("firm_panels") if panel.place == place), key=lambda panel: panel.order
    )
    filled = ((panel.template, panel.context(request, firm)) for panel in panels)
    return [{"template": template, "pane": pane} for template, pane in filled if pane is not None]


def lanes_of(request: HttpRequest, firm: Enterprise) -> list[Lane]:
    """Every lane of a firm's time line with what this person may see of it: one query for each lane."""
    lanes = sorted(declared("firm_lanes"), key=lambda lane: lane.order)
    return [(lane.code, lane.label, list(lane.events(request, firm))) for lane in lanes]


def picture(lanes: Iterable[Lane]) -> Picture:
    return picture_of(lanes, clock.today())


def newest(lanes: Iterable[Lane], most: int, year: int | None = None) -> tuple[list[dict[str, Any]], bool]:
    """The newest entries of all lanes, or of one year, by month; and whether there are more of them.

    What has not come yet stands first: it is the newest.
    """
    rows = [(event.day, label, event) for _code, label, events in lanes for event in events]
    if year is not None:
        rows = [row for row in rows if row[0].year == year]
    rows.sort(key=lambda row: row[0], reverse=True)
    return [_month(*found) for found in groupby(rows[:most], key=lambda row: row[0].replace(day=1))], len(
        rows
    ) > most


def years_of(lanes: Iterable[Lane]) -> list[int]:
    """Those in which something began, newest first."""
    return sorted({event.day.year for _code, _label, events in lanes for event in events}, reverse=True)


def _month(month: date, rows: Iterator[tuple[date, Any, FirmEvent]]) -> dict[str, Any]:
    return {
        "month": month,
        "heading": date_format(month, pgettext("format of a month", "F Y")),
        "rows": [
            {
                "day": day,
                "last": event.last if event.last != day else None,
                "kind": label,
                "label": event.label,
                "href": event.href,
            }
            for day, label, event in rows
        ],
    }
