"""The virus check speaks clamd's own protocol. What it cannot say is never taken for safe."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.utils import timezone

from papers import a_photograph
from tisu.documents import scanning
from tisu.documents.ailing import checker_is_down
from tisu.documents.faults import NotTaken
from tisu.documents.models import Document, Status
from tisu.documents.vanishing import scan_one, waiting
from tisu.foundation.rooms import declared

pytestmark = pytest.mark.django_db
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class FakeClamd:
    """Listens as clamd does and answers by its manner."""

    def __init__(self, listener: socket.socket, manner: str) -> None:
        self.listener, self.manner, self.seen = listener, manner, []
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Closed under a thread that still waits on it, its number would soon be another socket's: woken up first."""
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.thread.join(15)
        self.listener.close()

    def serve(self) -> None:
        while True:
            try:
                caller, _address = self.listener.accept()
            except OSError:
                return
            with caller:
                self.answer(caller)

    def answer(self, caller: socket.socket) -> None:
        if self.manner == "hang":
            caller.settimeout(10)
            while caller.recv(65_536):
                pass
            return
        caller_file = caller.makefile("rb")
        if (asked := caller_file.read(6)) == b"zPING\0":
            caller.sendall(b"PONG\0")
            return
        assert asked + caller_file.read(4) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", caller_file.read(4))[0]:
            content += caller_file.read(length)
            if self.manner == "close":
                return
        self.seen.append(content)
        words = {"limit": b"INSTREAM size limit exceeded. ERROR", "mute": b""}.get(self.manner)
        if words is None:
            words = b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"
        caller.sendall(words + b"\0" if words else b"")


@pytest.fixture
def clamd(settings, tmp_path):
    """`with clamd("tcp", "hang") as it:` a checker of this manner, which the house asks."""

    @contextmanager
    def _clamd(place: str = "unix", manner: str = "") -> Iterator[FakeClamd]:
        if place == "unix":
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(str(tmp_path / "clamd.ctl"))
            settings.CLAMAV = f"unix:{tmp_path / 'clamd.ctl'}"
        else:
            listener = socket.create_server(("127.0.0.1", 0))
            settings.CLAMAV = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
        listener.listen()
        checker = FakeClamd(listener, manner)
        try:
            yield checker
        finally:
            checker.stop()
            (tmp_path / "clamd.ctl").unlink(missing_ok=True)

    return _clamd


@pytest.mark.parametrize("place", ["unix", "tcp"])
def test_what_is_clean_is_ready_at_once(upload, clamd, place):
    with clamd(place) as checker:
        assert upload("zhujian").is_ready
    assert checker.seen == [a_photograph()]


def test_what_is_infected_is_refused_and_not_kept(upload, clamd):
    with clamd(), pytest.raises(NotTaken, match="病毒"):
        upload("zhujian", b"text " + EICAR, "a.txt")
    assert not Document.objects.exists()


@pytest.mark.parametrize("manner", ["hang", "close", "limit", "mute"])
def test_what_it_cannot_say_leaves_the_paper_waiting(upload, clamd, monkeypatch, manner):
    monkeypatch.setattr(scanning, "PATIENCE", 0.5)
    with clamd("tcp", manner):
        assert upload("zhujian").status == Status.PENDING


def test_down_is_pending_and_never_safe(upload, settings, act, at_stage, sign_in):
    settings.CLAMAV = "unix:/nowhere/clamd.ctl"
    document, matter = upload("zhujian"), at_stage("in_progress")
    act("zhujian", matter, "report", text="见附件。", documents=[str(document.pk)])
    client = sign_in("office")
    assert "待查毒" in client.get(f"/matters/{matter.number}").content.decode()
    assert client.get(f"/documents/{document.pk}").status_code == 200
    for part in ("/file", "/thumb", "/pages/1"):
        assert client.get(f"/documents/{document.pk}{part}").status_code == 404
    assert client.post(f"/documents/{document.pk}/original", {"reason": "核对现场情况"}).status_code == 403


def test_the_worker_asks_again_with_longer_and_longer_waits(upload, settings, clamd):
    settings.CLAMAV = "unix:/nowhere/clamd.ctl"
    document, waits = upload("zhujian"), []
    for _attempt in range(8):
        Document.objects.update(scan_due_at=timezone.now())
        asked = timezone.now()
        assert scan_one()
        document.refresh_from_db()
        waits.append(round((document.scan_due_at - asked) / timedelta(minutes=1)))
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]
    assert not waiting().exists() and not scan_one()
    Document.objects.update(scan_due_at=timezone.now())
    with clamd() as checker:
        assert scan_one()
    document.refresh_from_db()
    assert document.is_ready and checker.seen == [a_photograph()]


def test_what_the_worker_finds_infected_is_never_ready(upload, settings, clamd):
    settings.CLAMAV = "unix:/nowhere/clamd.ctl"
    document = upload("zhujian", b"text " + EICAR, "a.txt")
    Document.objects.update(scan_due_at=timezone.now())
    with clamd():
        scan_one()
    document.refresh_from_db()
    assert document.status == Status.REFUSED and not waiting().exists()


def test_the_doctor_says_whether_the_checker_answers(settings, clamd, monkeypatch):
    assert checker_is_down in list(declared("faults"))
    settings.CLAMAV = ""
    assert list(checker_is_down()) == []
    settings.CLAMAV = "unix:/nowhere/clamd.ctl"
    assert ["clamd" in fault for fault in checker_is_down()] == [True]
    settings.CLAMAV = "clamd"
    assert ["TISU_CLAMAV" in fault for fault in checker_is_down()] == [True]
    monkeypatch.setattr(scanning, "PATIENCE", 0.5)
    for manner, silent in {"": 0, "hang": 1}.items():
        with clamd("tcp", manner):
            assert len(list(checker_is_down())) == silent


def test_a_checker_that_was_down_for_an_hour_leaves_papers_that_are_told(upload, settings, clamd):
    settings.CLAMAV = "unix:/nowhere/clamd.ctl"
    upload("zhujian")
    Document.objects.update(scan_attempts=6)
    with clamd():
        assert ["1份" in fault for fault in checker_is_down()] == [True]
