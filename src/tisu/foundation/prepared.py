"""Queries that are built and compiled once and then asked many times with other values.

Django builds the SQL of a query anew each time, which takes several times as long as the database takes to answer
one that goes by a key. What a worker asks for every row it handles is therefore prepared: `Blank`s stand where the
values will be, and the text that Django made of it is kept for as long as the process lives. Who asks gets what the
query set would give; nothing of the answer is kept.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connections, models
from django.db.transaction import TransactionManagementError

FIELDS: dict[type, models.Field] = {
    int: models.BigIntegerField(),
    str: models.CharField(),
    date: models.DateField(),
    datetime: models.DateTimeField(),
}


class _Place(NamedTuple):
    """Where a value goes among the parameters."""

    name: str
    field: models.Field


class Blank(models.Expression):
    """A value that is only known when the query is asked; a blank of the same name may stand in several places."""

    def __init__(self, name: str, kind: type | models.Field = int) -> None:
        super().__init__(output_field=kind if isinstance(kind, models.Field) else FIELDS[kind])
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[_Place]]:
        return "%s", [_Place(self.name, self.output_field)]


class Spelled(Blank):
    """A value that stands in the text of the query itself, where the database must see it to plan well.

    PostgreSQL plans a prepared statement without its values once it was asked a few times, and takes a search for one
    rare word for a search for anything. Only what cannot speak is spelled: ValueError for anything else.
    """

    SAFE = re.compile(r"[\w '\"&:*~-]*")

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[_Place]]:
        return self.mark(self.name), []

    @staticmethod
    def mark(name: str) -> str:
        return f"/*{name}*/''"

    @classmethod
    def written(cls, value: str | int | date | None) -> str:
        text = value.isoformat() if isinstance(value, date) else str(value)
        if value is None or not cls.SAFE.fullmatch(text):
            raise ValueError("this is not written into a query")
        return "'" + text.replace("'", "''") + "'"


class _Made(NamedTuple):
    """A query set as it was compiled, and what turns its columns into Python's values."""

    rows: models.QuerySet
    compiler: Any
    sql: str
    params: Sequence[Any]
    converters: dict


class Prepared:
    """A query set with blanks. Called with a value for each of them it gives the rows as they are now.

    `spelled` names its blanks of that kind. No list goes into a blank: what is asked of several is asked by a subquery.
    None in a blank finds nothing, as in SQL; in a spelled one it is a ValueError. Nothing is prefetched. A query that
    locks is asked inside a transaction, as always.
    """

    def __init__(self, build: Callable[[], models.QuerySet], *, spelled: Sequence[str] = ()) -> None:
        self._build, self._names = build, tuple(spelled)
        self._made: _Made | None = None

    def __call__(self, **values: Any) -> list[Any]:
        made = self._made = self._made or self._make()
        connection = connections[made.rows.db]
        if made.rows.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("A query that locks is asked within a transaction.")
        params = filled(made.params, values, connection)
        sql = self._spelled(made.sql, values)
        asking = _twin(made.compiler)
        asking.connection = connection
        asking.as_sql = lambda *_args, **_more: (sql, params)
        asking.get_converters = lambda _columns: made.converters
        asked, asked._query = _twin(made.rows), _twin(made.rows.query)
        asked._query.get_compiler = lambda *_args, **_more: asking
        return list(asked._iterable_class(asked))

    def first(self, **values: Any) -> Any | None:
        """For a query of one row at the most."""
        return next(iter(self(**values)), None)

    def _spelled(self, sql: str, values: dict[str, Any]) -> str:
        for name in self._names:
            sql = sql.replace(Spelled.mark(name), Spelled.written(values[name]))
        return sql

    def _make(self) -> _Made:
        rows = self._build()
        compiler = rows.query.get_compiler(using=rows.db)
        sql, params = compiler.as_sql()
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        return _Made(rows, compiler, sql, params, compiler.get_converters(columns))


def filled(params: Sequence[Any], values: dict[str, Any], connection: Any) -> list[Any]:
    """The parameters of a prepared text, with these values where blanks stand."""
    return [
        param.field.get_db_prep_save(values[param.name], connection) if isinstance(param, _Place) else param
        for param in params
    ]


def _twin(it: Any) -> Any:
    """Another one with the same attributes. Django's own way copies what each question leaves as it is."""
    twin = object.__new__(type(it))
    vars(twin).update(vars(it))
    return twin


def keep(row: models.Model, relation: str, found: list[models.Model], *, back: str) -> None:
    """Let a row know what hangs on it, as if it had been prefetched; `back` is the key from there to the row."""
    for each in found:
        setattr(each, back, row)
    known = getattr(row, relation).all()
    known._result_cache, known._prefetch_done = found, True
    if "_prefetched_objects_cache" not in vars(row):
        row._prefetched_objects_cache = {}
    row._prefetched_objects_cache[relation] = known
