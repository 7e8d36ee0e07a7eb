"""What every test may rely on: a throw-away data folder, a key ring, a fixed cast and a fixed day.

Settings are named here and not in pyproject.toml: pytest-django would read those before this file has said
where the data lies, and tests would work in the county's own folder.
"""

import atexit
import hashlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import django
import hypothesis
import pytest
from django.conf import settings
from django.db import connection

if "PYTEST_XDIST_WORKER" in os.environ:  # the workers of one run share what their parent made
    _data = Path(os.environ["TISU_DATA"])
else:
    _data = Path(tempfile.mkdtemp(prefix="tisu-test-"))
    (_data / "static").mkdir()
    atexit.register(shutil.rmtree, _data, ignore_errors=True)
    os.environ["TISU_DATA"] = str(_data)
os.environ["DJANGO_SETTINGS_MODULE"] = "tisu.settings"
os.environ["TISU_REGION"] = "422826"
os.environ.setdefault("TISU_SECRET_KEY", "only-for-tests-only-for-tests-only-for-tests-only")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps an event loop in the test's thread
django.setup()

if worker := os.environ.get("PYTEST_XDIST_WORKER"):  # but papers have the same keys in each of them
    settings.STORAGES["documents"]["OPTIONS"]["location"] = _data / worker / "documents"

if not settings.KEY_RING.exists():
    from tisu.foundation.sealed import create_key_ring  # needs Django, which is set up only now

    create_key_ring(settings.KEY_RING)

# How long it takes to think of an example says how crowded the machine is, nothing about the program.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")

pytest_plugins = ["cast", "papers"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings_tox_suffix() -> None:
    """SQLite in a file: a live server's threads have connections of their own, as they have in production.

    Named as the first of pytest-django's steps, so that its next one still tells parallel runs apart.
    """
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(_data / "tests.sqlite3")


@pytest.fixture(scope="session")
def migrated(django_db_modify_db_settings) -> Path | None:
    """Where a migrated, empty database is kept for the next run: all migrations take as long as a hundred tests.

    It is named after the migrations as they are written, so a changed one is run. None on PostgreSQL.
    """
    if connection.vendor != "sqlite":
        return None
    sources = sorted(Path(__file__).parent.glob("src/tisu/*/migrations/*.py"))
    written = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
    return (
        Path(tempfile.gettempdir())
        / f"tisu-migrated-{os.getuid()}"
        / f"{django.__version__}-{written}.sqlite3"
    )


@pytest.fixture(scope="session")
def django_db_keepdb(migrated) -> bool:
    if migrated is None or not migrated.exists():
        return False
    shutil.copyfile(migrated, connection.creation._get_test_db_name())
    return True


@pytest.fixture(scope="session", autouse=True)
def keep_what_is_migrated(django_db_setup, django_db_blocker, migrated) -> None:
    if migrated is None or migrated.exists():
        return
    migrated.parent.mkdir(mode=0o700, exist_ok=True)
    draft = migrated.with_suffix(f".{os.getpid()}")
    with django_db_blocker.unblock(), connection.cursor() as cursor, sqlite3.connect(draft) as copy:
        cursor.connection.backup(copy)
    copy.close()
    draft.replace(migrated)


@pytest.fixture(scope="session", autouse=True)
def no_session_stays(django_db_setup, django_db_blocker):
    """The live server's last thread may still hold a session when the last page is closed: PostgreSQL would not let
    the database go."""
    yield
    if connection.vendor == "postgresql":
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f"{others} WHERE datname = current_database() AND pid <> pg_backend_pid()")
