"""A leader's word (批示): it stands on the matter, and what it carries is done with it or not at all."""

from datetime import date

import pytest

from tisu.accounts.models import PostHolding
from tisu.loop.faults import Conflict, NotAllowed, NotVisible, Unacceptable
from tisu.loop.models import Event


def acts(matter) -> list[tuple[str, str]]:
    return [(event.action, event.signed) for event in Event.objects.filter(matter=matter)]


LEADER = "县政府 副县长"
SECRETARY = "县政府 副县长（秘书代）"


def test_alone_is_one_event_and_moves_nothing(at_stage, act, told):
    matter = act("leader", at_stage("in_progress"), "instruct", text="企业等得起一天，等不起一个月。")
    assert (matter.stage, acts(matter)[-1]) == ("in_progress", ("instruct", LEADER))
    assert told("zhujian", urgent=True)[-1] == told("office", urgent=True)[-1] == "instruct/1"


def test_that_urges_is_followed_by_the_urging(at_stage, act):
    matter = act("leader", at_stage("in_progress"), "instruct", text="三日内办结。", carries="urge")
    assert acts(matter)[-2:] == [("instruct", LEADER), ("urge", LEADER)]
    assert [event.content.body["text"] for event in matter.events.order_by("seq")[3:]] == ["三日内办结。"] * 2


def test_that_assigns_is_followed_by_the_assignment(opened, ask, act, due):
    """A leader sees what waits to be assigned once it is watched; to assign by instruction needs no office."""
    matter = opened()
    act("office", matter, "escalate", text="请明确责任单位。")
    matter = act(
        "leader",
        matter,
        "instruct",
        text="由住建局牵头。",
        carries="assign",
        lead_unit="zhujian",
        working_days=3,
    )
    assert (matter.stage, matter.lead.unit.code, due(matter)) == ("assigned", "zhujian", "2023-05-25")
    assert (matter.lead.requirement, acts(matter)[-2:]) == (
        "由住建局牵头。",
        [("instruct", LEADER), ("assign", LEADER)],
    )


def test_that_tells_the_next_superior_is_followed_by_that(at_stage, act, second_leader):
    matter = act("leader", at_stage("in_progress"), "instruct", text="请常务副县长协调。", carries="escalate")
    assert acts(matter)[-2:] == [("instruct", LEADER), ("escalate", LEADER)]
    assert [watch.post.title for watch in matter.watches.all()] == ["副县长"]


def test_by_a_secretary_for_a_paper_note_says_so(at_stage, act):
    """Each of the two events is signed with the post and who stands in for it; the note's day is kept."""
    matter = act(
        "secretary", at_stage("in_progress"), "instruct", text="抓紧。", carries="urge", paper_of="2023-05-19"
    )
    assert acts(matter)[-2:] == [("instruct", SECRETARY), ("urge", SECRETARY)]
    assert matter.events.get(action="instruct").content.body["paper_of"] == "2023-05-19"


def test_by_a_secretary_is_a_paper_note_of_today_unless_another_day_is_named(at_stage, act):
    matter = act("secretary", at_stage("in_progress"), "instruct", text="抓紧。")
    assert matter.events.get(action="instruct").content.body["paper_of"] == "2023-05-22"
    act("leader", matter, "instruct", text="抓紧。")
    assert "paper_of" not in matter.events.filter(action="instruct").last().content.body


@pytest.mark.parametrize("name", ["leader", "secretary"])
def test_is_not_entered_for_a_post_that_nobody_holds(at_stage, act, county, name):
    matter = at_stage("in_progress")
    PostHolding.objects.filter(user=county.people["leader"]).update(until=date(2023, 5, 20))
    with pytest.raises(NotVisible):
        act(name, matter, "instruct", text="抓紧。")


@pytest.mark.parametrize("day", ["2023-05-23", "2021-05-22", "1999-01-01"])
def test_from_a_paper_note_of_tomorrow_or_of_long_ago_is_refused(at_stage, act, day):
    with pytest.raises(Unacceptable) as refusal:
        act("secretary", at_stage("in_progress"), "instruct", text="抓紧。", paper_of=day)
    assert list(refusal.value.errors) == ["paper_of"]


@pytest.mark.parametrize(
    ("stage", "carried", "fault"),
    [
        ("in_progress", {"carries": "assign", "lead_unit": "zhujian"}, Conflict),
        ("in_progress", {"carries": "assign"}, Unacceptable),
        ("in_progress", {"carries": "close"}, Unacceptable),
        ("closed", {"carries": "urge"}, Conflict),
    ],
    ids=["assigned already", "to no unit", "what nothing carries", "closed"],
)
def test_whose_carried_act_is_not_possible_is_not_entered_either(at_stage, act, stage, carried, fault):
    matter = at_stage(stage)
    before = acts(matter)
    with pytest.raises(fault):
        act("leader", matter, "instruct", text="示例", **carried)
    assert acts(matter) == before


def test_that_would_tell_a_superior_where_none_is_left_is_not_entered(at_stage, act):
    matter = act("leader", at_stage("in_progress"), "instruct", text="示例", carries="escalate")
    before = acts(matter)
    with pytest.raises(Conflict):
        act("leader", matter, "instruct", text="再报。", carries="escalate")
    assert acts(matter) == before


def test_that_urges_twice_a_day_is_not_entered_the_second_time(at_stage, act, on):
    matter = act("leader", at_stage("in_progress"), "instruct", text="抓紧。", carries="urge")
    with pytest.raises(Conflict):
        act("leader", matter, "instruct", text="再抓紧。", carries="urge")
    with on("2023-05-23"):
        act("leader", matter, "instruct", text="再抓紧。", carries="urge")


@pytest.mark.parametrize("name", ["office-lead", "supervisor", "zhujian-head"])
def test_is_entered_by_a_leader_or_the_secretary_alone(at_stage, act, name):
    with pytest.raises(NotAllowed):
        act(name, at_stage("in_progress"), "instruct", text="示例")


def test_gives_a_leader_no_act_that_is_not_carried(at_stage, act, opened):
    """To assign, or to tell a superior, is no act of a leader's own: only an instruction carries it."""
    with pytest.raises(NotAllowed):
        act("leader", at_stage("in_progress"), "escalate", text="示例")
    matter = opened()
    act("office", matter, "escalate", text="请明确责任单位。")
    with pytest.raises(NotAllowed):
        act("leader", matter, "assign", lead_unit="zhujian")
