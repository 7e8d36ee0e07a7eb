"""What a web process holds in memory while a document streams through it, at two sizes: it must not grow with them."""

import threading
from http.client import HTTPConnection
from time import perf_counter, sleep
from typing import Any

from tisu.bench import machine
from tisu.bench.figures import at_most, figure
from tisu.bench.server import HOST, Server

ADDRESS = "/api/v1/documents"
SIZES, SHORT = (64, 1024), (4, 16)  # megabytes; the short ones for a run that only shows that it works
MB = 1024 * 1024
PATIENCE = 900  # seconds
APART = at_most(24)  # megabytes between the peaks of the two sizes
BOUNDARY = "-----------------------------tisu-bench"
LINE = b"2023-05-22,422826,a line of a table that is long enough to be one,0123456789\n"


def uploading(seconds: float, server: Server) -> dict[str, Any]:
    sizes = SIZES if seconds >= 1 else SHORT
    for _process in server.processes():
        _send(server, 1)  # what is loaded once is loaded before
    figures: dict[str, Any] = {}
    grown = []
    for size in sizes:
        before, peak, took = _watched(server, size)
        grown.append(peak - before)
        figures |= {
            f"peak_mb_{size}": figure(peak, "MB"),
            f"growth_mb_{size}": figure(peak - before, "MB"),
            f"mb_a_second_{size}": figure(size / took, "MB/s"),
        }
    return figures | {"growth_apart": figure(max(grown[1] - grown[0], 0), "MB", APART)}


def _watched(server: Server, size: int) -> tuple[float, float, float]:
    """Memory of the largest web process before and at its peak, and how long the upload took."""
    processes, ended = server.processes(), threading.Event()
    held = [_most(processes)]

    def watch() -> None:
        while not ended.is_set():
            held.append(_most(processes))
            sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    begun = perf_counter()
    try:
        _send(server, size)
    finally:
        took = perf_counter() - begun
        ended.set()
        watcher.join()
    return held[0], max(held), took


def _most(processes: list[int]) -> float:
    return max((machine.resident(pid) for pid in processes), default=0)


def _send(server: Server, size: int) -> None:
    """A table as a file of so many megabytes, made while it is sent."""
    piece = LINE * (MB // len(LINE))
    piece += b" " * (MB - len(piece) - 1) + b"\n"
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="table.csv"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    ).encode()
    tail = f"\r\n--{BOUNDARY}--\r\n".encode()
    connection = HTTPConnection(HOST, server.port, timeout=PATIENCE)
    connection.putrequest("POST", ADDRESS)
    connection.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
    connection.putheader("Content-Length", str(len(head) + size * MB + len(tail)))
    connection.endheaders()
    connection.send(head)
    for _megabyte in range(size):
        connection.send(piece)
    connection.send(tail)
    answer = connection.getresponse()
    told = answer.read()
    if answer.status != 201:
        raise RuntimeError(
            f"{ADDRESS} was answered with {answer.status}: {told[:300].decode('utf-8', 'replace')}"
        )
    connection.close()
