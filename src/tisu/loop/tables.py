"""The list of matters as a sheet: the rows that a person sees under these filters, in the words of the page."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tisu.foundation.sheets.declared import Column, Export
from tisu.loop.cards import Card
from tisu.loop.filters import MatterFilter
from tisu.loop.models import Matter
from tisu.loop.stages import Light, Stage
from tisu.loop.tiles import handles_matters
from tisu.web.templatetags.web import iso_date

AT_ONCE = 500


def _rows(user: Any, query: QueryDict) -> Iterator[Card]:
    """None for a filter that cannot be read: it is not left out of account."""
    wanted = MatterFilter(
        query, queryset=Matter.objects.visible_to(user), request=SimpleNamespace(user=user, GET=query)
    )
    if wanted.form.is_valid():
        rows = wanted.qs.for_rows().select_related("enterprise").order_by("-pk")
        yield from (Card(matter) for matter in rows.iterator(chunk_size=AT_ONCE))


MATTERS_OUT = Export(
    code="matters",
    label=_("Matters"),
    columns=(
        Column("number", _("Number"), said=lambda card: card.matter.number),
        Column("title", _("Matter"), said=lambda card: card.title),
        Column("kind", _("Kind"), said=lambda card: str(card.category)),
        Column("units", _("Handled by"), said=lambda card: str(card.units)),
        Column("stage", _("Stage"), said=lambda card: str(Stage(card.matter.stage).label)),
        Column("light", _("Light"), said=lambda card: str(Light(card.light).label) if card.light else ""),
        Column("registered", _("Registered on"), said=lambda card: iso_date(card.matter.registered_at)),
        Column("due", _("Due"), said=lambda card: iso_date(card.matter.due_at)),
        Column("closed", _("Closed on"), said=lambda card: iso_date(card.matter.closed_at)),
        Column("cycle", _("Times handled"), said=lambda card: card.matter.cycle),
    ),
    allowed=handles_matters,
    rows=_rows,
    by_persons_only=True,
)
