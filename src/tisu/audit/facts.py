"""The facts of a chained row: off the row as it is written, and off the database as it stands.

Both give the same plain values: whole numbers, texts, nulls, and times as `2023-05-22 01:00:00.000000` in UTC.
Off the database they are read as raw text, because a parser would forgive what a chain must not.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import OperationalError, connection, models

from tisu.foundation import clock

# On SQLite a whole second stands without a fraction. What has another length was not written by us: it stays as
# it is and fits nothing.
_TIME = {
    "sqlite": "CASE length({name}) WHEN 19 THEN {name} || '.000000' ELSE {name} || '' END",
    "postgresql": "to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
}
_DAY = {"sqlite": "{name} || ''", "postgresql": "{name}::text"}


def fact_fields(model: type[models.Model]) -> list[models.Field]:
    """The columns that the model's `FACTS` name, in their order."""
    return [model._meta.get_field(name) for name in model.FACTS]


def facts_of(row: models.Model) -> tuple:
    return tuple(plain(getattr(row, field.attname)) for field in fact_fields(type(row)))


def plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, date) else value


def day_of(text: str | None) -> str:
    """The county's day of a time that was read as text; what is no time stays as it is."""
    try:
        return clock.local_day(datetime.fromisoformat(str(text)).replace(tzinfo=UTC)).isoformat()
    except ValueError:
        return str(text)


def columns(fields: Iterable[models.Field], table: str) -> str:
    """What SELECT reads these columns raw, of the table or its alias."""
    return ", ".join(raw_column(field, table) for field in fields)


def raw_column(field: models.Field, table: str) -> str:
    name = f"{table}.{connection.ops.quote_name(field.column)}"
    if isinstance(field, models.DateTimeField):
        return _TIME[connection.vendor].format(name=name)
    return _DAY[connection.vendor].format(name=name) if isinstance(field, models.DateField) else name


def read_raw(sql: str, params: Sequence[Any] = ()) -> list[tuple]:
    """The rows as they stand, also where a text is none: on SQLite anything can be forced into a column."""
    try:
        return _fetched(sql, params)
    except OperationalError as fault:
        if connection.vendor != "sqlite" or "decode" not in str(fault):
            raise
    kept = connection.connection.text_factory
    connection.connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
    try:
        return _fetched(sql, params)
    finally:
        connection.connection.text_factory = kept


def _fetched(sql: str, params: Sequence[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
