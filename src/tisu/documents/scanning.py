"""The virus check: clamd over its socket, and papers that wait for it (pending is never safe)."""

import logging
import socket
import struct
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

logger = logging.getLogger(__name__)

CLEAN, INFECTED, UNKNOWN = "clean", "infected", "unknown"
HOUR = timedelta(hours=1)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
PATIENCE = 20.0  # seconds that clamd may be silent
PIECE = 128 * 1024
MOST_ANSWER = 4096


def verdict_on(chunks: Iterable[bytes]) -> str:
    """What clamd says of it: clean, infected, or unknown while it cannot say. Without clamd it is clean by decision."""
    if not settings.CLAMAV:
        return CLEAN
    try:
        answer = _ask(chunks)
    except (OSError, ValueError) as fault:
        logger.warning("clamd did not answer: %s", type(fault).__name__)
        return UNKNOWN
    if answer.endswith("OK"):
        return CLEAN
    if answer.endswith("FOUND"):
        logger.warning("clamd found something in an upload")
        return INFECTED
    # Too long for it, or no memory. What it says is not logged: it may quote a name.
    logger.warning("clamd answered with a fault")
    return UNKNOWN


def does_answer() -> bool:
    """Whether the clamd that is named says that it is there."""
    try:
        with _connected() as clamd:
            clamd.sendall(b"zPING\0")
            return _answer(clamd) == "PONG"
    except (OSError, ValueError):
        return False


def next_try(attempts: int, now: datetime | None = None) -> datetime:
    """1, 2, 4, … minutes after the first, second, third failure; never more than an hour. On real time."""
    return (now or timezone.now()) + min(FIRST_WAIT * 2 ** min(attempts, 20), LONGEST_WAIT)


def _ask(chunks: Iterable[bytes]) -> str:
    """INSTREAM: each piece with its length before it, a length of nothing at the end."""
    with _connected() as clamd:
        clamd.sendall(b"zINSTREAM\0")
        for chunk in chunks:
            for place in range(0, len(chunk), PIECE):
                piece = chunk[place : place + PIECE]
                clamd.sendall(struct.pack(">I", len(piece)) + piece)
        clamd.sendall(struct.pack(">I", 0))
        return _answer(clamd)


def _answer(clamd: socket.socket) -> str:
    told = b""
    while not told.endswith(b"\0") and len(told) < MOST_ANSWER:
        if not (part := clamd.recv(MOST_ANSWER)):
            break
        told += part
    if not told:
        raise ValueError("closed without an answer")
    return told.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected() -> socket.socket:
    place = urlsplit(settings.CLAMAV)
    if place.scheme == "unix" and place.path:
        clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        clamd.settimeout(PATIENCE)
        try:
            clamd.connect(place.path)
        except OSError:
            clamd.close()
            raise
        return clamd
    if place.scheme == "tcp" and place.hostname:
        return socket.create_connection((place.hostname, place.port or 3310), timeout=PATIENCE)
    raise ImproperlyConfigured("TISU_CLAMAV takes unix:/path/to/clamd.ctl or tcp://host:port.")
