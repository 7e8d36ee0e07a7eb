"""The sheet of work orders as the hotline's centre gives it out (工单清单). A work order is known by its number."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.standing import standing_of
from tisu.enterprises.models import Enterprise, compact_credit_code
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
from tisu.foundation.sheets.values import Reader, code, day, name, text, words_of, yes
from tisu.foundation.textnorm import to_simplified
from tisu.loop.models import Matter
from tisu.loop.queries import OVERSIGHT_ROLES
from tisu.loop.services import LONGEST_TEXT, LONGEST_TITLE
from tisu.loop.stages import Stage
from tisu.orgs.models import Unit
from tisu.voice.hotline.headers import ORDER
from tisu.voice.hotline.models import Category, WorkOrder
from tisu.voice.hotline.orders import Order, find_order, give_back, take_again, take_order
from tisu.voice.roles import takes_reports
from tisu.voice.services import units_to_name

AT_ONCE = 500


def take(row: Row, sitting: Sitting) -> Taken:
    order = _order(row)
    known = find_order(order.number)
    if known is None:
        return Taken(take_order(order, region=sitting.region, by=sitting.actor).pk, is_new=True)
    return Taken(known.pk, before=take_again(known, order))


def _order(row: Row) -> Order:
    caller = "" if row.get("secret") else " ".join(filter(None, (row.get("caller"), row.get("phone"))))
    responsible, accused = _unit(row, "responsible_unit"), _unit(row, "accused_unit")
    return Order(
        number=row["number"],
        text=row["text"],
        title=row.get("title", ""),
        category=row.get("category", ""),
        received_on=row.get("received_on"),
        due_on=row.get("due_on"),
        responsible=None if responsible == accused else responsible,
        accused=accused,
        enterprise=_firm(row),
        contact=caller,
    )


def _unit(row: Row, column: str) -> Unit | None:
    """A unit by any of its names. Whom a report accuses must be known, or the wall would be missing."""
    if column not in row:
        return None
    names = {row[column], to_simplified(row[column])}
    units = units_to_name().filter(Q(name__in=names) | Q(short_name__in=names) | Q(code__in=names))
    found = list(units[:2])
    if len(found) != 1 and column == "accused_unit":
        sentence = _("There is no one unit “%(name)s” here: write its name as it is registered.")
        raise ValidationError({column: sentence % {"name": row[column]}})
    return found[0] if len(found) == 1 else None


def _firm(row: Row) -> Enterprise | None:
    if "credit_code" not in row:
        return None
    return Enterprise.objects.filter(credit_code=compact_credit_code(row["credit_code"])).first()


def undo(taken: Taken, sitting: Sitting) -> str:
    if not taken.is_new:
        give_back(taken.pk, taken.before or {})
        return ""
    number = WorkOrder.objects.get(pk=taken.pk).report.matter.number
    return _("Report %(number)s is registered and stays: end it on its own page.") % {"number": number}


def column(
    code_: str, label: Any, read: Reader, said: Callable | None = None, *, required: bool = False
) -> Column:
    return Column(code_, label, **ORDER[code_], read=read, said=said, required=required)


def _orders(user: Any, query: QueryDict) -> Iterator[WorkOrder]:
    """Those whose report this person sees: a wall keeps its work order out too. Of a discipline report none is left."""
    rows = WorkOrder.objects.filter(report__matter__in=Matter.objects.visible_to(user)).exclude(number="")
    rows = rows.select_related(
        "report__matter", "report__responsible_unit", "report__accused_unit", "report__enterprise"
    )
    yield from rows.order_by("-pk").iterator(chunk_size=AT_ONCE)


def _name(unit: Unit | None) -> str:
    return unit.name if unit else ""


def _firm_code(order: WorkOrder) -> str:
    return order.report.enterprise.credit_code if order.report.enterprise else ""


COLUMNS = (
    column("number", gettext_lazy("Work order"), code(40), lambda order: order.number, required=True),
    column("title", gettext_lazy("In one line"), text(LONGEST_TITLE), lambda order: order.report.title),
    column("text", gettext_lazy("What happened?"), words_of(LONGEST_TEXT), lambda order: order.report.text, required=True),
    column("category", gettext_lazy("Category of the hotline"), text(80), lambda order: order.category),
    column("received_on", gettext_lazy("Received by the hotline on"), day, lambda order: order.received_on),
    column("due_on", gettext_lazy("The hotline expects an answer by"), day, lambda order: order.due_on),
    column("responsible_unit", gettext_lazy("Unit that could solve it"), name(80), lambda order: _name(order.report.responsible_unit)),
    column("accused_unit", gettext_lazy("Accused unit"), name(80), lambda order: _name(order.report.accused_unit)),
    column("credit_code", gettext_lazy("Unified social credit code"), code(18), _firm_code),
    column("caller", gettext_lazy("Caller"), text(60)),
    column("phone", gettext_lazy("Caller's phone"), text(60)),
    column("secret", gettext_lazy("Keep the caller confidential"), yes),
)  # fmt: skip
# Who called stays sealed: it is opened one by one, for a reason and by two persons.
OUTGOING = (
    *COLUMNS,
    Column("matter", gettext_lazy("Matter"), said=lambda order: order.report.matter.number),
    Column("stage", gettext_lazy("Stage"), said=lambda order: str(Stage(order.report.matter.stage).label)),
)


HOTLINE = Import(
    code="hotline",
    label=gettext_lazy("Work orders of 12345"),
    columns=COLUMNS,
    allowed=takes_reports,
    take=one_by_one(take),
    undo=undone_one_by_one(undo),
    key=("number",),
    note=gettext_lazy(
        "Each becomes a report with its clocks. Handed in again, a work order is brought up to date."
    ),
    order=60,
    private=True,
)
HOTLINE_OUT = Export(
    "hotline", gettext_lazy("Work orders of 12345"), OUTGOING, takes_reports, _orders, by_persons_only=True
)


def categories_of(user: Any) -> QuerySet[Category]:
    """Those of one's own region."""
    regions = standing_of(user).regions(*OVERSIGHT_ROLES)
    return Category.objects.filter(region__in=regions).select_related("responsible_unit")


def _categories(user: Any, query: QueryDict) -> Iterator[Category]:
    yield from sorted(categories_of(user), key=lambda row: (row.is_known, row.name))


CATEGORIES_OUT = Export(
    "categories",
    gettext_lazy("Categories of 12345"),
    (
        Column("name", gettext_lazy("Category of the hotline"), said=lambda row: row.name),
        Column("screening", gettext_lazy("Probably"), said=lambda row: str(row.get_screening_display())),
        Column("topic", gettext_lazy("Topic"), said=lambda row: row.topic),
        Column("responsible_unit", gettext_lazy("Unit that could solve it"), said=lambda row: _name(row.responsible_unit)),
    ),
    takes_reports,
    _categories,
    by_persons_only=True,
)  # fmt: skip
