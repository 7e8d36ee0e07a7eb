"""A calendar notice at scale: every running clock reckoned anew by the job that does it in life."""

import sys
from time import perf_counter
from typing import Any

from tisu.bench import machine
from tisu.bench.figures import at_most, figure
from tisu.bench.herd import Herd
from tisu.foundation import clock
from tisu.foundation.calendars import publish
from tisu.foundation.drafts import Draft
from tisu.foundation.models import NoticeKind
from tisu.loop.models import Clock, Event
from tisu.loop.redating import BATCH, behind, take_batch

MOST = 100_000
MOVED = 0.9  # the notice takes a day off so late that about a tenth of the clocks are due on it or after it
GROWTH = at_most(50)  # megabytes: a batch is held at a time, whatever there is to do
STEP = 10_000


def recomputing(seconds: float, herd: Herd, clocks: int) -> dict[str, Any]:
    """Of at most 100,000 running clocks, whatever the time allowed: the job is measured until it is done."""
    herd.add_clocks(min(clocks, MOST))
    waiting = Clock.objects.running().count()
    publish(_notice(waiting))
    told = Event.objects.filter(action="redate").count()
    machine.forget_peak()
    held, begun = machine.resident(), perf_counter()
    done = _reckon(waiting)
    took = perf_counter() - begun
    return {
        "clocks": done,
        "matters_moved": Event.objects.filter(action="redate").count() - told,
        "seconds": figure(took, "s"),
        "clocks_a_second": figure(done / took, "/s"),
        "memory_growth": figure(machine.peak() - held, "MB", GROWTH),
    }


def _notice(running: int) -> Draft:
    rows = Clock.objects.running().filter(due_at__gt=clock.now())
    moments = rows.order_by("due_at").values_list("due_at", flat=True)
    day = clock.local_day(moments[int(rows.count() * MOVED)])
    return Draft(
        kind=NoticeKind.OVERLAY, title="bench", source="bench", off=frozenset({day}), loaded_by="bench"
    )


def _reckon(waiting: int) -> int:
    """Batch after batch, as a worker does, until none is left or as many are done as are measured.

    Counting what is left costs more than a batch, so it is counted after every so many.
    """
    most, done, batches = min(waiting, MOST), 0, 0
    while done < most and take_batch():
        batches += 1
        if batches * BATCH >= done + STEP or batches * BATCH >= most:
            done = waiting - behind().count()
            print(f"reckoned {done:,} of {most:,} clocks anew", file=sys.stderr, flush=True)
    return waiting - behind().count()
