"""A matter with everything that hangs on it, read once so that it can be copied many times.

What hangs on a matter follows from the models: every table with a key to it, or to what hangs on it. A copy is a
matter of its own: new keys, a new number, new values where a column must be unique, its own search entry and its
own chain. Messages to people stay with the original: they name their subject without a key.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import models

from tisu.audit.chain import canonical
from tisu.audit.facts import facts_of
from tisu.bench.rows import Table
from tisu.foundation.models import SearchEntry
from tisu.foundation.search import search_form
from tisu.loop.clocks import Clocks, dates_of
from tisu.loop.findable import SEARCH_SUBJECT
from tisu.loop.models import Clock, Event, Matter

Rows = dict[type[models.Model], list[dict[str, Any]]]


def hanging() -> list[type[models.Model]]:
    """Matter first, then every model below it, each after those it hangs on."""
    found: list[type[models.Model]] = [Matter]
    for model in found:
        for relation in model._meta.get_fields(include_hidden=True):
            other = relation.related_model
            if relation.one_to_many or (relation.one_to_one and relation.auto_created):
                found += [other] if other not in found and _is_copied(other) else []
    return found


def _is_copied(model: type[models.Model]) -> bool:
    """A key that is no number is part of a seal (tisu.foundation.sealed): a copy could never be opened."""
    return isinstance(model._meta.pk, models.AutoField | models.OneToOneField)


@dataclass
class Family:
    """One original: its rows by model, each in the order of its key, and how its search entry reads."""

    rows: Rows
    entry: dict[str, Any] | None = None
    running: int = 0

    @property
    def matter(self) -> dict[str, Any]:
        return self.rows[Matter][0]


def read_family(pk: int, models_below: list[type[models.Model]]) -> Family:
    rows: Rows = {Matter: list(Matter.objects.filter(pk=pk).values(*_columns(Matter)))}
    for model in models_below[1:]:
        rows[model] = _hung_on(model, rows)
    entry = SearchEntry.objects.filter(subject=SEARCH_SUBJECT, object_id=pk).values().first()
    running = sum(row["stopped_at"] is None and not row["is_void"] for row in rows[Clock])
    return Family(rows, entry, running)


def _hung_on(model: type[models.Model], rows: Rows) -> list[dict[str, Any]]:
    """The rows that name one of these by the first of their keys: what is theirs, not what only mentions them."""
    key = keys_within(model, rows)[0]
    named = [row[_pk(key.related_model)] for row in rows[key.related_model]]
    found = model._base_manager.filter(**{f"{key.name}__in": named})
    return list(found.order_by("pk").values(*_columns(model)))


def keys_within(model: type[models.Model], rows: Rows) -> list[models.ForeignKey]:
    """The keys of a model to what is copied with it, itself apart."""
    return [
        each
        for each in model._meta.concrete_fields
        if isinstance(each, models.ForeignKey)
        and each.related_model in rows
        and each.related_model is not model
    ]


def _columns(model: type[models.Model]) -> list[str]:
    return [each.attname for each in model._meta.concrete_fields]


def _pk(model: type[models.Model]) -> str:
    return model._meta.pk.attname


# --- Moving an original in time ---------------------------------------------------------------------------


def moved(family: Family, weeks: int) -> Family | None:
    """The same story so many weeks earlier; None where holidays would give one of its clocks another date."""
    if not weeks:
        return family
    rows: Rows = {model: [_earlier(row, weeks) for row in found] for model, found in family.rows.items()}
    earlier = Family(rows, family.entry, family.running)
    return earlier if _keeps_its_dates(earlier) else None


def _earlier(row: dict[str, Any], weeks: int) -> dict[str, Any]:
    by = timedelta(weeks=weeks)
    return {name: value - by if isinstance(value, date) else value for name, value in row.items()}


def _keeps_its_dates(family: Family) -> bool:
    """Every clock, and the matter by the clock that judges it, says what its facts say."""
    clocks = list(_clocks(family))
    if any(getattr(row, name) != value for row in clocks for name, value in dates_of(row).items()):
        return False
    matter = Matter(**family.matter)
    judged = Clocks(matter, fresh=True)
    judged.rows.extend(row for row in clocks if row.cycle == matter.cycle and not row.is_void)
    return all(family.matter[name] == value for name, value in judged.dates().items())


def _clocks(family: Family) -> Iterator[Clock]:
    """The clocks as objects that know their pauses, extensions and alarms without asking the database."""
    matter = Matter(**family.matter)
    for facts in family.rows[Clock]:
        row = Clock(**facts)
        row.matter = matter
        row._prefetched_objects_cache = {
            relation.get_accessor_name(): [
                relation.related_model(**each)
                for each in family.rows[relation.related_model]
                if each[relation.field.attname] == row.pk
            ]
            for relation in Clock._meta.related_objects
        }
        yield row


# --- What a copy is written from --------------------------------------------------------------------------


@dataclass
class Mould:
    """An original as prepared rows, with the places that differ from copy to copy.

    `keys` are (place, model, how many-eth row there); `said` the canonical facts of each event in order.
    """

    rows: dict[type[models.Model], list[tuple[list[Any], list[tuple[int, type[models.Model], int]]]]]
    said: list[bytes]
    entry: tuple[list[Any], str, list[str]] | None
    running: int
    fresh: dict[type[models.Model], list[tuple[int, int]]] = field(default_factory=dict)


def mould_of(family: Family, tables: dict[type[models.Model], Table]) -> Mould:
    family.rows[Event].sort(key=lambda row: row["seq"])
    orders = {
        model: {row[_pk(model)]: n for n, row in enumerate(rows)} for model, rows in family.rows.items()
    }
    rows = {
        model: [
            (tables[model].prepared(row), list(_keys(model, row, tables[model], orders))) for row in found
        ]
        for model, found in family.rows.items()
    }
    said = [canonical(facts_of(Event(**row))) for row in family.rows[Event]]
    fresh = {model: list(_unique(model, table)) for model, table in tables.items() if model is not Matter}
    return Mould(rows, said, _entry(family, tables[SearchEntry]), family.running, fresh)


def _keys(model: type[models.Model], row: dict[str, Any], table: Table, orders: dict) -> Iterator[tuple]:
    """Keys to what is outside of the family stay as they are."""
    for key in keys_within(model, orders):
        nth = orders[key.related_model].get(row[key.attname])
        if nth is not None:
            yield table.places[key.attname], key.related_model, nth


def _unique(model: type[models.Model], table: Table) -> Iterator[tuple[int, int]]:
    for each in model._meta.concrete_fields:
        if each.unique and not each.primary_key and each.max_length and not each.is_relation:
            yield table.places[each.attname], each.max_length


def _entry(family: Family, table: Table) -> tuple[list[Any], str, list[str]] | None:
    """The search entry with the number taken out: the text after it stays, and the tokens without its parts."""
    if family.entry is None:
        return None
    number = search_form(family.matter["number"])
    tokens = [token for token in family.entry["tokens"].split() if token not in number.split("-")]
    return table.prepared(family.entry), number, tokens
