"""`tisu bench` loads a county of its own, measures every section, and prints what it found as JSON.

Nothing here judges a time: what is proved is that each section ran, on data that stands in itself.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from tisu.bench import ADDRESSES
from tisu.bench.acting import acting
from tisu.bench.bare import rows_of_an_intake, write_again
from tisu.bench.herd import Herd
from tisu.bench.place import NoPlace, own_place
from tisu.bench.run import SECTIONS
from tisu.foundation.models import SearchEntry
from tisu.loop.chained import verify
from tisu.loop.models import Clock, Event, Matter
from tisu.loop.rebuild import differences

SOURCES = settings.PACKAGE.parent


def bench(data: Path, *arguments: str) -> subprocess.CompletedProcess:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TISU_", "DJANGO_"))}
    kept |= {"TISU_DATA": str(data), "PYTHONPATH": os.pathsep.join([str(SOURCES), *sys.path])}
    if url := os.environ.get("TISU_DATABASE_URL"):
        kept["TISU_DATABASE_URL"] = url
    words = [sys.executable, "-m", "tisu", "bench", *arguments]
    return subprocess.run(words, env=kept, capture_output=True, text=True, check=False, timeout=600)


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> SimpleNamespace:
    """One small run of everything, and the folder that it was started in."""
    data = tmp_path_factory.mktemp("bench") / "data"
    done = bench(data, "--matters", "200", "--seconds", "0.05", "--json")
    assert done.returncode == 0, done.stderr
    return SimpleNamespace(told=json.loads(done.stdout), progress=done.stderr, data=data, out=done.stdout)


def test_measures_every_section(run):
    assert list(run.told["sections"]) == list(SECTIONS)
    assert run.told["matters"] == 200
    assert run.out.count("\n") == 1


@pytest.mark.parametrize(
    ("section", "figure", "target"),
    [
        ("desk", "times_bare", "at most 3"),
        ("desk", "times_tenth", "at most 1.3"),
        ("list", "times_bare", "at most 3"),
        ("list", "times_tenth", "at most 1.3"),
        ("perform", "times_bare", "at most 3"),
        ("intake", "share_of_bare_c1", "at least 0.7"),
        ("intake", "share_of_bare_c8", "at least 0.7"),
        ("chain", "events_a_second", "at least 50,000"),
        ("memory", "resident_mb", "at most 200"),
    ],
)
def test_sets_the_target_beside_the_figure(run, section, figure, target):
    told = run.told["sections"][section][figure]
    assert told["value"] > 0
    assert told["target"] == target
    assert told["reached"] is (f"{section}.{figure}" not in run.told["missed"])


def test_every_section_did_its_work(run):
    sections = run.told["sections"]
    assert all(sections[name]["runs"] >= 5 for name in ("desk", "list", "matter", "search", "perform"))
    assert sections["chain"]["events"] > 200
    assert sections["chain"]["faults"] == []
    assert sections["memory"]["served"] > 0
    assert sections["memory"]["processes"] == run.told["machine"]["web_processes"]
    assert sections["clocks"]["handled"] == 100
    assert sections["clocks"]["handle_1000_by_two"]["value"] > 0
    assert sections["clocks"]["running"] >= 200
    assert sections["recompute"]["clocks"] >= 200
    assert sections["recompute"]["matters_moved"] > 0


def test_tells_the_machine(run):
    machine = run.told["machine"]
    assert machine["cores"] == os.cpu_count()
    assert machine["database"].startswith(connection.vendor)
    assert machine["durable"]["synchronous_commit" if connection.vendor == "postgresql" else "synchronous"]


def test_tells_its_progress_beside_the_figures(run):
    assert "measuring recompute" in run.progress


@pytest.mark.django_db  # on PostgreSQL the server is asked
def test_leaves_nothing_behind(run):
    assert not run.data.exists()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'tisu\\_bench\\_%'")
            assert cursor.fetchone()[0] == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--matters", "5"], "--matters"),
        (["--matters", "many"], "--matters"),
        (["--seconds", "0"], "--seconds"),
        (["--clocks", "2000000"], "--clocks"),
        (["--only", "desk,chairs"], "chairs"),
    ],
)
def test_refuses_bad_usage(tmp_path, arguments, named):
    done = bench(tmp_path / "data", *arguments)
    assert done.returncode == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite every run has a new file")
def test_refuses_a_database_that_is_there_already():
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE tisu_bench_777")
    try:
        with pytest.raises(NoPlace, match="tisu_bench_777"), own_place([777, 77]):
            pass
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_database WHERE datname = 'tisu_bench_777'")
            assert cursor.fetchone()[0] == 1
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP DATABASE tisu_bench_777")


# --- The load and the bare writers -------------------------------------------------------------------------


@pytest.fixture
def herd(act, task) -> Herd:
    """One matter in progress with an extension, to be copied."""
    act("office", task, "assign", lead_unit="gongdian", co_units=["fagai"], working_days=9)
    act("gongdian", task, "accept")
    act("gongdian", task, "request_extension", working_days=3, reason="专家评审排期在下周，需顺延。")
    act("office", task, "grant", request=1, opinion="情况属实。")
    return Herd()


@pytest.mark.django_db(transaction=True)
def test_every_copy_is_a_matter_of_its_own(herd):
    herd.add_clocks(10)
    assert Matter.objects.count() > 2
    assert Matter.objects.values("number").distinct().count() == Matter.objects.count()
    each = {matter.events.count() for matter in Matter.objects.all()}
    assert each == {Event.objects.count() // Matter.objects.count()}


@pytest.mark.django_db(transaction=True)
def test_a_loaded_database_is_not_read_as_a_whole(herd, monkeypatch):
    monkeypatch.setattr("tisu.bench.herd.ORIGINALS", 2)
    herd.grow_to(9)
    again = Herd()
    assert [family.matter["id"] for family in again.families] == sorted(
        Matter.objects.values_list("pk", flat=True)
    )[:2]


@pytest.mark.django_db(transaction=True)
def test_copies_are_as_their_facts_say(herd):
    herd.add_clocks(20)
    assert Clock.objects.filter(stopped_at=None).count() >= 20
    assert list(differences()) == []
    assert list(verify("", lambda read: None)) == []


def test_the_bare_intake_writes_what_an_intake_writes(county):
    with override_settings(ROOT_URLCONF=ADDRESSES):
        rows_of_an_intake.cache_clear()
        rows = rows_of_an_intake()
        before = {type(row): type(row).objects.count() for row in rows}
        number = write_again(rows, "again")
    written = {kind: kind.objects.count() - count for kind, count in before.items()}
    assert written == Counter(type(row) for row in rows)
    assert Matter.objects.get(number=number).text == "again"


def test_the_bare_intake_never_writes_less_than_an_intake(county, monkeypatch):
    """Rows that no model tells of are missed by whoever listens to the models."""
    untold = "tisu.loop.register.make_findable"
    entry = SearchEntry(subject="bench", object_id=1, text="bench", tokens="bench")
    monkeypatch.setattr(untold, lambda *_args, **_more: SearchEntry.objects.bulk_create([entry]))
    with pytest.raises(RuntimeError, match="foundation_searchentry"):
        rows_of_an_intake.__wrapped__()


@pytest.mark.django_db(transaction=True)
def test_the_bare_actor_knows_every_table_that_the_action_writes(herd):
    herd.add_clocks(10)
    assert acting(0.01)["writes"]
