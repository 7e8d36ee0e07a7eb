"""What the spine puts on the leader's page: which matters need a word, and one field to say it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.enterprises.models import Enterprise
from tisu.enterprises.panels import STAFF
from tisu.foundation import clock
from tisu.foundation.rooms import FirmEvent, FirmLane, FirmPanel, Pane
from tisu.loop.cards import Card
from tisu.loop.models import Matter
from tisu.loop.offers import UnitChoices, single_offer
from tisu.loop.queries import MatterQuerySet
from tisu.loop.stages import Light, Stage
from tisu.web.tables import BLANK, Cell, Column, Table

WORDS = ("instruct", "urge")
MOST = 5
OF_FIRM = 10
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


def of_firm(request: HttpRequest, firm: Enterprise) -> dict[str, Any]:
    """The newest matters that show the firm: never those that only concern it."""
    kin = Enterprise.objects.kin_of([firm.pk])
    rows = Matter.objects.visible_to(request.user).filter(enterprise__in=kin.values("pk"))
    found = list(rows.for_rows().order_by("-pk")[: OF_FIRM + 1])
    columns = [
        Column(_("Number"), "word"), Column(_("Matter"), "title"), Column(_("Handled by")), Column(_("Stage"), "word"),
        Column(_("Light"), "word"),
    ]  # fmt: skip
    return {
        "table": Table(columns, [_of_firm_row(Card(matter)) for matter in found[:OF_FIRM]]),
        "is_cut": len(found) > OF_FIRM,
        "list_url": f"{reverse('loop:list')}?{urlencode({'q': firm.name})}",
    }


def _of_firm_row(card: Card) -> list[Any]:
    light = Cell("" if card.light else BLANK, light=card.light)
    return [
        Cell(card.matter.number, card.href),
        Cell(card.title, card.href),
        card.units,
        Stage(card.matter.stage).label,
        light,
    ]


def lasting(request: HttpRequest, firm: Enterprise) -> Iterator[FirmEvent]:
    """Each matter that shows the firm, or that it raised, from its registration to its end or to today."""
    kin = Enterprise.objects.kin_of([firm.pk]).values("pk")
    rows = Matter.objects.visible_to(request.user).filter(Q(enterprise__in=kin) | Q(for_firm__in=kin))
    for number, title, begun, ended in rows.values_list("number", "title", "registered_at", "closed_at"):
        day = clock.local_day(begun)
        last = clock.local_day(ended) if ended else clock.today()
        yield FirmEvent(
            day, title or number, reverse("loop:matter", args=[number]), last if last > day else None
        )


PANES = (Pane("leader", "loop/panes/needs_a_word.html", needs_a_word),)
FIRM_LANES = (FirmLane("matters", gettext_lazy("Matters"), lasting, order=30),)
FIRM_PANELS = (FirmPanel(STAFF, "loop/panes/of_firm.html", of_firm),)
