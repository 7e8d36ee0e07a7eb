"""A second county of a tenth of the size in the same process, so that growth is measured within one run."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.db.utils import DEFAULT_DB_ALIAS

from tisu.bench.place import copy_database, name_of

ALIAS = "tenth"


def make_tenth(matters: int) -> None:
    """Copy this process's database, which nobody else may be using, as that of a smaller county."""
    if connection.vendor == "sqlite":
        new = str(settings.DATA / f"{name_of(matters)}.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copyfile(Path(settings.DATABASES[DEFAULT_DB_ALIAS]["NAME"]), new)
    else:
        new = name_of(matters)
        connection.close()
        connection.close_pool()
        copy_database(new)
    connections.settings[ALIAS] = {**connections.settings[DEFAULT_DB_ALIAS], "NAME": new}


@contextmanager
def in_the_tenth() -> Iterator[None]:
    """Everything that asks the database asks the smaller county's."""
    own, smaller = connections[DEFAULT_DB_ALIAS], connections[ALIAS]
    connections[DEFAULT_DB_ALIAS] = smaller
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = own
