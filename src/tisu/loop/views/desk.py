"""The desk: what waits for this person, one list at a time, the one next action on each card."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from tisu.loop.actions import ACTIONS
from tisu.loop.asked import UnitNames, asks_to_decide
from tisu.loop.cards import Card
from tisu.loop.clockface import CLOCKS
from tisu.loop.desk import DeskList, desk_of
from tisu.loop.models import Matter
from tisu.loop.offers import Tried, UnitChoices, desk_offers
from tisu.loop.queries import MatterQuerySet
from tisu.loop.views.ticking import bar, box
from tisu.web.context import doors_for

MOST = 20  # cards: what a person does in a sitting, and a page that a phone still likes
COUNTED = 100  # from here on a tab says “99+”: nobody counts further, the database neither
TO_APPROVE = "to-approve"
Lists = list[tuple[DeskList, MatterQuerySet]]


def desk(request: HttpRequest) -> HttpResponse:
    lists = desk_of(request.user)
    counts = {each.code: counted(rows) for each, rows in lists}
    if elsewhere := _where_to(request, lists, counts):
        return HttpResponseRedirect(elsewhere)
    if not lists:
        return render(request, "loop/desk.html", {})
    chosen, rows = _chosen(request, lists, counts)
    cards = _cards(request, chosen, rows)
    return render(
        request,
        "loop/desk.html",
        {
            "chosen": chosen,
            "tabs": tabs(lists, counts, chosen.code),
            "cards": cards,
            "bar": _bar(chosen, cards),
            "more": max(counts[chosen.code] - MOST, 0),
            "many_more": counts[chosen.code] == COUNTED,
            "more_url": f"{reverse('loop:list')}?{urlencode({'stage': chosen.stage})}",
        },
    )


def counted(rows: MatterQuerySet) -> int:
    """How many wait, no further than anyone is told; a hundred keys are read sooner than counting is put together."""
    return len(rows.order_by().values_list("pk")[:COUNTED])


def _where_to(request: HttpRequest, lists: Lists, counts: dict[str, int]) -> str | None:
    """Who has no list, or only approvals of which none waits, is led on to their first other door."""
    if "list" in request.GET or any(each.code != TO_APPROVE or counts[each.code] for each, _rows in lists):
        return None
    own = reverse("loop:desk")
    return next((door.url for door in doors_for(request) if door.url != own), None)


def _chosen(request: HttpRequest, lists: Lists, counts: dict[str, int]) -> tuple[DeskList, MatterQuerySet]:
    """The one named in the address, else the first that has something, else the first."""
    named = [pair for pair in lists if pair[0].code == request.GET.get("list")]
    filled = [pair for pair in lists if counts[pair[0].code]]
    return (named or filled or lists)[0]


def tabs(lists: Lists, counts: dict[str, int], active: str) -> list[dict[str, Any]]:
    return [
        {
            "label": each.label,
            "url": list_url(each.code),
            "count": counts[each.code] if counts[each.code] < COUNTED else f"{COUNTED - 1}+",
            "active": each.code == active,
        }
        for each, _rows in lists
    ]


@cache
def list_url(code: str) -> str:
    return f"{reverse('loop:desk')}?{urlencode({'list': code})}"


def _cards(request: HttpRequest, chosen: DeskList, rows: MatterQuerySet) -> list[Card]:
    choices, names = UnitChoices(), UnitNames()
    rows = rows.for_cards()
    if chosen.four_eyes:
        rows = rows.for_actor(request.user)
    if chosen.code == TO_APPROVE:
        rows = rows.prefetch_related("requests", CLOCKS, "ratings")
    return [card_on(request, chosen, each, choices, names=names) for each in rows[:MOST]]


def _bar(chosen: DeskList, cards: list[Card]) -> dict[str, Any] | None:
    """Where more than one can be ticked."""
    if sum(card.tick is not None for card in cards) < 2:
        return None
    return bar([ACTIONS[chosen.together]], list_url(chosen.code))


def card_on(
    request: HttpRequest,
    desk_list: DeskList,
    matter: Matter,
    choices: UnitChoices,
    tried: Tried | None = None,
    note: str = "",
    names: UnitNames | None = None,
) -> Card:
    """A matter as this list draws it; `names` are shared by the cards of a list."""
    back = list_url(desk_list.code)
    offers = desk_offers(matter, request.user, desk_list, choices, back, tried)
    extra = {"card": desk_list.code, "back": back}
    asks = ()
    if desk_list.code == TO_APPROVE:
        asks = asks_to_decide(matter, request.user, names or UnitNames(), extra, tried)
    tick = box(matter) if desk_list.together in {offer.code for offer in offers} else None
    return Card(matter, tuple(offers), note, asks, tick)
