"""The worker: takes due rows of every declared job in turn until it is told to stop.

A job that raises rests for a minute while the others go on. What the worker did stands in the jobs' own rows, so
killing it at any moment loses nothing. It lives on real time; only office hours are the domain's.
"""

import contextlib
import logging
import os
import socket
import threading
import time
import traceback
from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import DatabaseError, OperationalError, connections
from django.utils import timezone

from tisu.foundation import calendars, clock
from tisu.foundation.models import WorkerBeat
from tisu.foundation.rooms import Job, declared
from tisu.foundation.statistics import refresh_statistics
from tisu.foundation.written import written_mark

logger = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two looks whether anything was written when nothing was due
PATIENCE = 10.0  # seconds after which what has become due by the mere passing of time is looked for anyway
REST = 60.0  # seconds that a job rests after a fault of its own
BUSY_REST = 5.0  # seconds after the database was busy or away, which is nobody's fault
BEAT = 10.0  # seconds between two signs of life
KEPT = timedelta(days=30)
HOST = 120  # as many signs of a host's name as a beat holds


class Worker:
    """One worker process. `stop()` may come from a signal: the row in hand is finished first."""

    def __init__(self, jobs: Iterable[Job] | None = None) -> None:
        self.jobs = tuple(declared("jobs") if jobs is None else jobs)
        self.errors = 0
        self._stopping = threading.Event()
        self._rests: dict[str, float] = {}
        self._beat: WorkerBeat | None = None
        self._beaten = 0.0
        self._rows, self._last = 0, ""
        self._looked_on: date | None = None
        self._with_parent, self._parent = False, os.getppid()

    def stop(self, *_signal: object) -> None:
        self._stopping.set()

    def run(self, *, with_parent: bool = False) -> None:
        """Work until stopped; with `with_parent` also until the process that started this one is gone."""
        self._with_parent = with_parent
        while not self._is_over():
            mark = self._mark()
            if not self.one_round():
                self._wait(mark)
        self._say_goodbye()

    def _wait(self, mark: str | None) -> None:
        """An idle worker asks one small question a second instead of one for each job."""
        until = time.monotonic() + (PAUSE if self._rests else PATIENCE)
        while not self._stopping.wait(PAUSE) and not self._is_over() and time.monotonic() < until:
            if mark is None or self._mark() != mark:
                return

    def _mark(self) -> str | None:
        """None where the database is away: then the jobs find out."""
        try:
            drop_stale_connections()
            return written_mark()
        except DatabaseError:
            return None

    def until_idle(self) -> None:
        """Work until no job has anything due, or only such that rest after a fault."""
        while not self._stopping.is_set() and self.one_round():
            pass
        self._say_goodbye()

    def once(self) -> None:
        self.one_round()
        self._say_goodbye()

    def one_round(self) -> bool:
        """One due row of each job that may run now. False when none had any."""
        took = False
        for job in self.jobs:
            if self._stopping.is_set():
                break
            took = self._take(job) or took
        self._show_life()
        self._look_at_tables()
        return took

    def _take(self, job: Job) -> bool:
        """One row of this job; whatever happens in it, the next job gets its turn."""
        if self._rests.get(job.code, 0.0) > time.monotonic():
            return False
        self._rests.pop(job.code, None)
        try:
            drop_stale_connections()
            calendars.forget()
            took = not (job.quiet and not office_is_open()) and job.take()
        except OperationalError as fault:
            self._let_rest(job, fault, BUSY_REST)
            return False
        except Exception as fault:  # a job's fault is its own: the other jobs must not stand still for it
            self._let_rest(job, fault, REST)
            return False
        if took:
            self._rows, self._last = self._rows + 1, job.code
        return bool(took)

    def _let_rest(self, job: Job, fault: Exception, seconds: float) -> None:
        """Where it happened is logged, not what was said: a database's message quotes rows."""
        self.errors += 1
        self._rests[job.code] = time.monotonic() + seconds
        where = "".join(traceback.format_tb(fault.__traceback__))
        logger.error("Job %s rests for %d s after %s\n%s", job.code, seconds, type(fault).__name__, where)

    def _show_life(self, *, stopped: bool = False) -> None:
        """The heartbeat row, at most every ten seconds. A database that is away is told by the jobs already."""
        if not stopped and self._beat and time.monotonic() - self._beaten < BEAT:
            return
        try:
            self._write_beat(stopped=stopped)
        except DatabaseError:
            return
        self._beaten = time.monotonic()

    def _write_beat(self, *, stopped: bool) -> None:
        now = timezone.now()
        if self._beat is None:
            WorkerBeat.objects.filter(seen_at__lt=now - KEPT).delete()
            self._beat = WorkerBeat(host=socket.gethostname()[:HOST], pid=os.getpid(), started_at=now)
        self._beat.seen_at, self._beat.stopped_at = now, now if stopped else None
        self._beat.last_job, self._beat.rows_done, self._beat.errors = self._last, self._rows, self.errors
        self._beat.save()

    def _look_at_tables(self) -> None:
        """Once a day, while the office is closed. A database that is busy or away is looked at in a later round."""
        today = timezone.localdate()
        with contextlib.suppress(DatabaseError):
            if self._looked_on != today and not office_is_open():
                refresh_statistics()
                self._looked_on = today

    def _say_goodbye(self) -> None:
        self._show_life(stopped=True)

    def _is_over(self) -> bool:
        return self._stopping.is_set() or (self._with_parent and os.getppid() != self._parent)


def drop_stale_connections() -> None:
    """A connection that broke or is too old is not used for the next row; one in the midst of a transaction is.

    That to a file does not grow old: opened anew for each job, it took most of what an idle worker costs, and the mark of
    what others wrote holds for one connection only.
    """
    for connection in connections.all(initialized_only=True):
        is_file = connection.vendor == "sqlite" and not connection.errors_occurred
        if not (connection.in_atomic_block or is_file):
            connection.close_if_unusable_or_obsolete()


def office_is_open() -> bool:
    """Whether deliveries to people may go out now: office hours of this installation's region, domain time."""
    return calendars.calendar_of(settings.REGION).is_open(clock.now())
