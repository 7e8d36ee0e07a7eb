"""Figures of firms as a table: one row is one measure of one firm in one period, and says what sort of figure it is."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tisu.enterprises.amounts import Amount, NotAnAmount, read_amount
from tisu.enterprises.figure_rules import in_its_place
from tisu.enterprises.figures import record_figure
from tisu.enterprises.headers import FIGURE, MEASURES, ORIGINS, STATEMENTS
from tisu.enterprises.models import Figure, Origin
from tisu.enterprises.periods import NotAPeriod, Period, read_period
from tisu.enterprises.queries import reads_the_register
from tisu.enterprises.services import keeps_register
from tisu.enterprises.tables.known import one_firm
from tisu.foundation.sheets import words
from tisu.foundation.sheets.declared import (
    Column,
    Export,
    Import,
    Row,
    Sitting,
    Taken,
    one_by_one,
    undone_one_by_one,
)
from tisu.foundation.sheets.values import Given, Misread, choice, code, day, name, text
from tisu.foundation.signatures import as_read
from tisu.foundation.textnorm import narrow
from tisu.orgs.models import within

AT_ONCE = 500


def period(given: Given) -> Period:
    try:
        return read_period(given.text)
    except NotAPeriod as fault:
        raise Misread(str(fault)) from fault


def with_unit(given: Given) -> str:
    """As it was written, with the unit above the column where the cell is a bare number; read with the measure."""
    unit = words.UNIT_OF_HEADER.search(narrow(given.header))
    bare = narrow(given.text).replace(",", "").replace(".", "").strip().isdigit()
    return given.text + words.UNITS[unit[1]] if unit and bare else given.text


def take(row: Row, sitting: Sitting) -> Taken:
    """Another amount than the one that stands takes its place, with the file as the reason."""
    firm, stretch = one_firm(row, sitting), row["period"]
    said = {
        "measure": row["measure"],
        "status": row["status"],
        "origin": row.get("origin", Origin.FIRM),
        "source": row["source"],
        "consent": row.get("consent", ""),
        "said_on": row.get("said_on", sitting.today),
    }
    place = Figure(
        enterprise=firm,
        measure=said["measure"],
        status=said["status"],
        grain=stretch.grain,
        last=stretch.last,
    )
    before = in_its_place(place)
    kept = record_figure(
        actor=sitting.actor, firm=firm, period=stretch, amount=_amount(row), replacing=before,
        reason=sitting.source, **said,
    )  # fmt: skip
    if before is None:
        return Taken(kept.pk, is_new=True)
    return Taken(kept.pk, before=None if kept.pk == before.pk else {"replaced": before.pk})


def _amount(row: Row) -> Amount:
    try:
        return read_amount(row["measure"], row["amount"])
    except NotAnAmount as fault:
        raise ValidationError({"amount": str(fault)}) from fault


def undo(taken: Taken, sitting: Sitting) -> str:
    """What the file brought goes; what it took the place of stands again."""
    figure = Figure.objects.get(pk=taken.pk)
    if not figure.is_standing:
        return _("It was corrected or taken back meanwhile and stays.")
    figure.delete()
    Figure.objects.filter(pk=(taken.before or {}).get("replaced")).update(replaced_at=None)
    return ""


def _rows(user: Any, query: QueryDict) -> Iterator[Figure]:
    """Without a user: those of the whole register of this installation."""
    if user is None:
        rows = Figure.objects.standing().filter(within("enterprise__region_id", settings.REGION))
    else:
        rows = Figure.objects.visible_to(user).standing()
    rows = rows.select_related("enterprise__survivor").order_by("-pk")
    yield from rows.iterator(chunk_size=AT_ONCE)


def _firm(figure: Figure) -> Any:
    return figure.enterprise.survivor or figure.enterprise


COLUMNS = (
    Column("credit_code", gettext_lazy("Unified social credit code"), **FIGURE["credit_code"], read=code(30), said=lambda row: _firm(row).credit_code),
    Column("firm", gettext_lazy("Firm"), **FIGURE["firm"], read=name(80), said=lambda row: _firm(row).name),
    Column("measure", gettext_lazy("Measure"), **FIGURE["measure"], read=choice(MEASURES), required=True, said=lambda row: row.get_measure_display()),
    Column("status", gettext_lazy("Statement"), **FIGURE["status"], read=choice(STATEMENTS), required=True, said=lambda row: row.get_status_display()),
    Column("period", gettext_lazy("Period"), **FIGURE["period"], read=period, required=True, said=lambda row: row.period.words()),
    Column("amount", pgettext_lazy("figure", "Amount"), **FIGURE["amount"], read=with_unit, required=True, said=lambda row: row.amount.words(row.measure)),
    Column("origin", gettext_lazy("From whom"), **FIGURE["origin"], read=choice(ORIGINS), said=lambda row: row.get_origin_display()),
    Column("source", gettext_lazy("Source"), **FIGURE["source"], read=text(120), required=True, said=lambda row: as_read(row.source)),
    Column("consent", gettext_lazy("How the firm agreed"), **FIGURE["consent"], read=text(120), said=lambda row: as_read(row.consent)),
    Column("said_on", gettext_lazy("Said on"), **FIGURE["said_on"], read=day, said=lambda row: row.said_on),
)  # fmt: skip

FIGURES = Import(
    code="figures",
    label=gettext_lazy("Figures of firms"),
    columns=COLUMNS,
    allowed=keeps_register,
    take=one_by_one(take),
    undo=undone_one_by_one(undo),
    key=("credit_code", "firm", "measure", "status", "period"),
    note=gettext_lazy(
        "Output, revenue, sales, tax, people, electricity: each with its period, unit and source, told apart as actual, "
        "forecast or target. Never what firms report to the statistics bureau."
    ),
    order=60,
)
FIGURES_OUT = Export("figures", gettext_lazy("Figures of firms"), COLUMNS, reads_the_register, _rows)
