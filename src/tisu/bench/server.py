"""A real web server on the loopback address, started as `tisu serve` starts one."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings

from tisu.foundation.management.commands.serve import threads

HOST = "127.0.0.1"
PATIENCE = 60  # seconds until it must answer


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def connect(self) -> HTTPConnection:
        return HTTPConnection(HOST, self.port, timeout=PATIENCE)

    def processes(self) -> list[int]:
        """The processes that answer: those that the server started."""
        found = [self.pid]
        for pid in found:
            found += _children(pid)
        return found[1:]


@contextmanager
def serving() -> Iterator[Server]:
    port = _free_port()
    words = ["--interface", "wsgi", "--host", HOST, "--port", str(port), "--no-ws", "--log-level", "warning"]
    words += ["--workers", str(settings.WORKERS), "--blocking-threads", str(threads())]
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *words, "tisu.bench.wsgi:application"], stdout=sys.stderr
    )
    try:
        server = Server(port, process.pid)
        _await(server, process)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


def _await(server: Server, process: subprocess.Popen) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        try:
            connection = server.connect()
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The web server did not start.")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return listener.getsockname()[1]


def _children(pid: int) -> list[int]:
    try:
        lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [int(child) for each in lists for child in each.split()]
