"""The clock goes on: by hand at once, by rule as of the day that was named, and the day of resumption counts."""

import pytest

from tisu.foundation import clock
from tisu.loop.faults import Conflict
from tisu.loop.models import Event, Matter


@pytest.fixture
def suspended(opened, take, ask, act, on):
    """Five working days from Monday the 22nd, suspended on Tuesday until Tuesday 30 May: then due on 5 June."""
    matter = take(opened(), "in_progress", working_days=5)
    with on("2023-05-23"):
        number = ask("zhujian", matter, "suspension", reason="supplement", until="2023-05-30")
        act("supervisor", matter, "grant", request=number)
    return Matter.objects.get(pk=matter.pk)


def test_is_foreseen_on_the_day_that_was_named(suspended, due):
    assert (due(suspended), clock.local_day(suspended.suspended_until).isoformat()) == (
        "2023-06-05",
        "2023-05-30",
    )


@pytest.mark.parametrize("name", ["zhujian", "zhujian-head", "office", "supervisor"])
def test_by_hand_counts_from_that_day(suspended, act, on, due, name):
    with on("2023-05-25"):
        matter = act(name, suspended, "resume")
    assert (matter.suspended_until, due(matter), matter.light) == (None, "2023-05-31", "green")


def test_by_rule_happens_on_the_day_that_was_named(suspended, work, on, due):
    with on("2023-05-29 23:59"):
        assert work()["resumptions"] == 0
    with on("2023-05-30 00:00"):
        assert work()["resumptions"] == 1
    event = Event.objects.filter(matter=suspended).last()
    assert (event.action, event.actor, event.signed, due(suspended)) == (
        "resume",
        None,
        "auto-resume/1",
        "2023-06-05",
    )


def test_by_rule_three_days_late_counts_from_the_day_that_was_named(suspended, work, on, due, caches_agree):
    """The worker stood still: whoever handles it gains and loses nothing by that."""
    with on("2023-06-02"):
        assert work()["resumptions"] == 1
    assert due(suspended) == "2023-06-05"
    assert caches_agree()


def test_by_hand_after_the_rule_was_late_counts_from_the_day_that_was_named(suspended, act, on, due):
    with on("2023-06-02"):
        act("zhujian", suspended, "resume")
    assert due(suspended) == "2023-06-05"


def test_happens_once(suspended, act, work, on):
    with on("2023-05-25"):
        act("zhujian", suspended, "resume")
        with pytest.raises(Conflict):
            act("zhujian", suspended, "resume")
    with on("2023-05-30"):
        assert work()["resumptions"] == 0


def test_on_the_day_of_the_suspension_costs_nothing(suspended, act, on, due):
    with on("2023-05-23 16:00"):
        act("zhujian", suspended, "resume")
    assert due(suspended) == "2023-05-29"


def test_is_refused_when_the_clock_was_set_back_behind_the_suspension(suspended, act, on, due):
    with on("2023-05-22 10:00"), pytest.raises(Conflict):
        act("zhujian", suspended, "resume")
    assert due(suspended) == "2023-06-05"


def test_clears_grey_and_lets_the_limit_ring_again(suspended, work, on, told):
    with on("2023-05-30"):
        work()
    with on("2023-06-02"):
        work()
        assert (Matter.objects.get(pk=suspended.pk).light, told("zhujian-head")[-1]) == ("yellow", "warn/1")


def test_tells_whoever_reported_the_day(act, ask, take, on, work, reported):
    report = reported("窗口来回跑了四趟。")
    matter = take(report.matter, "in_progress", working_days=5)
    number = ask("zhujian", matter, "suspension", reason="supplement", until="2023-05-24")
    act("supervisor", matter, "grant", request=number)
    with on("2023-05-24"):
        work()
    assert "2023-05-30" in report.messages.last().text


@pytest.mark.parametrize("ending", ["merge", "cancel"])
def test_of_what_ends_meanwhile_is_as_of_the_day_that_was_named(
    suspended, opened, act, ask, on, ending, caches_agree
):
    """The worker stood still, and the matter ended before it could resume: the pause is no longer than approved."""
    other = opened()
    with on("2023-06-02"):
        if ending == "merge":
            act("supervisor", suspended, "merge", parent=other.number)
        else:
            act("leader", suspended, "grant", request=ask("office", suspended, "cancellation"))
    pauses = [row.pauses.get() for row in suspended.clocks.filter(pauses__isnull=False)]
    assert {clock.local_day(pause.resumed_at).isoformat() for pause in pauses} == {"2023-05-30"}
    assert Matter.objects.get(pk=suspended.pk).suspended_until is None
    assert caches_agree()


@pytest.mark.parametrize("ending", ["merge", "cancel"])
def test_of_what_ends_after_the_clock_was_set_back_is_no_error(
    suspended, opened, act, ask, on, ending, caches_agree
):
    other = opened()
    with on("2023-05-22 10:00"):
        if ending == "merge":
            matter = act("supervisor", suspended, "merge", parent=other.number)
        else:
            matter = act("leader", suspended, "grant", request=ask("office", suspended, "cancellation"))
    assert matter.stage in ("merged", "cancelled")
    assert caches_agree()
