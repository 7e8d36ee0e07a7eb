"""Telling a superior (升级): by name or to the next one, who watches the matter from then on."""

import pytest

from cast import LONG_AGO
from tisu.accounts.models import PostHolding
from tisu.foundation import clock
from tisu.loop.faults import Conflict, NotAllowed, NotVisible, Unacceptable
from tisu.loop.models import ConflictOfInterest, Event, Matter
from tisu.loop.superiors import superiors_of
from tisu.loop.walls import recuse, wall_off


@pytest.fixture
def handled(opened, take, second_leader):
    """Led by a unit in the charge of the first leader; the second one is in charge of the office."""
    return take(opened(), "in_progress", working_days=5)


def titles(matter: Matter) -> list[str]:
    return [watch.post.title for watch in matter.watches.all()]


def test_goes_to_whoever_is_in_charge_of_the_lead_unit_then_of_the_office(handled, act):
    for expected in (["副县长"], ["副县长", "常务副县长"]):
        act("supervisor", handled, "escalate", text="逾期未报，请督办。")
        assert titles(handled) == expected
    with pytest.raises(Unacceptable) as refusal:
        act("supervisor", handled, "escalate", text="示例")
    assert list(refusal.value.errors) == ["to"]


@pytest.mark.parametrize("named", ["leader2", "key"])
def test_goes_to_whoever_is_named(handled, act, second_leader, named):
    act("office", handled, "escalate", to=str(second_leader.pk) if named == "key" else named, text="请督办。")
    assert titles(handled) == ["常务副县长"]


@pytest.mark.parametrize("named", ["zhujian-head", "nobody-here", "999999", "副县长"])
def test_to_nobody_who_is_a_leader_is_refused(handled, act, named):
    with pytest.raises(Unacceptable) as refusal:
        act("office", handled, "escalate", to=named, text="请督办。")
    assert list(refusal.value.errors) == ["to"]


def test_to_whoever_watches_it_already_is_refused(handled, act):
    act("office", handled, "escalate", to="leader2", text="请督办。")
    with pytest.raises(Unacceptable):
        act("office", handled, "escalate", to="leader2", text="请督办。")


def test_lets_a_leader_see_what_no_unit_in_their_charge_handles(handled, act, told):
    with pytest.raises(NotVisible):
        act("leader2", handled, "instruct", text="示例")
    act("supervisor", handled, "escalate", to="leader2", text="请督办。")
    assert told("leader2") == ["escalate/1"]
    act("leader2", handled, "instruct", text="三日内办结。")


@pytest.mark.parametrize(
    "why", ["the unit in charge is walled off", "recused", "an interest in the firm", "vacant"]
)
def test_passes_over_a_leader_who_may_not_see_it(handled, act, county, why):
    if why == "recused":
        recuse(handled, county.people["leader"], reason="回避")
    elif why == "vacant":
        PostHolding.objects.filter(user=county.people["leader"]).update(until=clock.today())
        county.people["secretary"].delegations.update(until=clock.today())
    elif why == "an interest in the firm":
        Matter.objects.filter(pk=handled.pk).update(enterprise=county.firms[0])
        ConflictOfInterest.objects.create(
            user=county.people["leader"], enterprise=county.firms[0], since=LONG_AGO, reason="亲属持股"
        )
    else:
        wall_off(handled, county.units["fagai"], reason="回避")
    handled = Matter.objects.get(pk=handled.pk)
    act("supervisor", handled, "escalate", text="请督办。")
    assert titles(handled) == ["常务副县长"]
    with pytest.raises(Unacceptable):
        act("supervisor", handled, "escalate", to=str(Post_of("副县长").pk), text="请督办。")


def Post_of(title: str):
    from tisu.orgs.models import Post

    return Post.objects.get(title=title)


@pytest.mark.parametrize("name", ["zhujian-head", "fagai", "firm", "leader"])
def test_is_not_for_units_or_leaders(opened, take, act, name):
    """A leader who wants another leader to know instructs so (test_instruction.py)."""
    matter = take(opened(requester="firm"), "in_progress", co_units=["fagai"])
    with pytest.raises(NotAllowed):
        act(name, matter, "escalate", text="示例")


def test_by_rule_is_signed_by_the_rule(handled, by_rule):
    by_rule(handled, "escalate", name="escalate/1", text="已逾期。")
    event = Event.objects.filter(matter=handled).last()
    assert (event.actor, event.signed, event.content.body["to"]) == (None, "escalate/1", "县政府 副县长")


def test_tells_the_leader_the_secretary_and_the_lead_unit(handled, act, told):
    act("supervisor", handled, "escalate", text="请督办。")
    assert [told(name)[-1:] for name in ("leader", "secretary", "zhujian")] == [["escalate/1"]] * 3
    assert told("leader2") == []


def test_of_what_accuses_a_unit_never_reaches_the_leader_in_charge_of_it(act, take, second_leader, reported):
    report = reported("示例局刁难企业。", accused_unit="fagai")
    matter = take(report.matter, "in_progress")
    assert [post.title for post in superiors_of(matter)] == ["常务副县长"]


def test_ends_with_the_matter(opened, take, act, second_leader):
    matter = take(opened(), "closed")
    with pytest.raises(Conflict):
        act("supervisor", matter, "escalate", text="示例")
