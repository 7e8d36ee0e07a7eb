"""Asking whether it is taken up at all (立项): only where its type says so, and never by whoever wrote it."""

import pytest

from cast import LONG_AGO
from tisu.accounts.models import PostHolding
from tisu.foundation import clock
from tisu.loop.faults import Conflict, NotAllowed, NotVisible, Unacceptable
from tisu.loop.models import ConflictOfInterest, Matter, publish_type
from tisu.loop.walls import recuse
from tisu.orgs.models import Post


@pytest.fixture
def draft(opened):
    return opened(needs_approval=True)


def test_begins_as_a_draft_that_nobody_can_assign(draft, act):
    assert (draft.stage, draft.due_at, draft.clocks.count()) == ("draft", None, 0)
    with pytest.raises(Conflict):
        act("office", draft, "assign", lead_unit="zhujian")


def test_needs_none_where_the_type_does_not_ask(task):
    assert task.stage == "registered"


@pytest.mark.parametrize("name", ["leader", "secretary"])
def test_is_given_by_the_leader_in_charge_or_the_secretary(draft, act, name, told):
    matter = act("office", draft, "request_approval")
    assert (matter.stage, told("leader")) == ("pending_approval", ["request_approval/1"])
    matter = act(name, matter, "approve", opinion="同意立项。")
    assert (matter.stage, told("office2")) == ("registered", ["approve/1"])
    assert act("office", matter, "assign", lead_unit="zhujian").stage == "assigned"


def test_is_not_seen_by_any_leader_before_it_is_asked_for(draft, act):
    with pytest.raises(NotVisible):
        act("leader", draft, "approve")


def test_refused_goes_back_with_a_reason_and_may_be_asked_for_again(draft, act):
    matter = act("office", draft, "request_approval")
    with pytest.raises(Unacceptable):
        act("leader", matter, "refuse")
    matter = act("leader", matter, "refuse", reason="请先与发改局衔接。")
    assert matter.stage == "draft"
    matter = act("office2", matter, "request_approval")
    assert act("leader", matter, "approve").stage == "registered"


def test_is_asked_for_by_the_unit_that_wrote_it(draft, act):
    with pytest.raises(NotAllowed):
        act("supervisor", draft, "request_approval")


def test_is_not_given_by_whoever_wrote_it(draft, act, county):
    """Four eyes: an officer who wrote it and stands in for the leader since is the author all the same."""
    matter = act("office", draft, "request_approval")
    post = Post.objects.get(title="副县长")
    PostHolding.objects.create(post=post, user=county.people["office"], since=LONG_AGO)
    del county.people["office"]._standing
    with pytest.raises(NotAllowed):
        act("office", matter, "approve")
    assert act("leader", matter, "approve").stage == "registered"


def test_is_asked_of_the_leader_in_charge_of_the_office_first(draft, act, second_leader):
    matter = act("office", draft, "request_approval")
    assert [watch.post for watch in matter.watches.all()] == [second_leader]


def test_is_not_asked_of_a_leader_who_may_not_see_it(draft, act, county, second_leader):
    """Recused in person, or with an interest in the firm: then it is for the next one."""
    recuse(draft, county.people["leader2"], reason="回避")
    assert [watch.post.title for watch in act("office", draft, "request_approval").watches.all()] == [
        "副县长"
    ]


def test_is_not_asked_of_a_leader_with_an_interest_in_the_firm(draft, act, county, second_leader):
    Matter.objects.filter(pk=draft.pk).update(enterprise=county.firms[0])
    ConflictOfInterest.objects.create(
        user=county.people["leader2"], enterprise=county.firms[0], since=LONG_AGO, reason="亲属持股"
    )
    assert [watch.post.title for watch in act("office", draft, "request_approval").watches.all()] == [
        "副县长"
    ]


def test_is_not_asked_of_a_post_that_nobody_holds(draft, act, second_leader):
    """It would wait for someone who is not there."""
    PostHolding.objects.filter(post=second_leader).update(until=clock.today())
    assert [watch.post.title for watch in act("office", draft, "request_approval").watches.all()] == [
        "副县长"
    ]


def test_is_refused_where_no_leader_could_give_it(draft, act, county):
    recuse(draft, county.people["leader"], reason="回避")
    with pytest.raises(Conflict):
        act("office", draft, "request_approval")


def test_is_never_asked_for_a_report(county, reported):
    """Whoever reports is answered: a report is accepted or refused, and no type makes it wait for leave."""
    publish_type(
        kind="report",
        valid_from=clock.today(),
        basis="试行",
        screen_days=3,
        solve_days=15,
        needs_approval=True,
    )
    matter = reported("窗口来回跑了四趟。").matter
    assert (matter.stage, matter.clocks.get().kind) == ("registered", "screen")
