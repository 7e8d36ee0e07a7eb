"""A leave cover sees what the post sees, behind the walls of both, and is told."""

import pytest

from cast import afresh
from tisu.accounts.covers import end_cover, take_leave
from tisu.accounts.models import PostHolding
from tisu.foundation import clock
from tisu.inbox.models import Message
from tisu.loop.models import Matter
from tisu.orgs.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(county):
    """`away("leader", "leader2")`: for today."""

    def _away(holder, cover):
        holding, today = PostHolding.objects.get(user=county.people[holder]), clock.today()
        actor, user = county.people[holder], county.people[cover]
        return take_leave(actor=actor, holding=holding, user=user, since=today, last=today)

    return _away


def test_sees_the_matters_of_the_post(county, second_leader, away, at_stage, sees, on):
    matter = at_stage("in_progress")
    assert sees("leader2", matter) == [False]
    away("leader", "leader2")
    assert sees("leader2", matter) == [True]
    with on("2023-05-23"):
        assert sees("leader2", matter) == [False]


def test_is_bound_by_the_walls_of_the_holder(county, at_stage, sees, away):
    matter = at_stage("in_progress")
    away("zhujian-head", "zhujian")
    matter.walls.create(user=county.people["zhujian-head"], reason="亲属", built_at=clock.now())
    assert sees("zhujian", matter) == [False]


def test_is_bound_by_their_own_walls(county, at_stage, sees, away, second_leader):
    matter = at_stage("in_progress")
    matter.walls.create(user=county.people["leader2"], reason="亲属", built_at=clock.now())
    away("leader", "leader2")
    assert sees("leader2", matter) == [False]


def test_is_bound_by_the_walls_of_their_own_units(county, at_stage, sees, away, second_leader):
    matter = at_stage("in_progress")
    second_leader.in_charge_of.set([county.units["gongdian"]])
    matter.walls.create(unit=county.units["gongdian"], reason="被反映", built_at=clock.now())
    away("leader", "leader2")
    assert sees("leader2", matter) == [False]


def test_chosen_alone_the_cover_sheds_none_of_them(county, at_stage, sign_in, away, second_leader):
    matter, browser = at_stage("in_progress"), sign_in("leader2")
    matter.walls.create(user=county.people["leader2"], reason="亲属", built_at=clock.now())
    away("leader", "leader2")
    post = Post.objects.get(title="副县长")
    assert browser.post("/me/acting-as", {"role": f"county_leader-{post.pk}-cover"}).status_code == 302
    assert browser.get(f"/matters/{matter.number}").status_code == 404


def test_is_told_and_so_is_the_holder_by_whom_it_was_not_arranged(county, away, told):
    cover = away("zhujian-head", "zhujian")
    assert (told("zhujian"), told("zhujian-head")) == (["cover-arranged/1"], [])
    end_cover(actor=county.people["zhujian-head"], cover=cover, until=clock.today())
    assert told("zhujian") == ["cover-arranged/1", "cover-ended/1"]


def test_is_told_what_the_post_is_told(county, away, told, act, task, second_leader):
    act("office", task, "assign", lead_unit="zhujian", working_days=5)
    away("leader", "leader2")
    act("supervisor", task, "escalate", text="请过问。")
    assert "leader2" in {row.recipient.username for row in _messages(task)}


def _messages(matter: Matter):
    return Message.objects.filter(about_kind="matter", about_key=matter.pk).select_related("recipient")


def test_may_be_locked_out_at_once(county, away, at_stage):
    matter = at_stage("in_progress")
    away("zhujian-head", "zhujian")
    user = afresh(county.people["zhujian"])
    user.is_active = False
    assert not Matter.objects.visible_to(user).filter(pk=matter.pk).exists()
