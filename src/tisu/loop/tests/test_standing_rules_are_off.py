"""A standing rule that the county switched off: no act, no mail, no escalation, and no claim that there was one."""

import pytest

from tisu.foundation import clock
from tisu.loop.models import Alarm, Event, Matter, StandingRule


@pytest.fixture
def off():
    """`off("escalate/1")`: switched off from today on."""

    def _off(rule: str, until: str | None = None) -> None:
        StandingRule.objects.create(rule=rule, since=clock.today(), until=until, reason="试行期间暂停")

    return _off


@pytest.fixture
def handled(opened, take):
    return take(opened(), "in_progress", working_days=5)


def test_off_escalation_tells_no_superior_and_no_office(handled, off, on, work, told):
    """Loop case 39: what is off stands still; warning and urging, which are on, go on."""
    off("escalate/1")
    for day in ("2023-05-30", "2023-06-01", "2023-06-08", "2023-07-31"):
        with on(day):
            work()
    assert [event.action for event in handled.events.filter(actor=None)] == ["urge"]
    assert (handled.watches.exists(), told("leader"), told("office")) == (False, [], [])


def test_off_urging_sends_no_mail(handled, off, on, work, told):
    off("urge/1")
    with on("2023-05-30"):
        work()
        assert Matter.objects.get(pk=handled.pk).light == "red"
    assert "urge/1" not in told("zhujian-head")


def test_off_acceptance_leaves_it_to_the_unit(opened, take, off, on, work, act):
    matter = take(opened(), "assigned", working_days=5)
    off("auto-accept/1")
    with on("2023-05-30"):
        work()
        assert Matter.objects.get(pk=matter.pk).stage == "assigned"
        assert act("zhujian", matter, "accept").stage == "in_progress"


def test_off_is_written_down_as_not_sent(handled, off, on, work):
    off("urge/1")
    with on("2023-05-30"):
        work()
    rows = Alarm.objects.filter(clock__matter=handled, clock__kind="solve")
    assert [(row.level, row.sent) for row in rows] == [(1, False), (2, False)]


def test_on_again_rings_what_comes_then_and_nothing_of_before(handled, off, on, work):
    off("escalate/1", until="2023-06-05")
    with on("2023-06-01"):
        work()
    with on("2023-06-05"):
        assert work()["alarms"] == 0
    with on("2023-06-08"):
        work()
    assert Event.objects.filter(matter=handled, action="escalate").count() == 1


def test_off_resumption_does_not_keep_anyone_waiting(handled, off, ask, act, on, work):
    """What ends a pause is its own day, not a rule that can be switched off."""
    act(
        "supervisor",
        handled,
        "grant",
        request=ask("zhujian", handled, "suspension", reason="hearing", until="2023-05-24"),
    )
    for rule in ("auto-resume/1", "calendar/1"):
        off(rule)
    with on("2023-05-24"):
        assert work()["resumptions"] == 1
