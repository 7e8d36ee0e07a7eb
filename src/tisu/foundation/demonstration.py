"""The demonstration county: built from the `demo.py` of every app, or copied from an earlier build.

An app's `demo.py` has `load(today)` and may have `ACCOUNTS`, lines of (user name, what the person is). A build
is kept beside the environment under a digest of the sources, so that a second demonstration starts at once.
"""

import hashlib
import json
import shutil
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tisu.foundation import clock
from tisu.foundation.begin import load_reference
from tisu.foundation.instance import Instance, ensure_secret, write_instance
from tisu.foundation.rooms import modules
from tisu.foundation.sealed import create_key_ring

DAY = date(2023, 5, 22)
OPENS = time(9, 30)
PASSWORD = "tisu-demo"
KEPT = ("tisu.sqlite3", "keyring.json", "static")


def prepare(data: Path, on: date) -> None:
    """Write what settings read: a demonstration on `on`, from half past nine, and its secret."""
    data.mkdir(parents=True, exist_ok=True)
    ensure_secret(data)
    write_instance(data, Instance(demonstration=True, clock_offset_seconds=_offset(on).total_seconds()))


def _offset(on: date) -> timedelta:
    return timezone.make_aware(datetime.combine(on, OPENS)) - timezone.now()


def build(on: date) -> None:
    """Migrate an empty database and let every app tell its part of the county's story up to `on`."""
    if not settings.KEY_RING.exists():
        create_key_ring(settings.KEY_RING)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with clock.at(clock.moment(on, OPENS)):
        load_reference()
        for _app, module in modules("demo"):
            module.load(on)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def accounts() -> list[tuple[str, str]]:
    return [line for _app, module in modules("demo") for line in getattr(module, "ACCOUNTS", ())]


def kept_build(on: date) -> Path:
    """Where a build of these sources for this day is kept, or would be."""
    return Path(sys.prefix) / "share" / "tisu-demo" / f"{on.isoformat()}-{_digest()}"


def _digest() -> str:
    digest = hashlib.sha256(json.dumps(list(sys.version_info[:3])).encode())
    for path in sorted(settings.PACKAGE.rglob("*")):
        if path.is_file() and path.suffix != ".pyc" and "tests" not in path.parts:
            digest.update(str(path.relative_to(settings.PACKAGE)).encode() + path.read_bytes())
    return digest.hexdigest()[:24]


def keep(data: Path, on: date) -> None:
    """Keep a finished build for the next demonstration; only the newest one stays."""
    place = kept_build(on)
    shutil.rmtree(place.parent, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_name(place.name + ".new")
    _copy(data, new)
    new.rename(place)


def restore(data: Path, on: date) -> bool:
    """Copy a kept build into the data folder. False when there is none."""
    place = kept_build(on)
    if place.is_dir():
        _copy(place, data)
        return True
    return False


def _copy(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in KEPT:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name, dirs_exist_ok=True)
        else:
            shutil.copy2(source / name, target / name)
