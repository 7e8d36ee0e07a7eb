"""Rows that a worker writes for every row it handles: the SQL is made once for each shape and kept, as in prepared.py.

What the models refuse is refused here too: nothing that was written once is changed.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connections, models, router, transaction
from django.db.models import signals
from django.db.models.sql import UpdateQuery

from tisu.foundation.appendonly import LedgerIsAppendOnly, WrittenOnce
from tisu.foundation.prepared import Blank, filled

Shape = tuple[str, ...]
_NOTHING_YET = object()


def write(*rows: models.Model, or_skip: bool = False) -> None:
    """Insert new rows of one model in one statement; a single one then knows its key, and is told of as by save().

    `or_skip` leaves out those that a constraint says are there already; nobody is told which. ValueError for rows that
    are not new, or whose key the database is to choose and that bring one.
    """
    model = type(rows[0])
    if any(type(row) is not model or not row._state.adding for row in rows):
        raise ValueError("only new rows of one model are inserted together")
    using = router.db_for_write(model)
    connection = connections[using]
    fields, sql, returns = _insertion(model, len(rows), or_skip, using)
    if model._meta.pk not in fields and any(row.pk is not None for row in rows):
        raise ValueError("the database chooses these keys")
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in fields
    ]
    with transaction.mark_for_rollback_on_error(using), connection.cursor() as cursor:
        cursor.execute(sql, values)
        if returns:
            rows[0].pk = cursor.fetchone()[0]
    for row in rows:
        row._state.adding, row._state.db = False, using
    if len(rows) == 1 and not or_skip:  # as save() does; bulk_create tells nobody
        signals.post_save.send(
            model, instance=rows[0], created=True, raw=False, using=using, update_fields=None
        )


def write_many(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert new rows given as their plain values, one prepared statement for all; nobody is told of them.

    Keys are those that the database chooses. Every column that has no default is named: what is left out has none.
    """
    using = router.db_for_write(model)
    connection = connections[using]
    fields = [model._meta.get_field(name) for name in names]
    columns = [
        _stored(field, values, connection)
        for field, values in zip(fields, zip(*rows, strict=True), strict=False)
    ]
    if columns:
        with transaction.mark_for_rollback_on_error(using), connection.cursor() as cursor:
            cursor.executemany(_row_of(model, tuple(names), using), list(zip(*columns, strict=True)))


def change(model: type[models.Model], where: dict[str, Any], values: dict[str, Any]) -> int:
    """Update the rows whose columns are as `where` says, by equality; gives how many there were.

    ValueError for what has no place in a text made once: nothing to be equal to, or a value that is SQL itself.
    """
    if issubclass(model, WrittenOnce):
        raise LedgerIsAppendOnly(f"{model.__name__} stays as written.")
    if None in where.values() or any(hasattr(value, "resolve_expression") for value in values.values()):
        raise ValueError("only plain values are compared and written here")
    using = router.db_for_write(model)
    sql, params = _update(model, tuple(where), tuple(values), using)
    given = {f"is_{name}": value for name, value in where.items()}
    given |= {name: each.pk if isinstance(each, models.Model) else each for name, each in values.items()}
    with transaction.mark_for_rollback_on_error(using), connections[using].cursor() as cursor:
        cursor.execute(sql, filled(params, given, connections[using]))
        return cursor.rowcount


@lru_cache(maxsize=256)
def _insertion(
    model: type[models.Model], count: int, or_skip: bool, using: str
) -> tuple[Sequence[models.Field], str, bool]:
    """Its fields in order, and whether the statement gives back the key that the database chose."""
    key = model._meta.pk
    chosen = isinstance(key, models.AutoField)
    fields = [field for field in model._meta.concrete_fields if not (chosen and field is key)]
    quote = connections[using].ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {', '.join([row] * count)}"
    if or_skip:
        return fields, f"{sql} ON CONFLICT DO NOTHING", False
    returns = chosen and count == 1
    return fields, f"{sql} RETURNING {quote(key.column)}" if returns else sql, returns


def _stored(field: models.Field, values: Iterable[Any], connection: Any) -> list[Any]:
    """A column as the database takes it; what stands in many rows one after the other is put so once."""
    last, stored, column = _NOTHING_YET, None, []
    for value in values:
        if value is not last:
            last, stored = value, field.get_db_prep_save(value, connection)
        column.append(stored)
    return column


@lru_cache(maxsize=64)
def _row_of(model: type[models.Model], names: Shape, using: str) -> str:
    quote = connections[using].ops.quote_name
    columns = ", ".join(quote(model._meta.get_field(name).column) for name in names)
    places = ", ".join(["%s"] * len(names))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"


@lru_cache(maxsize=512)
def _update(model: type[models.Model], where: Shape, values: Shape, using: str) -> tuple[str, Sequence[Any]]:
    field = model._meta.get_field
    rows = model._base_manager.using(using).filter(
        **{name: Blank(f"is_{name}", field(name) if name != "pk" else model._meta.pk) for name in where}
    )
    query = rows.order_by().query.chain(UpdateQuery)
    query.add_update_values({name: Blank(name, field(name)) for name in values})
    return query.get_compiler(using=using).as_sql()
