"""The list of firms. A firm is known by its credit code; what the sheet leaves empty stays as it is registered."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tisu.enterprises.bulk import fault_of, register_many
from tisu.enterprises.findable import SUBJECT
from tisu.enterprises.forms import SearchForm
from tisu.enterprises.headers import FIRM, LEGAL_KINDS, SCALES
from tisu.enterprises.models import Enterprise, LikelyPair, ScaleMonths, compact_credit_code
from tisu.enterprises.queries import reads_the_register
from tisu.enterprises.services import keeps_register, update_firm
from tisu.enterprises.tables.known import Known
from tisu.enterprises.tables.months import months_of
from tisu.foundation import search
from tisu.foundation.sheets.declared import (
    Column,
    Export,
    Import,
    Outcome,
    Refused,
    Row,
    Sitting,
    Taken,
    faults_of,
    take_away,
    undone_one_by_one,
)
from tisu.foundation.sheets.values import Given, choice, code, day, month, name, text, yes, yuan
from tisu.orgs.models import within

# What a row says of the firm itself; the rest says when it was above designated size.
OF_THE_FIRM = (
    "name", "region", "park", "address", "legal_kind", "industry", "business", "registered_capital", "started_on",
    "deregistered_on", "parent", "source",
)  # fmt: skip
AT_ONCE = 500


def take(rows: Sequence[Row], sitting: Sitting) -> list[Outcome]:
    """Known firms are changed one by one, new ones entered all together."""
    known = Known(rows, sitting)
    outcomes: list[Outcome | None] = [None] * len(rows)
    new: dict[int, Enterprise] = {}
    for place, row in enumerate(rows):
        try:
            facts = known.facts_of({what: row[what] for what in OF_THE_FIRM if what in row})
            months = months_of(row, facts, sitting)
        except ValidationError as fault:
            outcomes[place] = Refused(faults_of(fault))
            continue
        firm = known.firm(row["credit_code"])
        if firm:
            outcomes[place] = _changed(firm, facts, months, sitting)
        else:
            firm = Enterprise(
                credit_code=compact_credit_code(row["credit_code"]), **known.of_a_new_one(facts)
            )
            fault = fault_of(sitting.actor, firm)
            if fault:
                outcomes[place] = Refused(faults_of(fault))
            else:
                new[place] = firm
                firm.months = months
    register_many(sitting.actor, list(new.values()), source=sitting.source, trial=sitting.trial)
    if not sitting.trial:
        ScaleMonths.objects.bulk_create(
            ScaleMonths(enterprise=firm, **firm.months) for firm in new.values() if firm.months
        )
    for place, firm in new.items():
        outcomes[place] = Taken(firm.pk, is_new=True)
    return outcomes


def _changed(
    firm: Enterprise, facts: dict[str, Any], months: dict[str, Any] | None, sitting: Sitting
) -> Outcome:
    before = {what: plain(getattr(firm, what)) for what in facts if getattr(firm, what) != facts[what]}
    try:
        with transaction.atomic():
            if before:
                update_firm(actor=sitting.actor, firm=firm, expected_version=firm.version, **facts)
            if months and not firm.scale_months.filter(last=None).exists():
                row = ScaleMonths.objects.create(enterprise=firm, **months)
                before["months"] = row.pk
    except ValidationError as fault:
        return Refused(faults_of(fault))
    return Taken(firm.pk, before=before or None)


def plain(value: Any) -> Any:
    """A value as JSON can keep it."""
    if isinstance(value, date):
        return value.isoformat()
    return value.pk if hasattr(value, "pk") else value


def undo(taken: Taken, sitting: Sitting) -> str:
    """A new firm goes where nothing hangs on it; a changed one gets back what the file changed."""
    if taken.is_new:
        ScaleMonths.objects.filter(enterprise=taken.pk).delete()
        LikelyPair.objects.filter(Q(first=taken.pk) | Q(second=taken.pk)).delete()
        search.forget_many(SUBJECT, [taken.pk])
        return take_away(Enterprise, taken.pk)
    before = dict(taken.before or {})
    ScaleMonths.objects.filter(pk=before.pop("months", None)).delete()
    if before:
        firm = Enterprise.objects.get(pk=taken.pk)
        facts = {what: _restored(what, value) for what, value in before.items()}
        update_firm(actor=sitting.actor, firm=firm, expected_version=firm.version, **facts)
    return ""


def _restored(what: str, value: Any) -> Any:
    field = Enterprise._meta.get_field(what)
    if field.is_relation:
        return None if value is None else field.related_model._base_manager.get(pk=value)
    return field.to_python(value)


def whole_yuan(given: Given) -> int:
    return int(yuan(given))


def _rows(user: Any, query: QueryDict) -> Iterator[Enterprise]:
    """None for a filter that cannot be read. Without a user: the whole register of this installation."""
    if user is None:
        rows = Enterprise.objects.filter(within("region_id", settings.REGION), survivor=None)
    else:
        search_form = SearchForm(query, user=user)
        if not search_form.is_valid():
            return
        rows = search_form.narrowed(Enterprise.objects.visible_to(user))
    rows = rows.for_rows().select_related("region", "park", "industry", "parent").order_by("-pk")
    yield from rows.iterator(chunk_size=AT_ONCE)


def _word(words: dict[str, Any], meaning: Any) -> str:
    return next((word for word, means in words.items() if means == meaning), "")


COLUMNS = (
    Column("credit_code", _("Unified social credit code"), **FIRM["credit_code"], read=code(30), required=True, said=lambda firm: firm.credit_code),
    Column("name", _("Name"), **FIRM["name"], read=name(80), required=True, said=lambda firm: firm.name),
    Column("region", _("Township"), **FIRM["region"], read=name(60), said=lambda firm: firm.region.name),
    Column("park", _("Park"), **FIRM["park"], read=name(60), said=lambda firm: firm.park.name if firm.park else ""),
    Column("address", _("Address"), **FIRM["address"], read=text(160), said=lambda firm: firm.address),
    Column("legal_kind", _("Legal kind"), **FIRM["legal_kind"], read=choice(LEGAL_KINDS), said=lambda firm: _word(LEGAL_KINDS, firm.legal_kind)),
    Column("industry", _("Industry"), **FIRM["industry"], read=text(60), said=lambda firm: str(firm.industry or "")),
    Column("business", _("Main business"), **FIRM["business"], read=text(400), said=lambda firm: firm.business),
    Column("registered_capital", _("Registered capital in yuan"), **FIRM["registered_capital"], read=whole_yuan, said=lambda firm: firm.registered_capital),
    Column("started_on", _("Established on"), **FIRM["started_on"], read=day, said=lambda firm: firm.started_on),
    Column("deregistered_on", _("Deregistered on"), **FIRM["deregistered_on"], read=day, said=lambda firm: firm.deregistered_on),
    Column("parent", _("Credit code of the parent firm"), **FIRM["parent"], read=code(30), said=lambda firm: firm.parent.credit_code if firm.parent else ""),
    Column("above", _("Above designated size"), **FIRM["above"], read=yes, said=lambda firm: firm.is_above_scale),
    Column("scale", _("Category above size"), **FIRM["scale"], read=choice(SCALES)),
    Column("scale_from", _("Above size from month"), **FIRM["scale_from"], read=month),
    Column("source", _("Source"), **FIRM["source"], read=text(80), said=lambda firm: firm.source),
)  # fmt: skip

FIRMS = Import(
    code="enterprises",
    label=_("Firms"),
    columns=COLUMNS,
    allowed=keeps_register,
    take=take,
    undo=undone_one_by_one(undo),
    key=("credit_code",),
    note=_(
        "Credit code and name; township, industry, months above designated size and whatever else your list has."
    ),
    order=40,
)
FIRMS_OUT = Export("enterprises", _("Firms"), COLUMNS, reads_the_register, _rows)
