"""Further lists of the register as sheets: visits, likely duplicates, parks. What a page keeps back, the sheet does too."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tisu.accounts.standing import Standing, standing_of
from tisu.enterprises.duplicates import REASONS, waiting_pairs
from tisu.enterprises.forms import parks_of
from tisu.enterprises.models import Enterprise, LikelyPair, Park, Visit
from tisu.enterprises.queries import reads_the_register
from tisu.enterprises.services import keeps_register
from tisu.enterprises.visits_seen import days_of, kind_of, month_asked, purpose_of, visits_in, who_comes
from tisu.foundation.listed import listed
from tisu.foundation.sheets.declared import Column, Export

AT_ONCE = 500
Told = tuple[Visit, Standing]


def sees_visits(user: Any) -> bool:
    """Units read the calendar of all firms, a firm its own."""
    return reads_the_register(user) or bool(standing_of(user).enterprises)


def _visits(user: Any, query: QueryDict) -> Iterator[Told]:
    """Those of a month; of one firm where it is named, and that is one which this person sees."""
    firms, standing = Enterprise.objects.visible_to(user), standing_of(user)
    if "firm" in query:
        firms = firms.answering_to(query["firm"])
    kin = Enterprise.objects.kin_of(firms.values("pk"))
    rows = visits_in(month_asked(query.get("month", ""))).filter(enterprise__in=kin.values("pk"))
    for visit in rows.iterator(chunk_size=AT_ONCE):
        yield visit, standing


def _firm(told: Told) -> Enterprise:
    return told[0].enterprise.survivor or told[0].enterprise


def _pairs(user: Any, query: QueryDict) -> Iterator[LikelyPair]:
    rows = waiting_pairs(Enterprise.objects.kept_by(user)).select_related("first", "second")
    yield from rows.order_by("-pk").iterator(chunk_size=AT_ONCE)


def _parks(user: Any, query: QueryDict) -> Iterator[Park]:
    yield from parks_of(user).iterator(chunk_size=AT_ONCE)


VISITS_OUT = Export(
    code="visits",
    label=_("Calendar of visits"),
    columns=(
        Column("days", _("Days"), said=lambda told: days_of(told[0])),
        Column("firm", _("Firm"), said=lambda told: _firm(told).name),
        Column("credit_code", _("Unified social credit code"), said=lambda told: _firm(told).credit_code),
        Column("unit", _("Who comes"), said=lambda told: who_comes(told[1], told[0])),
        Column("kind", _("Kind"), said=lambda told: kind_of(told[1], told[0])),
        Column("purpose", _("What for"), said=lambda told: purpose_of(told[1], told[0])),
        Column("state", _("State"), said=lambda told: str(told[0].state.label)),
    ),
    allowed=sees_visits,
    rows=_visits,
    by_persons_only=True,
)
PAIRS_OUT = Export(
    code="duplicates",
    label=_("Likely duplicates"),
    columns=(
        Column("first", _("Name"), said=lambda pair: pair.first.name),
        Column("first_code", _("Unified social credit code"), said=lambda pair: pair.first.credit_code),
        Column("second", _("The other's name"), said=lambda pair: pair.second.name),
        Column("second_code", _("The other's credit code"), said=lambda pair: pair.second.credit_code),
        Column("why", _("Reason"), said=lambda pair: listed(REASONS[code] for code in pair.reasons if code in REASONS)),
    ),
    allowed=keeps_register,
    rows=_pairs,
    by_persons_only=True,
)  # fmt: skip
PARKS_OUT = Export(
    code="parks",
    label=_("Parks"),
    columns=(
        Column("name", _("Park"), said=lambda park: park.name),
        Column("region", _("Township"), said=lambda park: str(park.region)),
    ),
    allowed=keeps_register,
    rows=_parks,
    by_persons_only=True,
)
