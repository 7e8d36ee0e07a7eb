"""What the frame of every page needs. Places and people live on higher floors, so they are handed in.

Whoever knows them sets on the request: `county` (its name), `standing` (the person's posts, in words), `acting_as`
(whose work is being done, in words) and `roles` (as which of several posts one may act: key, label, active). Absent
ones leave their place empty. Rooms put lines into the person's menu by a pane of the place “menu”.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from tisu.foundation import clock
from tisu.foundation.rooms import Door, declared

DOORS_ON_A_PHONE = 4


@dataclass(frozen=True)
class OpenDoor:
    """A door as the menu draws it: where it leads and whether one stands in its room."""

    label: Any
    url: str
    icon: str
    active: bool
    search: str


def shell(request: HttpRequest) -> dict[str, Any]:
    doors = doors_for(request)
    return {
        "county": getattr(request, "county", ""),
        "standing": getattr(request, "standing", ()),
        "acting_as": getattr(request, "acting_as", ""),
        "roles": getattr(request, "roles", ()),
        "doors": doors,
        "home_url": doors[0].url if doors else "/",
        "phone_doors": doors[:DOORS_ON_A_PHONE],
        "demonstration": settings.DEMONSTRATION,
        "today": clock.today(),
        "bells": panes_for(request, "bell"),
        "menu_lines": panes_for(request, "menu"),
        "search_url": next((door.search for door in doors if door.search), ""),
    }


def doors_for(request: HttpRequest) -> list[OpenDoor]:
    """The doors this person has, in order; a stranger has none."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    shown = sorted((door for door in declared("doors") if door.shown_to(user)), key=lambda door: door.order)
    active = active_door(request, shown)
    return [
        OpenDoor(
            door.label,
            reverse(door.url_name),
            door.icon,
            door is active,
            door.search and reverse(door.search),
        )
        for door in shown
    ]


def panes_for(request: HttpRequest, place: str) -> list[dict[str, Any]]:
    """What rooms put into a place of the frame for whoever signed in; each asks the database only when a page draws it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    panes = sorted((pane for pane in declared("panes") if pane.place == place), key=lambda pane: pane.order)
    return [
        {"template": pane.template, "pane": SimpleLazyObject(partial(pane.context, request))}
        for pane in panes
    ]


def active_door(request: HttpRequest, doors: list[Door]) -> Door | None:
    """The door of this very page, else the one whose address this one continues, else the first into the room."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        return None
    exact = [door for door in doors if door.url_name == match.view_name]
    same_room = [
        door for door in doors if match.namespace and door.url_name.startswith(f"{match.namespace}:")
    ]
    under = [door for door in doors if request.path.startswith(f"{reverse(door.url_name)}/")]
    return next(iter(exact + under + same_room), None)
