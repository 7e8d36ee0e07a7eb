"""Who chose to act as one of several posts sees and does what it allows, and sheds nothing that binds."""

import pytest

from cast import LONG_AGO, afresh
from tisu.accounts.models import PostHolding
from tisu.accounts.standing import choose_role, standing_of
from tisu.loop.models import Matter
from tisu.orgs.models import Post, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def also(county):
    """`also("zhujian", Role.DEPT_CLERK, "fagai")`: a further post of this person."""

    def _also(name, role, unit):
        post = Post.objects.get(role=role, unit=county.units[unit])
        PostHolding.objects.create(post=post, user=county.people[name], since=LONG_AGO)

    return _also


def key_of(county, name, words):
    roles = standing_of(afresh(county.people[name])).bound
    return next(role.key for role in roles if role.label.startswith(words))


def test_narrows_what_is_seen(county, sign_in, also, at_stage):
    also("fagai", Role.DEPT_CLERK, "zhujian")
    at_stage("in_progress")
    browser = sign_in("fagai")
    assert "清理场地" in browser.get("/matters").content.decode()
    browser.post("/me/acting-as", {"role": key_of(county, "fagai", "发改局")})
    assert "清理场地" not in browser.get("/matters").content.decode()


def test_sheds_no_wall(county, also, at_stage):
    """Who chose one post keeps the walls of all."""
    also("office", Role.DEPT_CLERK, "zhujian")
    matter = at_stage("in_progress")
    matter.walls.create(unit=county.units["zhujian"], reason="被反映", built_at=matter.registered_at)
    user = choose_role(county.people["office"], key_of(county, "office", "营商办"))
    assert not Matter.objects.visible_to(user).filter(pk=matter.pk).exists()


def test_sheds_no_second_pair_of_eyes(county, also, at_stage, sign_in):
    """Whose unit handled it does not verify it by choosing the other post."""
    also("office", Role.DEPT_CLERK, "zhujian")
    matter, browser = at_stage("submitted"), sign_in("office")
    browser.post("/me/acting-as", {"role": key_of(county, "office", "营商办")})
    sent = browser.post(
        f"/matters/{matter.number}/pass",
        {"expected_version": matter.version, "opinion": "已到现场核实。", "method": "visit"},
    )
    assert sent.status_code == 403
    matter.refresh_from_db()
    assert matter.stage == "submitted"


def test_does_what_the_chosen_post_allows_and_no_more(county, sign_in, act, task):
    act("office", task, "assign", lead_unit="gongdian", working_days=5)
    act("gongdian", task, "accept")
    browser, url = sign_in("gongdian"), f"/matters/{task.number}/submit"
    version = Matter.objects.get(pk=task.pk).version
    said = {"expected_version": version, "result": "resolved", "summary": "线路已改造完毕并送电。"}
    browser.post("/me/acting-as", {"role": key_of(county, "gongdian", "供电公司 经办")})
    assert browser.post(url, said).status_code == 403
    browser.post("/me/acting-as", {"role": ""})
    assert browser.post(url, said).status_code == 302
    assert task.events.latest("seq").signed == "供电公司 负责人"
