"""A database from before there were chains is chained by its migrations, and verifies from then on.

It comes by the steps that newer databases leave out, and ends as they do.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from command_line import CommandLine, own_environment
from schema import schema

SCRIPT = """
import json, secrets
from datetime import datetime, UTC
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from tisu.foundation.digests import salted_digest

LANDED = [("loop", "0001_spine"), ("audit", "0001_ledger")]
executor = MigrationExecutor(connection)
executor.loader = MigrationLoader(connection, replace_migrations=False)  # as it was before any were replaced
executor.migrate(LANDED)
apps = executor.loader.project_state(LANDED).apps
region = apps.get_model("orgs", "Region").objects.create(code="422826", name="示例县")
kind = apps.get_model("loop", "MatterType").objects.create(kind="task", number=1, valid_from="2020-01-01")
at = datetime(2023, 5, 22, 1, 0, 0, tzinfo=UTC)


def write(number, bodies, erased):
    matter = apps.get_model("loop", "Matter").objects.create(
        number=number, kind="task", matter_type=kind, region=region, stage="registered", version=len(bodies),
        registered_at=at,
    )
    for seq, body in enumerate(bodies, 1):
        salt, text = secrets.token_hex(16), json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        event = apps.get_model("loop", "Event").objects.create(
            matter=matter, seq=seq, action="register" if seq == 1 else "screen", signed="示例", at=at,
            to_stage="registered", version=seq, cycle=1, digest=salted_digest(salt.encode(), text.encode()),
        )
        apps.get_model("loop", "EventContent").objects.create(
            event=event, salt=salt, body=None if erased else body, erased_under="discipline-report/1" if erased else "",
        )


write("KEPT0-00001", [{}, {"kind": "A", "parts": 2, "text": "示例：“引号”与 é"}], erased=False)
write("GONE0-00001", [{}, {"kind": "B"}], erased=True)
entries = apps.get_model("audit", "Entry").objects
for number in range(3):
    entries.create(at=at, signed="示例", act="add-unit", about=str(number), details={"until": None, "b": [1, "二"]})
"""
TAMPER = """
from django.db import connection
with connection.cursor() as cursor:
    if connection.vendor == "postgresql":
        cursor.execute("SET session_replication_role = replica")
    cursor.execute("DELETE FROM loop_eventcontent WHERE event_id IN (SELECT id FROM loop_event WHERE seq = 2)")
"""


@pytest.fixture(scope="module")
def tisu(tmp_path_factory) -> CommandLine:
    return own_environment(tmp_path_factory.mktemp("environment"))


@pytest.fixture
def database(tmp_path) -> Iterator[dict[str, str]]:
    """What names an empty database of the kind that the tests run on."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield {}
        return
    import psycopg  # only where the tests run on PostgreSQL

    asked, name = settings.DATABASES["default"], f"landed_{os.getpid()}"
    with psycopg.connect(
        host=asked["HOST"], port=asked["PORT"] or None, user=asked["USER"], password=asked["PASSWORD"] or None,
        dbname="postgres", autocommit=True,
    ) as server:  # fmt: skip
        server.execute(f"CREATE DATABASE {name}")
        try:
            host = f"{asked['HOST'].replace('/', '%2F')}:{asked['PORT'] or 5432}"
            yield {"TISU_DATABASE_URL": f"postgres://{asked['USER']}:{asked['PASSWORD']}@{host}/{name}"}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def landed(tisu, tmp_path, database):
    """`run(…)` on a data folder whose database was left at the last version before the chains."""
    data = tmp_path / "data"
    data.mkdir()
    environment = database | {"TISU_SECRET_KEY": "only-for-tests", "TISU_REGION": "422826"}
    done = tisu.python(data, SCRIPT, **environment)
    assert done.returncode == 0, done.stderr

    def _run(*arguments: str, script: str = ""):
        if script:
            return tisu.python(data, script, **environment)
        return tisu.run(data, *arguments, **environment)

    return _run


def test_chains_what_was_written_before_and_names_what_is_altered_after(landed):
    done = landed("migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    whole = landed("audit", "verify")
    assert whole.returncode == 0, whole.stdout + whole.stderr
    assert "GONE0-00001" in whole.stdout and "discipline-report/1" in whole.stdout
    assert "KEPT0-00001" not in whole.stdout
    assert landed(script=TAMPER).returncode == 0
    broken = landed("audit", "verify")
    assert broken.returncode == 1
    assert "KEPT0-00001" in broken.stdout and "GONE0-00001" in broken.stdout


def test_keeps_what_was_said_and_how_it_reads(landed):
    assert landed("migrate", "--verbosity", "0").returncode == 0
    script = (
        "import json\n"
        "from tisu.audit.models import Entry\n"
        "from tisu.loop.models import Event\n"
        "said = Event.objects.get(matter__number='KEPT0-00001', seq=2).content.body\n"
        "told = [event.content.body for event in Event.objects.filter(matter__number='GONE0-00001')]\n"
        "print(json.dumps([said, told, Entry.objects.get(seq=2).details]))"
    )
    said, told, details = json.loads(landed(script=script).stdout)
    assert said == {"kind": "A", "parts": 2, "text": "示例：“引号”与 é"}
    assert told == [
        None,
        None,
        {"by": "discipline-report/1", "events": [1, 2], "rule": "discipline-report/1"},
    ]
    assert details == {"until": None, "b": [1, "二"]}


@pytest.mark.django_db
def test_ends_with_the_tables_of_a_new_database(landed):
    assert landed("migrate", "--verbosity", "0").returncode == 0
    assert landed("createcachetable").returncode == 0
    told = "from django.db import connection\nprint(json.dumps(schema(connection)))"
    older = json.loads(
        landed(script=f"import json\n{Path(schema.__code__.co_filename).read_text()}\n{told}").stdout
    )
    assert older == schema(connection)
