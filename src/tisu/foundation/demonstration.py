"""The demonstration county: built from the `demo.py` of every app, or copied from an earlier build.

An app's `demo.py` has `load(today)` and may have `ACCOUNTS`, lines of (user name, what the person is), and one
of them has `COUNTY`, the region. A build is kept beside the environment under a digest of the sources, so that
a second demonstration starts at once.
"""

import hashlib
import json
import shutil
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tisu.foundation import clock
from tisu.foundation.assets import gather
from tisu.foundation.begin import load_reference
from tisu.foundation.instance import Instance, ensure_secret, write_instance, write_private
from tisu.foundation.occupant import empty, place, sqlite_file
from tisu.foundation.rooms import declared, modules
from tisu.foundation.sealed import create_key_ring

DAY = date(2023, 5, 22)
# The county's posts, letters and calendar hold between these days.
FIRST, LAST = date(2023, 1, 1), date(2026, 12, 31)
OPENS = time(9, 30)
PASSWORD = "tisu-demo"
RECORD = "demo.json"
ANCHORS = "anchors.txt"  # as a kept build names its file of anchors


@dataclass(frozen=True)
class Built:
    """What the data folder remembers of its demonstration: the day, the database, and whether it is complete."""

    on: str
    database: str
    complete: bool = False


def built() -> Built | None:
    try:
        return Built(**json.loads((settings.DATA / RECORD).read_text("utf-8")))
    except FileNotFoundError:
        return None


def prepare(on: date, *, complete: bool) -> None:
    """Write what settings read: a demonstration on `on`, from half past nine, and its secret."""
    ensure_secret(settings.DATA)
    offset = timezone.make_aware(datetime.combine(on, OPENS)) - timezone.now()
    write_instance(settings.DATA, Instance(_county(), True, offset.total_seconds()))
    record = Built(on.isoformat(), place(), complete)
    write_private(settings.DATA / RECORD, json.dumps(asdict(record)).encode())


def _county() -> str:
    return next(module.COUNTY for _app, module in modules("demo") if hasattr(module, "COUNTY"))


def remove() -> None:
    """Remove what a demonstration made. A key ring stays: nothing here tells whether it seals something else."""
    empty()
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    for folder in filter(None, (_papers(), _sheets())):
        shutil.rmtree(folder, ignore_errors=True)
    if settings.ANCHORS.parent == settings.DATA:  # they would speak against the next demonstration
        settings.ANCHORS.unlink(missing_ok=True)


def build(on: date) -> None:
    """Migrate an empty database and let every app tell its part of the county's story up to `on`."""
    if not settings.KEY_RING.exists():
        create_key_ring(settings.KEY_RING)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    gather()
    with clock.at(clock.moment(on, OPENS)):
        load_reference()
        for _app, module in modules("demo"):
            module.load(on)
        settle()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def settle() -> None:
    """Let every job do what has come due by now, so that nothing moves by itself when the pages are first seen.

    The anchor comes last, so that nothing of the county's story stands outside it.
    """
    for closing in (False, True):
        jobs = [job for job in declared("jobs") if job.closing is closing]
        while sum(job.take() for job in jobs):  # a sum asks every job, whatever the first one says
            pass


def accounts() -> list[tuple[str, str]]:
    return [line for _app, module in modules("demo") for line in getattr(module, "ACCOUNTS", ())]


# --- Kept builds: on SQLite only, where a database is a file -----------------------------------------------


def kept_build(on: date) -> Path:
    """Where a build of these sources for this day is kept, or would be."""
    return Path(sys.prefix) / "share" / "tisu-demo" / f"{on.isoformat()}-{_digest()}"


def _digest() -> str:
    digest = hashlib.sha256(json.dumps(list(sys.version_info[:3])).encode())
    for path in sorted(settings.PACKAGE.rglob("*")):
        if path.is_file() and path.suffix != ".pyc" and "tests" not in path.parts:
            digest.update(str(path.relative_to(settings.PACKAGE)).encode() + path.read_bytes())
    return digest.hexdigest()[:24]


def keep(on: date) -> None:
    """Keep a finished build for the next demonstration; only the newest one stays.

    A key ring or a file of anchors that the settings name elsewhere may be a real county's: it is not copied.
    Papers in a storage elsewhere stay there. An environment that cannot be written to keeps nothing.
    """
    if (
        sqlite_file() is None
        or _papers() is None
        or {settings.KEY_RING.parent, settings.ANCHORS.parent} != {settings.DATA}
    ):
        return
    kept = kept_build(on)
    with suppress(OSError):
        shutil.rmtree(kept.parent, ignore_errors=True)
        new = kept.with_name(kept.name + ".new")
        new.mkdir(parents=True, mode=0o700)
        for name, path in _parts().items():
            _copy(path, new / name)
        new.rename(kept)


def restore(on: date) -> bool:
    """Copy a kept build to where the settings look. False when there is none that fits the key ring there."""
    kept = kept_build(on)
    if (
        sqlite_file() is None
        or _papers() is None
        or not kept.is_dir()
        or not _fits_key_ring(kept / "keyring.json")
    ):
        return False
    for name, path in _parts().items():
        if name != ANCHORS or not path.exists():  # the settings may name another county's file
            _copy(kept / name, path)
    return True


def _fits_key_ring(kept: Path) -> bool:
    return not settings.KEY_RING.exists() or settings.KEY_RING.read_bytes() == kept.read_bytes()


def _parts() -> dict[str, Path]:
    return {
        "tisu.sqlite3": sqlite_file(),
        "keyring.json": settings.KEY_RING,
        ANCHORS: settings.ANCHORS,
        "static": settings.STATIC_ROOT,
        "documents": _papers(),
    }


def _papers() -> Path | None:
    """The folder of papers; None where they lie in a storage elsewhere."""
    folder = settings.STORAGES["documents"].get("OPTIONS", {}).get("location")
    return Path(folder) if folder else None


def _sheets() -> Path:
    """The folder of files that wait to be read; none is left in a build."""
    return Path(settings.STORAGES["sheets"]["OPTIONS"]["location"])


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        shutil.copy2(source, target)
