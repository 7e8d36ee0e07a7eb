"""The list of requests as a sheet: the rows that a person sees under these filters, in the words of the page."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tisu.foundation.sheets.declared import Column, Export
from tisu.loop.cards import Card
from tisu.support.factors import Basis, Level
from tisu.support.filters import RequestFilter
from tisu.support.models import FactorRequest
from tisu.support.readers import reads_requests
from tisu.support.states import State
from tisu.support.wording import what_of
from tisu.web.templatetags.web import iso_date

AT_ONCE = 500


def _rows(user: Any, query: QueryDict) -> Iterator[FactorRequest]:
    """None for a filter that cannot be read: it is not left out of account."""
    rows = RequestFilter(query, user=user).narrowed(FactorRequest.objects.visible_to(user))
    yield from rows.for_rows().order_by("-pk").iterator(chunk_size=AT_ONCE)


REQUESTS_OUT = Export(
    code="factor-requests",
    label=_("Production factors"),
    columns=(
        Column("number", _("Number"), said=lambda row: row.matter.number),
        Column("title", pgettext_lazy("support", "Request"), said=lambda row: Card(row.matter).title),
        Column("firm", _("Firm"), said=lambda row: str(row.enterprise or "")),
        Column("factor", pgettext_lazy("production", "Factor"), said=what_of),
        Column("asked", pgettext_lazy("amount", "Asked"), said=lambda row: row.said(row.asked)),
        Column("granted", pgettext_lazy("amount", "Granted"), said=lambda row: row.said(row.granted)),
        Column("used", pgettext_lazy("amount", "Used"), said=lambda row: row.said(row.used)),
        Column("basis", _("Electricity counted by"), said=lambda row: str(Basis(row.basis).label) if row.basis else ""),
        Column("level", _("Who decides"), said=lambda row: str(Level(row.level).label)),
        Column("state", _("How far"), said=lambda row: str(State(row.state).label)),
        Column("units", _("Handled by"), said=lambda row: str(Card(row.matter).units)),
        Column("asked_on", _("Asked on"), said=lambda row: iso_date(row.asked_on)),
        Column("needed_by", _("Needed by"), said=lambda row: iso_date(row.needed_by)),
        Column("closed", _("Closed on"), said=lambda row: iso_date(row.matter.closed_at)),
    ),
    allowed=reads_requests,
    rows=_rows,
    by_persons_only=True,
)  # fmt: skip
