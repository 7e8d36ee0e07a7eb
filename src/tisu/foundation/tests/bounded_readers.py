"""What test_bounded.py lets run in a child: readers that behave, and readers that do not."""

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

from tisu.foundation.bounded import Unreadable


def counted(given: BinaryIO, into: BinaryIO, *, most: int) -> dict[str, Any]:
    content = given.read(most)
    into.write(content.upper())
    into.seek(0)
    return {"size": len(content), "first": into.read(1).decode()}


def refusing(given: BinaryIO, into: BinaryIO) -> None:
    raise Unreadable("macro", name="vbaProject.bin")


def failing(given: BinaryIO, into: BinaryIO) -> None:
    raise ValueError("secret line of the file")


def eating(given: BinaryIO, into: BinaryIO) -> int:
    return len(b"x" * 10**10)


def turning(given: BinaryIO, into: BinaryIO) -> None:
    while True:
        pass


def sleeping(given: BinaryIO, into: BinaryIO) -> None:
    time.sleep(60)


def answering_slowly(given: BinaryIO, into: BinaryIO) -> None:
    time.sleep(4)


def flooding(given: BinaryIO, into: BinaryIO) -> None:
    while True:
        into.write(b"x" * 65_536)


def dying(given: BinaryIO, into: BinaryIO) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def starved(given: BinaryIO, into: BinaryIO) -> None:
    """As a library of C++ or Rust ends that is given no more room."""
    os.abort()


def answering_at_length(given: BinaryIO, into: BinaryIO, *, rows: int) -> list[list[str]]:
    return [["住房和城乡建设局", "示例"]] * rows


def knowing(given: BinaryIO, into: BinaryIO) -> dict[str, Any]:
    return {
        "environment": sorted(os.environ),
        "django": any(name.partition(".")[0] == "django" for name in sys.modules),
        "open": len(list(Path("/proc/self/fd").iterdir())),
    }
