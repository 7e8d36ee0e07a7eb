"""An anchor holds every chain that grew; what is kept of it elsewhere must agree for ever."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from cast import COUNTY
from tisu.audit.anchored import unlike
from tisu.audit.anchors import ANCHORS, Leaf, digest_of, take_anchor, take_daily, waiting
from tisu.audit.chain import genesis, next_value
from tisu.audit.facts import facts_of
from tisu.audit.models import Anchor, AnchorLeaf
from tisu.audit.record import record
from tisu.audit.verifying import verify
from tisu.foundation import rooms
from tisu.foundation.appendonly import LedgerIsAppendOnly
from tisu.loop.actor import person
from tisu.loop.models import Event
from tisu.loop.register import register_matter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def file(settings, tmp_path):
    settings.ANCHORS = tmp_path / "anchors.txt"
    return settings.ANCHORS


@pytest.fixture
def anchored(django_capture_on_commit_callbacks):
    """`anchored()`: take an anchor, and keep it in the file as a commit does."""

    def _anchored() -> Anchor:
        with django_capture_on_commit_callbacks(execute=True):
            return take_anchor()

    return _anchored


def leaves(anchor: Anchor) -> dict[str, int]:
    return dict(anchor.chains.values_list("chain", "seq"))


def test_holds_each_chain_that_grew_since_the_last_one_and_no_other(county, act, task):
    assert leaves(take_anchor()) == {task.number: 1}
    assert leaves(take_anchor()) == {}
    act("office", task, "assign", lead_unit="zhujian")
    act("zhujian", task, "accept")
    record(act="add-unit", about="示例")
    last = take_anchor()
    assert leaves(last) == {task.number: 3, "house": 1}
    assert (last.number, last.leaves) == (3, 2)


def test_holds_the_value_that_the_chain_had(task):
    anchor = take_anchor()
    assert anchor.chains.get().value == Event.objects.get(matter=task).chain


def test_can_be_recomputed_by_hand(task):
    anchor = take_anchor()
    leaf = anchor.chains.get()
    assert anchor.digest == digest_of([Leaf("events", task.number, 1, leaf.value)])
    assert (anchor.previous, anchor.root) == (
        genesis(ANCHORS),
        next_value(genesis(ANCHORS), facts_of(anchor)),
    )


def test_goes_on_from_the_one_before(task):
    first, second = take_anchor(), take_anchor()
    assert second.previous == first.root != second.root


def test_stays_as_it_was_taken(task):
    anchor = take_anchor()
    for change in (anchor.save, anchor.delete, Anchor.objects.all().delete, AnchorLeaf.objects.all().delete):
        with pytest.raises(LedgerIsAppendOnly):
            change()


def test_is_handed_to_whoever_asks_for_it(task, monkeypatch):
    got = []
    house = rooms.rooms() | {"elsewhere": rooms.Room(anchor_sinks=(got.append,))}
    monkeypatch.setattr(rooms, "rooms", lambda: house)
    assert got == [take_anchor()]


# --- The file --------------------------------------------------------------------------------------------


def test_is_a_line_of_the_file(task, anchored, file):
    anchors = [anchored(), anchored()]
    assert file.read_text("utf-8").splitlines() == [
        f"{anchor.number} 2023-05-22 {anchor.root} {anchor.leaves}" for anchor in anchors
    ]
    assert list(verify()) == []


def test_makes_up_for_a_line_that_a_crash_left_out(task, anchored, file):
    anchored()
    take_anchor()
    anchored()
    assert [line.split()[0] for line in file.read_text("utf-8").splitlines()] == ["1", "2", "3"]


def test_begins_a_lost_file_anew_and_leaves_the_gap(task, anchored, file):
    anchored()
    anchored()
    file.unlink()
    anchored()
    assert [line.split()[0] for line in file.read_text("utf-8").splitlines()] == ["3"]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("2023-05-22", "2023-05-23", "1"),
        ("2 2023", "9 2023", "9"),
        (" 1\n", " 7\n", "1"),
        ("1 2023", "a 2023", "1"),
    ],
)
def test_names_an_edited_line(task, anchored, file, old, new, named):
    anchored()
    anchored()
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    assert any(named in sentence for sentence in unlike(file, whole=False))
    assert list(verify())


def test_names_a_root_that_was_edited(task, anchored, file):
    root = anchored().root
    file.write_text(
        file.read_text("utf-8").replace(root, root[:-1] + ("0" if root[-1] != "0" else "1")), "utf-8"
    )
    [sentence] = verify()
    assert root in sentence


def test_names_a_line_that_was_taken_out_of_the_middle(task, anchored, file):
    for _number in range(3):
        anchored()
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text(lines[0] + lines[2], "utf-8")
    [sentence] = verify()
    assert "2" in sentence


def test_agrees_with_what_someone_kept_of_one_notice(task, anchored, tmp_path):
    anchored()
    root = anchored().root
    kept = tmp_path / "notice.txt"
    kept.write_text(f"2 2023-05-22 {root.upper()}\n\n", "utf-8")
    assert list(verify(file=kept)) == []


# --- The daily job ---------------------------------------------------------------------------------------


def test_is_taken_once_a_day(task):
    assert (waiting(), take_daily(), waiting(), take_daily()) == (1, True, 0, False)
    assert Anchor.objects.count() == 1


def test_is_taken_again_the_next_day(task, monkeypatch):
    assert take_daily()
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert take_daily() and not take_daily()
    assert Anchor.objects.count() == 2


def test_is_tried_again_when_it_failed(task, monkeypatch):
    def fail(anchor):
        raise OSError("no way out")

    house = rooms.rooms() | {"elsewhere": rooms.Room(anchor_sinks=(fail,))}
    with monkeypatch.context() as patch:
        patch.setattr(rooms, "rooms", lambda: house)
        with pytest.raises(OSError, match="no way out"):
            take_daily()
    assert take_daily() and Anchor.objects.get().number == 1


@pytest.mark.django_db(transaction=True)
def test_is_taken_once_by_two_workers(county):
    register_matter(
        kind="task", title="示例", text="示例", region=COUNTY, actor=person(county.people["office"])
    )
    together, taken = threading.Barrier(2), []

    def work() -> None:
        together.wait()
        taken.append(take_daily())
        connections.close_all()

    threads = [threading.Thread(target=work) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False, True]
    assert Anchor.objects.count() == 1 and list(verify()) == []
