"""Reading what a stranger made, in a child process with a limit on memory, time and what it may write.

Decoders of pictures, PDF and sheets are large, and a file can be made to set them against their house: one that
unfolds to a thousand times its size, one that never ends. In here it costs one refusal. The child has neither
the environment nor Django, so no key and no database either; it imports the reader, which is named by its place
("tisu.documents.pictures:clean"), and calls it as `reader(given, into, **arguments)` with two open files.

    pages = run_bounded("tisu.foundation.sheets:rows", given=file, bounds=Bounds(seconds=30), most=50_000)

Arguments and answer are whatever JSON can say. A reader refuses with `Unreadable("code", name=value)`, which is
raised again on this side; the words for a code are the caller's.
"""

import errno
import importlib
import json
import logging
import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO, Any

logger = logging.getLogger(__name__)

MB = 1024 * 1024
AT_ONCE = 2  # children of one process: what a flood of uploads may cost in memory
_ROOM = threading.BoundedSemaphore(AT_ONCE)
_CHILD = "from tisu.foundation.bounded import answer_as_child; answer_as_child()"
_OUT_OF_TIME = (-signal.SIGKILL, -signal.SIGXCPU)
_OUT_OF_MEMORY = -signal.SIGABRT  # how libraries of C++ and Rust end when they are given no more


@dataclass(frozen=True)
class Bounds:
    """`memory` is all address space of the child, Python included; `written` the size of each file it writes."""

    memory: int = 768 * MB
    seconds: int = 20
    written: int = 256 * MB


USUAL = Bounds()


class Unreadable(Exception):
    """The reader cannot take this: `code` says why, "broken" where the reader failed without a word."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code, self.details = code, details


class TooMuch(Unreadable):
    """It outgrew what it may cost: "memory", "time" or "written"; "busy" where no child was free in that time."""


def run_bounded(
    reader: str,
    *,
    given: IO[bytes] | None = None,
    into: IO[bytes] | None = None,
    bounds: Bounds = USUAL,
    **arguments: Any,
) -> Any:
    """What the reader answers. Both files are real ones, best without a name (tempfile.TemporaryFile)."""
    with _one_of_few(bounds.seconds), tempfile.TemporaryFile() as told:
        call = {"reader": reader, "told": told.fileno(), "bounds": asdict(bounds), "arguments": arguments}
        code = _run(call, given, into, told.fileno(), bounds.seconds)
        told.seek(0)
        return _understood(reader, told.read(), code)


@contextmanager
def _one_of_few(seconds: int) -> Iterator[None]:
    if not _ROOM.acquire(timeout=2 * seconds):
        raise TooMuch("busy")
    try:
        yield
    finally:
        _ROOM.release()


def _run(call: dict, given: IO | None, into: IO | None, told: int, seconds: int) -> int:
    """The child's exit code. What it prints is dropped: it could be a line of the file it reads."""
    for file in (given, into):
        if file is not None:
            file.flush()
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, json.dumps(call)],
        stdin=given or subprocess.DEVNULL,
        stdout=into or subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[told],
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )
    try:
        return child.wait(seconds)
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _understood(reader: str, told: bytes, code: int) -> Any:
    """A child that was stopped by its limits leaves no answer, or half of one."""
    if code:
        logger.warning("The reader %s ended with %s", reader, code)
        raise _ended(code)
    answer = json.loads(told)
    if "answer" in answer:
        return answer["answer"]
    fault = TooMuch if answer["too_much"] else Unreadable
    raise fault(answer["code"], **answer["details"])


def _ended(code: int) -> Unreadable:
    if code in _OUT_OF_TIME:
        return TooMuch("time")
    return TooMuch("memory") if code == _OUT_OF_MEMORY else Unreadable("broken")


# --- In the child ------------------------------------------------------------------------------------------


def answer_as_child() -> None:
    """Keep within the bounds from the first line on, call the reader, tell what it said."""
    call = json.loads(sys.argv[1])
    _keep_within(Bounds(**call["bounds"]))
    answer = _answer(call["reader"], call["arguments"])
    with os.fdopen(call["told"], "wb") as told:
        told.write(json.dumps(answer).encode())


def _keep_within(bounds: Bounds) -> None:
    for what, most in (
        (resource.RLIMIT_AS, bounds.memory),
        (resource.RLIMIT_CPU, bounds.seconds),
        (resource.RLIMIT_FSIZE, bounds.written),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _answer(reader: str, arguments: dict[str, Any]) -> dict[str, Any]:
    module, _colon, function = reader.partition(":")
    try:
        read = getattr(importlib.import_module(module), function)
        with os.fdopen(0, "rb") as given, os.fdopen(os.dup(1), "r+b" if _is_file(1) else "wb") as into:
            if given.seekable():
                given.seek(0)
            answer = read(given, into, **arguments)
        return {"answer": answer}
    except Unreadable as fault:
        return _fault(fault.code, fault.details, isinstance(fault, TooMuch))
    except MemoryError:
        return _fault("memory", {}, too_much=True)
    except Exception as fault:  # whatever a decoder makes of a broken file
        if getattr(fault, "errno", None) == errno.EFBIG:
            return _fault("written", {}, too_much=True)
        return _fault("broken", {"fault": type(fault).__name__}, too_much=False)


def _fault(code: str, details: dict[str, Any], too_much: bool) -> dict[str, Any]:
    return {"code": code, "details": details, "too_much": too_much}


def _is_file(descriptor: int) -> bool:
    """A decoder that writes may want to go back in what it has written, which only a real file lets it do."""
    return stat.S_ISREG(os.fstat(descriptor).st_mode)
