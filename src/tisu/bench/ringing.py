"""Clocks at scale: finding the due ones among all that run, and ringing a thousand, each in its own transaction, by
one worker and by two."""

import sys
from time import perf_counter
from typing import Any

from django.db import connection

from tisu.bench.figures import at_most, figure
from tisu.bench.herd import Herd
from tisu.bench.ringer import ring_by
from tisu.bench.timing import in_turn, milliseconds, p95, timed
from tisu.loop.alarms import due_clocks, take_alarm
from tisu.loop.models import Clock

HANDLED, WORKERS = 1000, 2
FOUND, DONE = at_most(50), at_most(5)


def ringing(seconds: float, herd: Herd, clocks: int) -> dict[str, Any]:
    """`clocks` run in all; of the due ones the first thousand are found and handled. Targets are PostgreSQL's."""
    handled = min(HANDLED, max(clocks // 2, 1))
    herd.add_due(handled)
    herd.add_clocks(clocks)
    judged = connection.vendor == "postgresql"
    found = in_turn({"find": lambda: _keys(handled)}, min(seconds, 2))["find"]
    due = due_clocks().count()
    took, each = _ring(handled)
    herd.add_due(handled)
    rang, took_two = ring_by(WORKERS)
    return {
        "running": Clock.objects.running().count(),
        "due": due,
        "find_1000": figure(milliseconds(found), "ms", FOUND if judged else None),
        "handled": len(each),
        "handle_1000": figure(took * HANDLED / len(each), "s", DONE if judged else None),
        "handle_1000_by_two": figure(took_two * HANDLED / rang, "s", DONE if judged else None),
        "each_median": figure(milliseconds(each), "ms"),
        "each_p95": figure(p95(each), "ms"),
    }


def _keys(most: int) -> list[tuple[int, int]]:
    return list(due_clocks().values_list("pk", "matter_id")[:most])


def _ring(most: int) -> tuple[float, list[float]]:
    begun, each = perf_counter(), []
    while len(each) < most:
        rung: list[bool] = []
        each.append(timed(lambda into=rung: into.append(take_alarm())))
        if not rung[0]:
            raise RuntimeError("Fewer clocks were due than were loaded.")
        if len(each) % 250 == 0:
            print(f"rang {len(each):,} of {most:,} clocks", file=sys.stderr, flush=True)
    return perf_counter() - begun, each
