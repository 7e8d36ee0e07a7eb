"""What the spine puts on the leader's page: which matters need a word, and one field to say it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from tisu.foundation import clock
from tisu.foundation.rooms import Pane
from tisu.loop.cards import Card
from tisu.loop.models import Matter
from tisu.loop.offers import UnitChoices, single_offer
from tisu.loop.queries import MatterQuerySet
from tisu.loop.stages import Light

WORDS = ("instruct", "urge")
MOST = 5
LONG = timedelta(days=30)


@dataclass(frozen=True)
class Waiting:
    """Matters that need a word, the longest first, and where all of them stand."""

    cards: list[Card]
    more: int
    list_url: str


def needs_a_word(request: HttpRequest) -> dict[str, Any]:
    """The overdue first; then what has been open for a month or longer and is not overdue yet."""
    opened = Matter.objects.visible_to(request.user).open()
    late = opened.under(Light.RED)
    long = opened.exclude(pk__in=late.values("pk")).filter(registered_at__lt=clock.now() - LONG)
    return {
        "late": _waiting(request, late.order_by(F("due_at").asc(), "pk"), light=Light.RED.value),
        "long": _waiting(request, long.order_by("registered_at", "pk")),
    }


def _waiting(request: HttpRequest, rows: MatterQuerySet, **query: str) -> Waiting:
    choices, shown = UnitChoices(), list(rows.for_cards().for_actor(request.user)[:MOST])
    return Waiting(
        cards=[_card(request, matter, choices) for matter in shown],
        more=max(rows.count() - MOST, 0),
        list_url=f"{reverse('loop:list')}?{urlencode({'stage': 'open'} | query)}",
    )


def _card(request: HttpRequest, matter: Matter, choices: UnitChoices) -> Card:
    offer = single_offer(matter, request.user, WORDS, back=request.path, choices=choices)
    return Card(matter, (offer,) if offer else ())


PANES = (Pane("leader", "loop/panes/needs_a_word.html", needs_a_word),)
