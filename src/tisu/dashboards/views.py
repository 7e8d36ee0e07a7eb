"""The leader's page: the figures that rooms declare, each with its list, and below them what needs a word."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from tisu.dashboards.readers import has_overview
from tisu.foundation.rooms import Tile, declared

PLACE = "leader"


def leader(request: HttpRequest) -> HttpResponse:
    if not has_overview(request.user):
        raise PermissionDenied(
            _("The overview is for county leaders, the head of the office and supervision.")
        )
    tiles = sorted(declared("tiles"), key=lambda tile: tile.order)
    panes = sorted((pane for pane in declared("panes") if pane.place == PLACE), key=lambda pane: pane.order)
    context = {
        "figures": [_figure(tile, request.user) for tile in tiles],
        "panes": [{"template": pane.template, "pane": pane.context(request)} for pane in panes],
    }
    return render(request, "dashboards/leader.html", context)


def _figure(tile: Tile, user: Any) -> dict[str, Any]:
    """The count of exactly the list that the link opens; a light only when there is something to light."""
    value = tile.items(user).count()
    return {
        "label": tile.label,
        "value": value,
        "unit": tile.unit(value) if tile.unit else _matters(value),
        "href": tile.href(user),
        "light": tile.light if value else "",
        "trend": [(_month(month), count) for month, count in tile.trend(user)] if tile.trend else [],
    }


def _matters(count: int) -> str:
    return npgettext("unit of matters", "matter", "matters", count)


def _month(month: date) -> str:
    return date_format(month, pgettext("month", "M Y"))
