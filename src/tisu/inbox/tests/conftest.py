"""A subject that people may lose sight of, a mail server and an HTTP server that are really there."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes
from email.message import Message as Letter
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from django.core.mail.backends import smtp
from django.utils import timezone

from tisu.foundation import rooms as registry
from tisu.foundation.rooms import Room, Subject
from tisu.inbox.channels import channel_of
from tisu.inbox.destinations import _place
from tisu.inbox.models import Destination, Message
from tisu.inbox.outbox import send_letter
from tisu.inbox.services import tell


@dataclass
class Things:
    """What messages are about here: everyone sees every thing but those that are hidden from them."""

    hidden: set[tuple[str, int]] = field(default_factory=set)

    def hide(self, name: str, key: int) -> None:
        self.hidden.add((name, key))

    def visible(self, user, keys) -> set[int]:
        return {key for key in keys if (user.username, key) not in self.hidden}


@pytest.fixture
def things(monkeypatch) -> Things:
    """The subject `thing`, declared by a room of this test, in place of every room's own."""
    things = Things()
    subject = Subject("thing", lambda user, keys: things.visible(user, keys))
    others = {app: replace(room, subjects=()) for app, room in registry.rooms().items()}
    declared = others | {"things": Room(subjects=(subject,))}
    monkeypatch.setattr(registry, "rooms", lambda: declared)
    return things


@pytest.fixture
def say(county, things):
    """`say("zhujian", "fagai", about=7)`: one rule tells these people; gives how many of them were told anew."""

    def _say(*names: str, about: int | None = None, period: str = "1", **more) -> int:
        given = {"rule": "test/1", "subject": "请办理", "text": "示例事项", "url": "/desk"} | more
        before = Message.objects.count()
        tell(
            about=None if about is None else ("thing", about),
            period=period,
            recipients=[county.people[name] for name in names],
            **given,
        )
        return Message.objects.count() - before

    return _say


# --- Servers that are really there -------------------------------------------------------------------------


class Postbox:
    """What the mail server took; `answer` is what it says to a letter instead, when set."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.answer = ""

    async def handle_DATA(self, server, session, envelope) -> str:
        if self.answer:
            return self.answer
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


class OnAnyPort(Controller):
    """Listens wherever there is room; aiosmtpd itself wants to be told."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    """A mail server on loopback, and settings that lead to it."""
    box = Postbox()
    server = OnAnyPort(box, hostname="127.0.0.1", port=0)
    server.start()
    settings.EMAIL_BACKEND = f"{smtp.__name__}.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    settings.EMAIL_TIMEOUT = 5
    yield box
    server.stop()


@dataclass(frozen=True)
class Posted:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict:
        return json.loads(self.body)


class Gateway(ThreadingHTTPServer):
    """An HTTP server that keeps what it got. `status` and `answer` are what it answers from now on."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.posted: list[Posted] = []
        self.status, self.answer, self.headers = 200, b'{"errcode": 0}', {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/robot?key=KEY-OF-ROBOT"


class _Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posted.append(Posted(self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    do_GET = do_POST

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def gateway(settings) -> Iterator[Gateway]:
    settings.HOOKS_ON_LOOPBACK = True
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def place_of(county):
    """`place_of("zhujian", "mail", "a@example.cn")`: a confirmed destination of a person or, by code, of a unit."""

    def _place_of(owner: str, channel: str, address: str, secret: str = "", **more) -> Destination:
        whose = (
            {"user": county.people.get(owner)}
            if channel in ("mail", "sms")
            else {"unit": county.units[owner]}
        )
        place = _place(channel_of(channel), address, **whose, **{"confirmed_at": timezone.now(), **more})
        place.secret = secret or None
        place.save()
        return place

    return _place_of


@pytest.fixture
def send_all():
    """Send whatever is due; gives how many rows were taken."""

    def _send_all() -> int:
        taken = 0
        while send_letter():
            taken += 1
            assert taken < 1000
        return taken

    return _send_all


@pytest.fixture
def real(monkeypatch) -> SimpleNamespace:
    """Real time in this test's hand: `real.forward(minutes=3)`."""
    hand = SimpleNamespace(now=timezone.now())
    monkeypatch.setattr(timezone, "now", lambda: hand.now)

    def forward(**amount) -> None:
        hand.now += timedelta(**amount)

    hand.forward = forward
    return hand
