"""How many events a second one core proves: `tisu audit verify` as it stands."""

from contextlib import suppress
from time import perf_counter
from typing import Any

from tisu.audit.verifying import verify
from tisu.bench.figures import at_least, figure

A_SECOND = at_least(50_000)


class Enough(Exception):
    """The time is over."""


def proving(seconds: float) -> dict[str, Any]:
    """From the first ledger on until the time is over or all is read; what is broken would be named here."""
    read, begun = 0, perf_counter()

    def seen(more: int) -> None:
        nonlocal read
        read += more
        if perf_counter() - begun > seconds:
            raise Enough

    faults: list[str] = []
    with suppress(Enough):
        faults += verify(seen=seen)
    took = perf_counter() - begun
    return {
        "events": read,
        "events_a_second": figure(read / took, "/s", A_SECOND),
        "faults": faults[:5],
    }
