"""Requests as rows, for the list and the pages about a firm."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tisu.loop.cards import Card
from tisu.support.models import FactorRequest
from tisu.support.states import State
from tisu.support.wording import amounts_of, what_of
from tisu.web.tables import BLANK, Cell, Column, Table
from tisu.web.templatetags.web import iso_date

FIRM = 1  # which column says whose it is


def table_of(items: Iterable[FactorRequest], *, with_firm: bool = True) -> Table:
    columns = [
        Column(pgettext("support", "Request"), "title"), Column(_("Firm")), Column(pgettext("production", "Factor"), "word"),
        Column(_("Granted of asked"), "word"), Column(_("How far"), "word"), Column(_("Light"), "word"),
        Column(_("Handled by")), Column(_("Needed by"), "date"),
    ]  # fmt: skip
    rows = [_row(item) for item in items]
    if not with_firm:
        columns.pop(FIRM)
        for row in rows:
            row.pop(FIRM)
    return Table(columns, rows)


def _row(item: FactorRequest) -> list[Any]:
    card = Card(item.matter)
    return [
        Cell(card.title, card.href),
        str(item.enterprise or BLANK),
        what_of(item),
        amounts_of(item),
        State(item.state).label,
        Cell("" if card.light else BLANK, light=card.light),
        card.units,
        iso_date(item.needed_by),
    ]
