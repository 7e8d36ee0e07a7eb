"""Where a benchmark runs: a data folder, keys and databases of its own, gone when it ends.

Nothing that is there already is written to: on SQLite the databases are files in a new folder, on PostgreSQL
databases `tisu_bench_<matters>` are created on the server that TISU_DATABASE_URL names, and refused when they exist.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from django.utils import timezone
from django.utils.translation import gettext as _

from tisu.bench.originals import COUNTY, DAY, OPENS
from tisu.foundation import clock
from tisu.foundation.instance import Instance, ensure_secret, write_instance
from tisu.foundation.sealed import create_key_ring

URL = "TISU_DATABASE_URL"
KEPT = ("TISU_WORKERS",)  # what of the environment a benchmark measures under
# A document of a gigabyte is more than an office allows by default.
CAPS = dict.fromkeys(("TISU_DOCUMENT_MB", "TISU_DOCUMENTS_MB", "TISU_STRANGERS_MB"), "5000")


class NoPlace(Exception):
    """There is no database of its own to be had; the text says why and what to do."""


@contextmanager
def own_place(sizes: list[int]) -> Iterator[dict[str, str]]:
    """The environment of a process that measures: data folder, and a database for each size, the first by its URL."""
    folder = Path(tempfile.mkdtemp(prefix="tisu-bench-"))
    try:
        _furnish(folder)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TISU_")}
        kept |= {name: os.environ[name] for name in KEPT if name in os.environ}
        kept |= CAPS | {"TISU_DATA": str(folder), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        with _databases(sizes) as url:
            yield kept | ({URL: url} if url else {})
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def name_of(matters: int) -> str:
    return f"tisu_bench_{matters}"


def _furnish(folder: Path) -> None:
    """A demonstration's instance: its accounts are nobody's, and its clock stands at nine thirty now."""
    ensure_secret(folder)
    offset = clock.moment(DAY, OPENS) - timezone.now()
    write_instance(folder, Instance(COUNTY, True, offset.total_seconds()))
    create_key_ring(folder / "keyring.json")


@contextmanager
def _databases(sizes: list[int]) -> Iterator[str]:
    """The URL of the first database on the server; nothing where a file will do."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield ""
        return
    names = [name_of(size) for size in sizes]
    with closing(_server()) as server:
        _refuse_existing(server, names)
        _execute(server, "CREATE DATABASE {}", names[0])
    try:
        yield urlsplit(os.environ[URL])._replace(path=f"/{names[0]}").geturl()
    finally:
        with closing(_server()) as server:
            for name in names:
                _execute(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def copy_database(new: str) -> None:
    """A second database like this process's own one, to which nobody is connected at the moment."""
    with closing(_server()) as server:
        quoted = server.ops.quote_name(settings.DATABASES["default"]["NAME"])
        _execute(server, f"CREATE DATABASE {{}} TEMPLATE {quoted}", new)


def _server() -> BaseDatabaseWrapper:
    """A connection of its own, in no pool: a database with one more connection is neither copied nor dropped."""
    default = settings.DATABASES["default"]
    asked = {name: value for name, value in default["OPTIONS"].items() if name != "pool"}
    return ConnectionHandler({"default": {**default, "OPTIONS": asked}})["default"]


def _refuse_existing(server: BaseDatabaseWrapper, names: list[str]) -> None:
    try:
        with server.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname = ANY(%s)", [names])
            found = [name for (name,) in cursor.fetchall()]
    except DatabaseError as fault:
        raise NoPlace(_("The database server cannot be used: %(fault)s") % {"fault": fault}) from fault
    if found:
        raise NoPlace(
            _("The database %(name)s exists already, and a benchmark writes only to its own: drop it first.")
            % {"name": found[0]}
        )


def _execute(server: BaseDatabaseWrapper, statement: str, name: str) -> None:
    try:
        with server.cursor() as cursor:
            cursor.execute(statement.format(server.ops.quote_name(name)))
    except DatabaseError as fault:
        raise NoPlace(_("The database server refused: %(fault)s") % {"fault": fault}) from fault
