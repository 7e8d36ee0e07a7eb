"""Writing many rows at once, as they stand: COPY on PostgreSQL, one prepared statement on SQLite.

The load of a benchmark is the only thing that is written past the models, and only into a database that the
benchmark made for itself and drops again (place.py).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

from tisu.foundation.statistics import refresh_statistics


class Table:
    """The table of a model: its columns in order, and the next free key where keys are whole numbers."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.fields = list(model._meta.concrete_fields)
        self.places = {field.attname: place for place, field in enumerate(self.fields)}
        self.key = model._meta.pk.attname
        self.counts = isinstance(model._meta.pk, models.AutoField)
        self.free = 0

    def prepared(self, values: dict[str, Any]) -> list[Any]:
        """A row as this database's driver takes it."""
        return [field.get_db_prep_save(values[field.attname], connection) for field in self.fields]

    def take_keys(self, count: int) -> int:
        """The first of so many keys that nobody else gets."""
        first = self.free
        self.free += count
        return first

    def look_for_free_keys(self) -> None:
        """Before a load: what was written since the last one has keys of its own."""
        if self.counts:
            self.free = (self.model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1

    def write(self, rows: Iterable[list[Any]]) -> None:
        quote = connection.ops.quote_name
        table = quote(self.model._meta.db_table)
        columns = ", ".join(quote(field.column) for field in self.fields)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                places = ", ".join(["%s"] * len(self.fields))
                cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)


@contextmanager
def in_bulk(tables: Iterable[type[models.Model]]) -> Iterator[None]:
    """While a load is written nothing has to outlive a power cut; afterwards everything is as it was."""
    if connection.vendor == "sqlite":
        with _unsynced():
            yield
    else:
        yield
    for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    refresh_statistics()  # as a worker does once a day


@contextmanager
def _unsynced() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        kept = cursor.fetchone()[0]
        cursor.execute("PRAGMA synchronous=OFF")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA synchronous={kept}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
