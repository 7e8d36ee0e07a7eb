"""Clocks at scale: finding the due ones among all that run, and ringing a thousand, each in its own transaction, by
one worker and by two."""

from typing import Any

from django.db import connection

from tisu.bench.figures import at_most, figure
from tisu.bench.herd import Herd
from tisu.bench.ringer import Rung, ring_by
from tisu.bench.timing import in_turn, milliseconds, p95
from tisu.loop.alarms import due_clocks
from tisu.loop.models import Clock

HANDLED = 1000
FOUND, DONE = at_most(50), at_most(5)


def ringing(seconds: float, herd: Herd, clocks: int) -> dict[str, Any]:
    """`clocks` run in all; of the due ones the first thousand are found and handled. Targets are PostgreSQL's."""
    handled = min(HANDLED, max(clocks // 2, 1))
    herd.add_due(handled)
    herd.add_clocks(clocks)
    judged = connection.vendor == "postgresql"
    found = in_turn({"find": lambda: _keys(handled)}, min(seconds, 2))["find"]
    due = due_clocks().count()
    alone = _rung(1, handled)
    herd.add_due(handled)
    together = _rung(2, handled // 2)
    return {
        "running": Clock.objects.running().count(),
        "due": due,
        "find_1000": figure(milliseconds(found), "ms", FOUND if judged else None),
        "handled": len(alone.each),
        "handle_1000": figure(_for_a_thousand(alone), "s", DONE if judged else None),
        "handle_1000_by_two": figure(_for_a_thousand(together), "s", DONE if judged else None),
        "each_median": figure(milliseconds(alone.each), "ms"),
        "each_p95": figure(p95(alone.each), "ms"),
    }


def _keys(most: int) -> list[tuple[int, int]]:
    return list(due_clocks().values_list("pk", "matter_id")[:most])


def _rung(workers: int, most: int) -> Rung:
    rung = ring_by(workers, most)
    if len(rung.each) < workers * most:
        raise RuntimeError("Fewer clocks were due than were loaded.")
    return rung


def _for_a_thousand(rung: Rung) -> float:
    return rung.seconds * HANDLED / len(rung.each)
