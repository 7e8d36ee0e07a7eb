"""Taking reports in through a real server with real commits, beside a bare writer of the same rows on that server."""

import json
import threading
from collections.abc import Callable
from itertools import count
from statistics import median
from time import perf_counter
from typing import Any

from tisu.bench.addresses import INTAKE
from tisu.bench.bare import REPORTS
from tisu.bench.figures import at_least, figure
from tisu.bench.server import Server
from tisu.bench.timing import milliseconds, p95

CALLERS = (1, 8)
ROUNDS = 4  # of each way in turn
TO_BARE = at_least(0.7)
numbers = count()


def intake(seconds: float, server: Server) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for callers in CALLERS:
        burst = max(seconds / (2 * ROUNDS), 0.05)
        rates: dict[str, list[float]] = {REPORTS: [], INTAKE: []}
        waits: list[float] = []
        for address in (REPORTS, INTAKE):  # every process takes its sample and imports what it needs
            _burst(server, address, max(callers, 4), burst)
        for _round in range(ROUNDS):
            for address, found in rates.items():
                rate, taken = _burst(server, address, callers, burst)
                found.append(rate)
                waits += taken if address == REPORTS else []
        figures |= _told(callers, rates, waits)
    return figures


def _told(callers: int, rates: dict[str, list[float]], waits: list[float]) -> dict[str, Any]:
    """The share is of the rounds' own pairs: what slows both at once does not show in it."""
    shares = [own / bare for own, bare in zip(*rates.values(), strict=True)]
    return {
        f"reports_a_second_c{callers}": figure(median(rates[REPORTS]), "/s"),
        f"bare_a_second_c{callers}": figure(median(rates[INTAKE]), "/s"),
        f"share_of_bare_c{callers}": figure(median(shares), "×", TO_BARE),
        f"median_c{callers}": figure(milliseconds(waits), "ms"),
        f"p95_c{callers}": figure(p95(waits), "ms"),
    }


def _burst(server: Server, address: str, callers: int, seconds: float) -> tuple[float, list[float]]:
    """Reports a second, and how long each one took, of so many callers that each send one after the other."""
    waits: list[float] = []
    faults: list[Exception] = []
    begun = perf_counter()

    def send() -> None:
        try:
            _send(server, address, begun + seconds, waits.append)
        except Exception as fault:  # raised in the thread that waits for this one
            faults.append(fault)

    threads = [threading.Thread(target=send) for _each in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return len(waits) / (perf_counter() - begun), waits


def _send(server: Server, address: str, ends: float, took: Callable[[float], None]) -> None:
    connection = server.connect()
    while perf_counter() < ends:
        text = f"{next(numbers)}. The licence was promised for last Friday and nobody answers the phone."
        body = json.dumps({"text": text, "anonymous": True})
        begun = perf_counter()
        connection.request("POST", address, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        told = answer.read()
        if answer.status != 201:
            raise RuntimeError(f"{address} was answered with {answer.status}: {told[:200]!r}")
        took(perf_counter() - begun)
