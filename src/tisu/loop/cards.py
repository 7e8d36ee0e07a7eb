"""A matter as a card or a row: the same words on the desk, in lists and on the leader's page."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from tisu.foundation.listed import listed
from tisu.loop.asked import DECISIONS, Ask
from tisu.loop.daywords import remaining_words
from tisu.loop.kinds import kind_of
from tisu.loop.models import Matter
from tisu.loop.offers import Offer
from tisu.loop.stages import Stage
from tisu.web.tables import Tick
from tisu.web.templatetags.web import han_date

EXCERPT = 120
STOPS = "。.!！?？…"
UNDECIDED = (Stage.DRAFT, Stage.PENDING_APPROVAL, Stage.REGISTERED, Stage.ASSIGNED)


@dataclass(frozen=True)
class Card:
    """Plain values for web/components/matter_card.html. `asks` wait for the reader's decision, each with its buttons;
    `tick` is there where several matters can be ticked."""

    matter: Matter
    offers: tuple[Offer, ...] = ()
    note: str = ""
    asks: tuple[Ask, ...] = ()
    tick: Tick | None = None

    @property
    def id(self) -> str:
        return f"matter-{self.matter.number}"

    @property
    def own_offers(self) -> list[Offer]:
        """What is done about the matter itself; deciding stands beside what is asked."""
        return [offer for offer in self.offers if not (self.asks and offer.code in DECISIONS)]

    @property
    def body(self) -> str:
        return "loop/parts/asks.html" if self.asks else ""

    @cached_property
    def href(self) -> str:
        return reverse("loop:matter", args=[self.matter.number])

    @property
    def title(self) -> str:
        return title_of(self.matter)

    @property
    def category(self) -> Any:
        return kind_of(self.matter).label

    @property
    def light(self) -> str:
        return light_of(self.matter)

    @property
    def remaining(self) -> str:
        """What is left; where no clock runs yet, since when it waits."""
        waits = self.matter.is_open and self.matter.due_at is None
        return (
            _("registered %(day)s") % {"day": han_date(self.matter.registered_at)}
            if waits
            else remaining_words(self.matter)
        )

    @property
    def assigned_units(self) -> str:
        """Empty where the list itself says that nobody has it yet."""
        return self.units if self.matter.lead else ""

    @property
    def excerpt(self) -> str:
        """What it is about, while someone has yet to decide on it; not what the title says already."""
        matter = self.matter
        if matter.is_bare or matter.stage not in UNDECIDED:
            return ""
        text = matter.text.strip()
        return "" if text.rstrip(STOPS) == matter.title.rstrip(STOPS) else Truncator(text).chars(EXCERPT)

    @property
    def units(self) -> str:
        return units_of(self.matter)


def title_of(matter: Matter) -> str:
    return _("Content taken out (discipline report)") if matter.is_bare else matter.title


def light_of(matter: Matter) -> str:
    """Nothing where no clock runs: a matter not yet assigned is neither in time nor late."""
    return matter.light if matter.verdict or (matter.due_at and matter.is_open) else ""


def units_of(matter: Matter) -> str:
    if matter.lead is None:
        return _("not yet assigned")
    names = listed(row.unit for row in matter.co_assignments)
    return (
        _("%(lead)s · with %(co_units)s") % {"lead": matter.lead.unit, "co_units": names}
        if names
        else str(matter.lead.unit)
    )
