"""What the spine shows of a firm: its matters to its staff, what it raised on its own side, a lane of its time line."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.enterprises.models import Enterprise
from tisu.enterprises.panels import OWN, STAFF
from tisu.foundation import clock
from tisu.foundation.rooms import FirmEvent, FirmLane, FirmPanel, FirmRecord
from tisu.loop.cards import Card
from tisu.loop.kinds import kind_of, kinds_with_own_panel
from tisu.loop.models import Matter
from tisu.loop.offers import UnitChoices, single_offer
from tisu.loop.queries import MatterQuerySet
from tisu.loop.stages import OPEN, Result, Stage
from tisu.web.tables import BLANK, Cell, Column, Table

OF_FIRM, RAISED = 10, 6
ANSWERS = ("rate",)  # what whoever raised a matter is asked for


def of_firm(request: HttpRequest, firm: Enterprise) -> dict[str, Any]:
    """The newest matters that show the firm: never those that only concern it, nor those in a panel of their room."""
    kin = firm.kin
    rows = Matter.objects.visible_to(request.user).filter(enterprise__in=kin)
    rows = rows.exclude(kind__in=kinds_with_own_panel())
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


def raised(request: HttpRequest, firm: Enterprise) -> dict[str, Any]:
    """What the firm raised, and what this person reported: the open ones first, each with the word that is waited for."""
    kin = firm.kin
    own = Q(for_firm__in=kin) | Q(for_firm=None, requester=request.user)
    rows = Matter.objects.visible_to(request.user).filter(own).for_cards().for_actor(request.user)
    found = list(rows.order_by(F("closed_at").desc(nulls_first=True), "-pk")[: RAISED + 1])
    choices = UnitChoices()
    return {
        "cards": [_card(request, matter, choices) for matter in found[:RAISED]],
        "is_cut": len(found) > RAISED,
        "list_url": reverse("loop:list"),
    }


def _card(request: HttpRequest, matter: Matter, choices: UnitChoices) -> Card:
    offer = single_offer(matter, request.user, ANSWERS, back=request.path, choices=choices)
    return Card(matter, (offer,) if offer else (), note=str(Stage(matter.stage).label))


TOLD = ("number", "title", "stage", "registered_at", "closed_at")


def lasting(request: HttpRequest, firm: Enterprise) -> Iterator[FirmEvent]:
    """Each matter that shows the firm, or that it raised, from its registration to its end or to today."""
    rows = _of(request, firm).exclude(kind__in=kinds_with_own_panel())
    for number, title, stage, begun, ended in rows.values_list(*TOLD):
        day = clock.local_day(begun)
        last = clock.local_day(ended) if ended else None
        url = reverse("loop:matter", args=[number])
        yield FirmEvent(day, title or number, url, last, is_open=stage in OPEN)


def kept(request: HttpRequest, firm: Enterprise) -> Iterator[Iterable[Any]]:
    for matter in _of(request, firm).order_by("-pk"):
        result = Result(matter.result).label if matter.result else ""
        yield (
            matter.number, matter.title, kind_of(matter).label, Stage(matter.stage).label,
            clock.local_day(matter.registered_at), matter.due_at and clock.local_day(matter.due_at), result,
        )  # fmt: skip


def _of(request: HttpRequest, firm: Enterprise) -> MatterQuerySet:
    kin = firm.kin
    return Matter.objects.visible_to(request.user).filter(Q(enterprise__in=kin) | Q(for_firm__in=kin))


FIRM_PANELS = (
    FirmPanel(STAFF, "loop/panes/of_firm.html", of_firm),
    FirmPanel(OWN, "loop/panes/raised.html", raised, order=10),
)
FIRM_LANES = (FirmLane("matters", gettext_lazy("Matters"), lasting, order=30),)
FIRM_RECORDS = (
    FirmRecord(
        "matters", gettext_lazy("Matters"),
        (gettext_lazy("Number"), gettext_lazy("Matter"), gettext_lazy("Kind"), gettext_lazy("Stage"),
         gettext_lazy("Registered on"), gettext_lazy("Due"), gettext_lazy("Result")),
        kept, order=50,
    ),
)  # fmt: skip
