"""After a standstill, or a clock that was set: the highest level is told once, what it overtook is written down."""

import pytest

from tisu.loop.alarms import due_clocks
from tisu.loop.models import Alarm, Event, Matter


@pytest.fixture
def handled(opened, take):
    """Due on Monday 29 May; superiors would be told on 1 and on 8 June."""
    return take(opened(), "in_progress", working_days=5)


def rung(matter: Matter) -> list[tuple[int, bool]]:
    rows = Alarm.objects.filter(clock__matter=matter, clock__kind="solve").order_by("pk")
    return [(row.level, row.sent) for row in rows]


def test_three_days_down_gives_one_notice_at_the_highest_level(handled, on, work, told):
    """Loop case 47: down from Friday to Thursday, warning and urging are overtaken by the first superior."""
    with on("2023-06-01"):
        assert work()["alarms"] == 1
    assert rung(handled) == [(1, False), (2, False), (3, True)]
    assert [event.action for event in handled.events.filter(actor=None)] == ["escalate"]
    assert {"warn/1", "urge/1"}.isdisjoint(told("zhujian-head") + told("zhujian"))
    assert told("leader") == ["escalate/1"]


def test_a_month_down_tells_one_superior_and_not_two(handled, on, work, second_leader):
    with on("2023-07-03"):
        work()
        assert [watch.post.title for watch in handled.watches.all()] == ["副县长"]
        assert rung(handled) == [(1, False), (2, False), (3, False), (4, True)]
        assert work()["alarms"] == 0


def test_every_matter_is_told_once(opened, take, on, work):
    matters = [take(opened(), "in_progress", working_days=5) for _n in range(3)]
    with on("2023-06-01"):
        assert work()["alarms"] == 3
    for matter in matters:
        assert Event.objects.filter(matter=matter, action="escalate").count() == 1


def test_a_clock_set_forward_and_back_rings_nothing_twice(handled, on, work):
    """Someone set the machine's clock to July and back: what was rung has been rung, what was not comes in its time."""
    with on("2023-05-30"):
        work()
    with on("2023-05-24"):
        assert (work()["alarms"], due_clocks().count()) == (0, 0)
    with on("2023-05-30"):
        assert work()["alarms"] == 0
    with on("2023-06-01"):
        assert work()["alarms"] == 1
    assert [level for level, _sent in rung(handled)] == [1, 2, 3]
    assert Event.objects.filter(matter=handled, action="urge").count() == 1


def test_a_clock_set_far_forward_and_back_leaves_nothing_due(handled, on, work):
    with on("2023-07-03"):
        work()
    with on("2023-05-23"):
        assert due_clocks().count() == 0
    assert Event.objects.filter(matter=handled, actor=None).count() == 1


def test_a_standstill_over_an_acceptance_accepts_and_goes_on_with_handling(opened, take, on, work):
    """Assigned and then nothing for weeks: accepted by rule and told to a superior, each once."""
    matter = take(opened(), "assigned", working_days=5)
    with on("2023-06-01"):
        work()
    assert {event.action for event in matter.events.filter(actor=None)} == {"auto_accept", "escalate"}
    assert Matter.objects.get(pk=matter.pk).stage == "in_progress"


def test_what_a_person_made_impossible_meanwhile_is_not_forced(opened, take, on, work, act, caches_agree):
    """The acceptance is due; the unit accepts on the same morning before the worker looks."""
    matter = take(opened(), "assigned", working_days=5)
    with on("2023-05-25 08:00"):
        act("zhujian", matter, "accept")
        assert work()["alarms"] == 0
    assert not Event.objects.filter(matter=matter, action="auto_accept").exists()
    assert caches_agree()
