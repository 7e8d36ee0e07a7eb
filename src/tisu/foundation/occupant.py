"""Whose the database is: asked before a demonstration writes a byte, and before pages are served.

The question goes over a connection of its own that can only read: asking makes no file and starts no pool.
"""

from contextlib import closing
from enum import Enum, auto
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.utils import ConnectionHandler

from tisu.foundation.rooms import apps

MIGRATIONS = "django_migrations"


class Occupant(Enum):
    """NOBODY: no table. UNFINISHED: tables of ours, no account. REAL: an account that is no demonstration's,
    or tables that we did not make."""

    NOBODY = auto()
    UNFINISHED = auto()
    DEMONSTRATION = auto()
    REAL = auto()


def occupant() -> Occupant:
    if is_without_file():
        return Occupant.NOBODY
    with closing(reading()) as connection:
        tables = set(connection.introspection.table_names())
        if not tables:
            return Occupant.NOBODY
        if _accounts() not in tables:
            return Occupant.UNFINISHED if tables == _our(tables, connection) else Occupant.REAL
        return _by_accounts(connection)


def _by_accounts(connection: BaseDatabaseWrapper) -> Occupant:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT is_demonstration, count(*) FROM {_accounts()} GROUP BY is_demonstration")
        counts = {bool(is_demonstration): count for is_demonstration, count in cursor.fetchall()}
    if False in counts:
        return Occupant.REAL
    return Occupant.DEMONSTRATION if counts else Occupant.UNFINISHED


def lacks_tables() -> bool:
    """Whether a migration of this program has not been applied yet."""
    if is_without_file():
        return True
    with closing(reading()) as connection:
        loader = MigrationLoader(connection)
    return not set(loader.graph.nodes) <= set(loader.applied_migrations)


def empty() -> None:
    """Remove our tables, or on SQLite the file. The caller has asked whose they are."""
    if (path := sqlite_file()) is not None:
        for tail in ("", "-wal", "-shm"):
            path.with_name(path.name + tail).unlink(missing_ok=True)
        return
    with closing(_connection({})) as connection, connection.cursor() as cursor:
        ours = _our(set(connection.introspection.table_names()), connection)
        if ours:
            names = ", ".join(connection.ops.quote_name(name) for name in sorted(ours))
            cursor.execute(f"DROP TABLE {names} CASCADE")


def sqlite_file() -> Path | None:
    """The file of the database, wherever TISU_DATABASE_URL put it. None on a server."""
    default = settings.DATABASES["default"]
    return Path(default["NAME"]).absolute() if default["ENGINE"].endswith("sqlite3") else None


def place() -> str:
    """Which database this is, in words that hold no password."""
    default = settings.DATABASES["default"]
    if (path := sqlite_file()) is not None:
        return str(path)
    return f"{default['NAME']} ({default['HOST'] or 'localhost'}:{default['PORT'] or 5432})"


def is_without_file() -> bool:
    path = sqlite_file()
    return path is not None and not (path.exists() and path.stat().st_size)


def reading() -> BaseDatabaseWrapper:
    if (path := sqlite_file()) is not None:
        return _connection({"timeout": 20}, NAME=f"{path.as_uri()}?mode=ro")
    asked = {
        name: value for name, value in settings.DATABASES["default"]["OPTIONS"].items() if name != "pool"
    }
    return _connection(asked | {"options": "-c default_transaction_read_only=on"})


def _connection(options: dict[str, Any], **more: Any) -> BaseDatabaseWrapper:
    default = settings.DATABASES["default"]
    return ConnectionHandler({"default": {**default, "OPTIONS": options, **more}})["default"]


def _accounts() -> str:
    return get_user_model()._meta.db_table


def _our(tables: set[str], connection: BaseDatabaseWrapper) -> set[str]:
    """Those of models, of migrations and cache, and what a migration of our apps made beside its models."""
    known = {
        *connection.introspection.django_table_names(),
        MIGRATIONS,
        settings.CACHES["default"]["LOCATION"],
    }
    prefixes = tuple(f"{app}_" for app in apps())
    return {table for table in tables if table in known or table.startswith(prefixes)}
