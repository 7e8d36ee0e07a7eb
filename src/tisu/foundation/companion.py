"""The worker of a trial installation: a process beside the web processes, started and stopped with them."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.conf import settings

STOP_WITHIN = 40  # seconds: as long as the slowest letter in hand


def is_wanted(asked: bool | None) -> bool:
    """A trial on SQLite has its worker beside it unless told otherwise; on a server it is a service of its own."""
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") if asked is None else asked


def worker_beside(asked: bool | None):
    return _running() if is_wanted(asked) else nullcontext()


@contextmanager
def _running() -> Iterator[subprocess.Popen]:
    """It ends in good order with the block, and by itself should this process be killed."""
    process = subprocess.Popen([sys.executable, "-m", "tisu", "worker", "--with-parent"])
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
