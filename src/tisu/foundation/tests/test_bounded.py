"""Whatever a file does to its reader, the house goes on and refuses it by name."""

import tempfile
import threading
import time

import pytest

from tisu.foundation import bounded
from tisu.foundation.bounded import MB, Bounds, TooMuch, Unreadable, run_bounded

READERS = "tisu.foundation.tests.bounded_readers"


def run(reader: str, **more):
    return run_bounded(f"{READERS}:{reader}", **more)


@pytest.fixture
def file():
    with tempfile.TemporaryFile() as opened:
        yield opened


def test_gives_back_what_the_reader_says_and_wrote(file):
    with tempfile.TemporaryFile() as into:
        file.write(b"abcdef")
        assert run("counted", given=file, into=into, most=4) == {"size": 4, "first": "A"}
        into.seek(0)
        assert into.read() == b"ABCD"


def test_carries_an_answer_of_any_length():
    assert len(run("answering_at_length", rows=50_000)) == 50_000


def test_raises_again_what_the_reader_refused():
    with pytest.raises(Unreadable) as refusal:
        run("refusing")
    assert (refusal.value.code, refusal.value.details) == ("macro", {"name": "vbaProject.bin"})


def test_says_of_a_reader_that_failed_no_more_than_that():
    with pytest.raises(Unreadable) as refusal:
        run("failing")
    assert (refusal.value.code, refusal.value.details) == ("broken", {"fault": "ValueError"})
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("reader", "code"),
    [("eating", "memory"), ("turning", "time"), ("sleeping", "time"), ("flooding", "written")],
)
def test_stops_what_outgrows_its_bounds(reader, code):
    began = time.monotonic()
    with tempfile.TemporaryFile() as into, pytest.raises(TooMuch) as refusal:
        run(reader, into=into, bounds=Bounds(memory=256 * MB, seconds=1, written=MB))
    assert refusal.value.code == code
    assert time.monotonic() - began < 10


def test_survives_a_reader_that_dies():
    with pytest.raises(Unreadable) as refusal:
        run("dying")
    assert refusal.value.code == "broken"


def test_knows_a_library_that_found_no_more_room():
    with pytest.raises(TooMuch) as refusal:
        run("starved")
    assert refusal.value.code == "memory"


def test_tells_the_child_nothing_of_the_house(monkeypatch):
    monkeypatch.setenv("TISU_SECRET_KEY", "s3cret")
    known = run("knowing")
    assert not {name for name in known["environment"] if "TISU" in name}
    assert not known["django"]
    assert known["open"] < 10


def test_lets_only_a_few_run_at_once(monkeypatch):
    monkeypatch.setattr(bounded, "_ROOM", threading.BoundedSemaphore(1))
    first = threading.Thread(target=run, args=("answering_slowly",))
    first.start()
    time.sleep(0.5)
    with pytest.raises(TooMuch) as refusal:
        run("refusing", bounds=Bounds(seconds=1))
    first.join()
    assert refusal.value.code == "busy"
