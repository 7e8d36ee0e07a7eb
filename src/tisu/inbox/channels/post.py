"""Posting over HTTP: one request, no redirects, a time limit, and faults in words that quote nothing."""

import json
import socket
import ssl
import time
from collections.abc import Mapping
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tisu.inbox.channels import Fault, Refused, Unreachable

TIMEOUT = 10  # seconds that the other side may be silent
IN_ALL = 30  # seconds for the whole answer
MOST_ANSWER = 64 * 1024
LONGEST_ADDRESS = 1000
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class NoRedirects(HTTPRedirectHandler):
    """A letter goes where its address says: a redirect could lead it, and its key, anywhere."""

    def redirect_request(self, *args: Any) -> None:
        return None


# No proxy of the environment either: what the worker's account happens to have set must not get the letters.
_opener = build_opener(NoRedirects, ProxyHandler({}))


def clean_address(address: str) -> str:
    """An https address; plain http only to this very machine and only where the settings allow it."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host = None
    plain = address.isascii() and address.isprintable() and not set(address) & set(' \\"<>{}|^`')
    if not host or not plain or len(address) > LONGEST_ADDRESS or parts.username or parts.fragment:
        raise ValidationError(_("Give the whole address of the robot, from https:// to its last sign."))
    if parts.scheme != "https" and not (parts.scheme == "http" and _may_be_plain(host)):
        raise ValidationError(_("The address must begin with https:// so that nobody reads along."))
    return address


def mask_address(address: str) -> str:
    """The host alone: path and query of a robot are its key."""
    return f"{urlsplit(address).hostname}/…"


def _may_be_plain(host: str) -> bool:
    return settings.HOOKS_ON_LOOPBACK and host in LOOPBACK


def post_json(address: str, body: Any, headers: Mapping[str, str]) -> bytes:
    """The answer to a POST of JSON. Raises Unreachable or Refused."""
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    try:
        clean_address(address)  # the rule holds when it is sent, not only when it was typed
        request = Request(address, content, {"Content-Type": "application/json; charset=utf-8", **headers})
        with _opener.open(request, timeout=TIMEOUT) as answer:
            return _read(answer)
    except ValidationError:
        raise Refused("address") from None
    except HTTPError as fault:
        fault.close()
        raise _refusal(fault.code) from None
    except (URLError, OSError, HTTPException, ValueError) as fault:
        raise Unreachable(_why(fault)) from None


def _read(answer: HTTPResponse) -> bytes:
    """So much of the answer as anyone needs, and no longer than anyone waits."""
    until, content = time.monotonic() + IN_ALL, b""
    while len(content) < MOST_ANSWER and time.monotonic() < until:
        if not (piece := answer.read1(8192)):
            return content
        content += piece
    raise Refused("answer")


def _refusal(status: int) -> Fault:
    """Busy or broken is a server that does not answer; everything else is its word on this letter."""
    return (
        Unreachable(f"status {status}")
        if status in (408, 429) or status >= 500
        else Refused(f"status {status}")
    )


def _why(fault: Exception) -> str:
    reason = getattr(fault, "reason", fault)
    if isinstance(reason, TimeoutError):
        return "timeout"
    if isinstance(reason, ssl.SSLError):
        return "tls"
    if isinstance(reason, socket.gaierror):
        return "name"
    if isinstance(reason, ConnectionRefusedError):
        return "closed"
    return "broken"


def answered_zero(answer: bytes) -> None:
    """Group robots answer 200 whatever happens; `errcode` 0 in the body says that they took it."""
    try:
        code = json.loads(answer)["errcode"]
    except (ValueError, KeyError, TypeError):
        raise Refused("answer") from None
    if code != 0:
        raise Refused(f"robot {code}" if isinstance(code, int) else "answer")
