"""How a matter was judged when it closed stays as it was judged, whatever is learned, published or asked later."""

import pytest

from tisu.foundation.appendonly import LedgerIsAppendOnly
from tisu.loop.models import Clock, Judgement, Matter
from tisu.loop.rebuild import differences

DONE = {"result": "resolved", "summary": "场地已于当日清理完毕并移交，有验收单。"}


@pytest.fixture
def closed_on(opened, take, on):
    """`closed_on("2023-05-30")`: five working days from Monday the 22nd; submitted, then passed on that day."""

    def _closed_on(submitted: str, passed: str = "") -> Matter:
        matter = take(opened(), "in_progress", working_days=5)
        with on(submitted):
            take(matter, "submitted")
        with on(passed or submitted):
            return take(matter, "closed")

    return _closed_on


@pytest.mark.parametrize(
    ("submitted", "verdict"),
    [("2023-05-29 18:00", "on_time"), ("2023-05-29 18:01", "late"), ("2023-06-09", "late")],
)
def test_goes_by_the_moment_of_the_submission(closed_on, submitted, verdict):
    matter = closed_on(submitted)
    judged = Judgement.objects.get()
    assert (matter.verdict, judged.verdict, judged.cycle, judged.calendar) == (verdict, verdict, 1, "cn-2026")
    assert (judged.stopped_at, judged.due_at, judged.closed_at) == (
        matter.stopped_at,
        matter.due_at,
        matter.closed_at,
    )


def test_is_on_time_however_late_it_is_passed(closed_on):
    matter = closed_on("2023-05-29", passed="2023-07-31")
    assert (matter.verdict, matter.light) == ("on_time", "on_time")


def test_stays_late_when_a_day_off_is_announced_afterwards(closed_on, on, publish, work):
    """Loop case 15 the other way round: nobody is cleared by a notice that came after the close."""
    matter = closed_on("2023-05-30")
    with on("2023-06-01"):
        publish(off="2023-05-29", title="补发通知")
        work()
        assert list(differences(write=True)) == []
    matter.refresh_from_db()
    assert (matter.verdict, matter.due_at.date().isoformat()) == ("late", "2023-05-29")


def test_cannot_be_changed(closed_on):
    closed_on("2023-05-29")
    row = Judgement.objects.get()
    with pytest.raises(LedgerIsAppendOnly):
        row.save()
    with pytest.raises(LedgerIsAppendOnly):
        Judgement.objects.update(verdict="on_time")


def test_is_made_once_for_each_cycle(closed_on, act, on, take):
    matter = closed_on("2023-05-29")
    with on("2023-06-12"):
        act("supervisor", matter, "reopen", reason="示例")
        take(matter, "closed")
    assert [(row.cycle, row.verdict) for row in Judgement.objects.all()] == [(1, "on_time"), (2, "on_time")]


def test_is_not_made_where_nothing_was_handled(opened, take, ask, act):
    matter = take(opened(), "in_progress")
    act("leader", matter, "grant", request=ask("office", matter, "cancellation"))
    assert not Judgement.objects.exists()


def test_counts_no_rework_against_the_unit_but_what_it_used(opened, take, on, act):
    """Three days have counted when it is submitted; sent back, it has two left, the day it comes back among them."""
    matter = take(opened(), "in_progress", working_days=5)
    with on("2023-05-26"):
        take(matter, "submitted")
    with on("2023-06-05"):
        act("office", matter, "fail", reason="仍有弃土")
        assert Clock.objects.get(matter=matter, kind="solve").due_at.date().isoformat() == "2023-06-06"
    with on("2023-06-06 18:00"):
        matter = take(matter, "closed")
    assert (matter.verdict, matter.reworks) == ("on_time", 1)
