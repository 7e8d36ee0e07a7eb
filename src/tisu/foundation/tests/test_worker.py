"""`tisu worker` takes due rows of every job in turn, survives what a job does, and stops in good order."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from cast import SHANGHAI
from tisu.foundation import calendars, clock, rooms, worker
from tisu.foundation.companion import is_wanted
from tisu.foundation.duerows import one_due
from tisu.foundation.models import Slot, WorkerBeat
from tisu.foundation.rooms import Job, Room
from tisu.foundation.slots import claim
from tisu.foundation.statistics import refresh_statistics
from tisu.foundation.worker import Worker

pytestmark = pytest.mark.django_db


class Rows:
    """A job with so many rows due; `taken` is what all such jobs did, in order."""

    def __init__(self, code: str, count: int, taken: list[str], *, quiet: bool = False, fault=None) -> None:
        self.left, self.taken, self.fault = count, taken, fault
        self.job = Job(code, code, self.take, lambda: self.left, quiet)

    def take(self) -> bool:
        if self.fault:
            raise self.fault
        if not self.left:
            return False
        self.left -= 1
        self.taken.append(self.job.code)
        return True


@pytest.fixture
def taken() -> list[str]:
    return []


def test_takes_one_row_of_each_job_in_turn(taken):
    Worker([Rows("a", 3, taken).job, Rows("b", 1, taken).job]).until_idle()
    assert taken == ["a", "b", "a", "a"]


def test_once_takes_one_row_of_each(taken):
    Worker([Rows("a", 3, taken).job, Rows("b", 2, taken).job]).once()
    assert taken == ["a", "b"]


def test_a_job_that_raises_rests_and_the_others_go_on(taken, caplog):
    broken = Rows("broken", 1, taken, fault=ValueError("SECRET"))
    at_work = Worker([broken.job, Rows("a", 3, taken).job])
    at_work.until_idle()
    assert taken == ["a"] * 3 and at_work.errors == 1
    assert "broken" in caplog.text and "ValueError" in caplog.text and "SECRET" not in caplog.text


def test_a_job_has_its_turn_again_after_its_rest(taken, monkeypatch):
    rows = Rows("a", 1, taken, fault=ValueError())
    at_work, passed = Worker([rows.job]), [0.0]
    monkeypatch.setattr(worker.time, "monotonic", lambda: passed[0])
    assert not at_work.one_round()
    rows.fault, passed[0] = None, worker.REST - 1
    assert not at_work.one_round()
    passed[0] = worker.REST + 1
    assert at_work.one_round() and taken == ["a"]


def test_a_database_that_is_busy_is_a_short_rest(taken, monkeypatch):
    rows = Rows("a", 1, taken, fault=OperationalError("database is locked"))
    at_work, passed = Worker([rows.job]), [0.0]
    monkeypatch.setattr(worker.time, "monotonic", lambda: passed[0])
    assert not at_work.one_round()
    rows.fault, passed[0] = None, worker.BUSY_REST + 1
    assert at_work.one_round()


@pytest.mark.parametrize(
    ("day", "hour", "runs"), [(22, 10, True), (22, 5, False), (22, 22, False), (27, 10, False)]
)
def test_a_quiet_job_runs_in_office_hours_only(taken, day, hour, runs):
    with clock.at(datetime(2023, 5, day, hour, tzinfo=SHANGHAI)):
        Worker([Rows("quiet", 1, taken, quiet=True).job, Rows("loud", 1, taken).job]).until_idle()
    assert taken == (["quiet", "loud"] if runs else ["loud"])


def test_asks_anew_for_the_calendar_before_each_row(taken, monkeypatch):
    monkeypatch.setattr(calendars, "forget", lambda: taken.append("forget"))
    Worker([Rows("a", 2, taken).job]).until_idle()
    assert taken == ["forget", "a", "forget", "a", "forget"]


# --- Signs of life ---------------------------------------------------------------------------------------


def test_leaves_a_sign_of_life(taken):
    Worker([Rows("a", 2, taken).job, Rows("b", 1, taken, fault=ValueError()).job]).until_idle()
    beat = WorkerBeat.objects.get()
    assert (beat.pid, beat.last_job, beat.rows_done, beat.errors) == (os.getpid(), "a", 2, 1)
    assert beat.stopped_at == beat.seen_at


def test_is_heard_of_every_ten_seconds_and_no_oftener(taken, monkeypatch, django_assert_num_queries):
    at_work, passed = Worker([]), [0.0]
    monkeypatch.setattr(worker.time, "monotonic", lambda: passed[0])
    at_work.one_round()
    passed[0] = worker.BEAT - 1
    with django_assert_num_queries(0):
        at_work.one_round()
    passed[0] = worker.BEAT
    with django_assert_num_queries(1):
        at_work.one_round()


def test_old_signs_of_life_go(taken):
    long_ago = clock.now() - timedelta(days=3650)
    WorkerBeat.objects.create(host="x", pid=1, started_at=long_ago, seen_at=long_ago)
    Worker([]).once()
    assert WorkerBeat.objects.get().pid == os.getpid()


def test_looks_at_the_tables_once_a_day_and_again_when_it_could_not(taken, monkeypatch):
    looks, days, hours = [], iter(["22", "22", "22", "22", "23"]), iter([False, True, False, False])
    monkeypatch.setattr(worker.timezone, "localdate", lambda: next(days))
    monkeypatch.setattr(worker, "office_is_open", lambda: next(hours))

    def look() -> None:
        looks.append(len(looks))
        if len(looks) == 1:
            raise OperationalError("database is locked")

    monkeypatch.setattr(worker, "refresh_statistics", look)
    working = Worker([])
    for _round in range(5):
        working.one_round()
    assert len(looks) == 3  # refused, not in office hours, done on the 22nd, done on the 23rd


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks by itself")
def test_what_it_saw_is_what_the_database_goes_by():
    WorkerBeat.objects.create(host="a", pid=1, started_at=timezone.now(), seen_at=timezone.now())
    refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [WorkerBeat._meta.db_table])
        assert cursor.fetchall()


def test_stops_after_the_row_in_hand(taken):
    rows = Rows("a", 5, taken)
    at_work = Worker([Job("stop", "stop", lambda: at_work.stop() or rows.take(), lambda: 1), rows.job])
    at_work.run()
    assert taken == ["a"] and WorkerBeat.objects.get().stopped_at


@pytest.fixture
def idle(monkeypatch):
    """`idle(patience)`: a worker in a thread of its own whose only job never has anything due; its looks, counted."""
    monkeypatch.setattr(worker, "PAUSE", 0.02)
    running = []

    def _idle(patience: float) -> list[float]:
        monkeypatch.setattr(worker, "PATIENCE", patience)
        looks: list[float] = []
        at_work = Worker([Job("idle", "idle", lambda: bool(looks.append(time.monotonic())), lambda: 0)])
        thread = threading.Thread(target=lambda: (at_work.run(), connections.close_all()))
        thread.start()
        running.append((at_work, thread))
        wait_for(WorkerBeat.objects.exists)
        time.sleep(0.3)  # its own sign of life has been seen by now
        return looks

    yield _idle
    for at_work, thread in running:
        at_work.stop()
        thread.join(30)


@pytest.mark.django_db(transaction=True)
def test_looks_again_when_somebody_wrote_and_not_before(idle):
    looks = idle(600)
    before = len(looks)
    time.sleep(0.5)
    if connection.vendor == "sqlite":  # PostgreSQL tells of other databases of the same server too
        assert len(looks) == before <= 3
    Slot.objects.create(name="a", slot="b", claimed_at=timezone.now())
    wait_for(lambda: len(looks) > before)


@pytest.mark.django_db(transaction=True)
def test_looks_again_after_a_while_for_what_time_alone_makes_due(idle):
    looks = idle(0.1)
    before = len(looks)
    wait_for(lambda: len(looks) > before + 2)


# --- Due rows and slots ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_each_due_row_once():
    """Here a row is due while it is not yet claimed by name: any table does."""
    for number in range(20):
        claim("row", str(number))
    taken, start, faults = [], threading.Barrier(2), []

    def work() -> None:
        start.wait(10)
        try:
            while True:
                with one_due(Slot.objects.filter(name="row").order_by("pk")) as row:
                    if row is None:
                        if not Slot.objects.filter(name="row").exists():
                            return
                        continue
                    Slot.objects.filter(pk=row.pk).update(name="done")
                taken.append(row.slot)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join(60)
    assert faults == []
    assert sorted(taken, key=int) == [str(number) for number in range(20)]


def test_a_slot_is_claimed_once():
    assert claim("anchor", "2023-05-22")
    assert not claim("anchor", "2023-05-22")
    assert claim("anchor", "2023-05-23") and claim("digest", "2023-05-22")


def test_a_claim_that_is_rolled_back_is_free_again():
    with suppress(ValueError), transaction.atomic():
        assert claim("anchor", "2023-05-22")
        raise ValueError
    assert claim("anchor", "2023-05-22")


def test_a_claim_that_fails_leaves_the_callers_transaction_whole():
    claim("anchor", "2023-05-22")
    with transaction.atomic():
        assert not claim("anchor", "2023-05-22")
        assert claim("anchor", "2023-05-23")
    assert Slot.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_who_claim_a_slot_one_gets_it():
    start, won, faults = threading.Barrier(4), [], []

    def work() -> None:
        start.wait(10)
        try:
            for day in range(10):
                if claim("anchor", str(day)):
                    won.append(day)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == [] and sorted(won) == list(range(10))


# --- The command -----------------------------------------------------------------------------------------


@pytest.fixture
def one_job(monkeypatch, taken):
    def _one_job(**more) -> None:
        declared = {"only": Room(jobs=(Rows("a", 2, taken, **more).job,))}
        monkeypatch.setattr(rooms, "rooms", lambda: declared)
        monkeypatch.setattr(signal, "signal", lambda *_: None)
        monkeypatch.setattr("tisu.foundation.management.commands.worker.lacks_tables", lambda: False)
        monkeypatch.setattr("tisu.foundation.management.commands.worker.refuse_unsafe_start", lambda: None)

    return _one_job


def test_until_idle_ends_when_nothing_is_due(one_job, taken):
    one_job()
    call_command("worker", "--until-idle")
    assert taken == ["a", "a"]


def test_ends_with_1_when_a_job_raised(one_job, caplog):
    one_job(fault=ValueError())
    caplog.set_level(logging.CRITICAL)
    with pytest.raises(SystemExit) as end:
        call_command("worker", "--once")
    assert end.value.code == 1


@pytest.mark.parametrize(("engine", "asked", "wanted"), [
    ("sqlite3", None, True), ("sqlite3", False, False), ("postgresql", None, False), ("postgresql", True, True),
])  # fmt: skip
def test_a_trial_has_its_worker_beside_it_and_a_server_has_not(monkeypatch, engine, asked, wanted):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", f"django.db.backends.{engine}")
    assert is_wanted(asked) is wanted


PROCESS = """
import os, sys, django; django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = os.environ["TEST_DATABASE"]
from django.core.management import call_command
from tisu.foundation.management.commands import worker
worker.lacks_tables = lambda: False
worker.refuse_unsafe_start = lambda: None
call_command("worker", *sys.argv[1:])
"""


def start(*words: str) -> list[str]:
    return [sys.executable, "-c", PROCESS, *words]


@pytest.fixture
def environment():
    name = connections["default"].settings_dict["NAME"]
    paths = os.pathsep.join(sys.path)
    return os.environ | {"TEST_DATABASE": str(name), "PYTHONPATH": paths, "TISU_DATA": str(settings.DATA)}


def wait_for(there) -> None:
    """Until `there()` is true; a minute is longer than any machine needs."""
    until = time.monotonic() + 60
    while not there():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_a_real_process_stops_in_good_order_when_told_to(environment, name):
    process = subprocess.Popen(start(), env=environment, stderr=subprocess.PIPE)
    try:
        wait_for(WorkerBeat.objects.exists)
        assert WorkerBeat.objects.get().stopped_at is None
        process.send_signal(name)
        _out, said = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0, said.decode()
    assert WorkerBeat.objects.get().stopped_at


@pytest.mark.django_db(transaction=True)
def test_a_real_process_ends_when_the_one_that_started_it_is_killed(environment):
    parent = "import subprocess, sys, time; subprocess.Popen(sys.argv[1:]); time.sleep(600)"
    process = subprocess.Popen([sys.executable, "-c", parent, *start("--with-parent")], env=environment)
    try:
        wait_for(WorkerBeat.objects.exists)
    finally:
        process.kill()
        process.wait()
    wait_for(WorkerBeat.objects.filter(stopped_at__isnull=False).exists)
