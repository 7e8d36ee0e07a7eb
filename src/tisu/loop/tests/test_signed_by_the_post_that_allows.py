"""An act is signed by the post that allows it, whichever other posts the person holds."""

import pytest

from cast import LONG_AGO, afresh
from tisu.accounts.covers import take_leave
from tisu.accounts.locking import lock
from tisu.accounts.models import PostHolding
from tisu.accounts.standing import choose_role, standing_of
from tisu.audit.models import Entry
from tisu.foundation import clock
from tisu.loop.actor import person
from tisu.loop.faults import NotAllowed
from tisu.loop.models import Event, Matter
from tisu.loop.perform import perform
from tisu.orgs.models import Post, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def also(county):
    """`also("office", Role.DEPT_CLERK, "fagai")`: a further post of this person, begun later: so it comes first."""

    def _also(name, role, unit):
        post = Post.objects.get(role=role, unit=county.units[unit])
        PostHolding.objects.create(post=post, user=county.people[name], since=LONG_AGO.replace(year=2022))
        afresh(county.people[name])

    return _also


@pytest.fixture
def covers(county):
    def _covers(holder, cover):
        holding = PostHolding.objects.get(user=county.people[holder])
        today = clock.today()
        take_leave(
            actor=county.people[holder], holding=holding, user=county.people[cover], since=today, last=today
        )

    return _covers


def last_signed(matter: Matter) -> str:
    return Event.objects.filter(matter=matter).latest("seq").signed


def test_the_second_post_signs_what_it_allows(county, act, task, also):
    also("office", Role.DEPT_CLERK, "fagai")
    assert standing_of(county.people["office"]).label == "发改局 经办"
    act("office", task, "assign", lead_unit="zhujian", working_days=5)
    assert last_signed(task) == "营商办 工作人员"


def test_the_head_submits_what_the_clerk_in_the_same_person_accepted(county, act, task):
    act("office", task, "assign", lead_unit="gongdian", working_days=5)
    act("gongdian", task, "accept")
    assert last_signed(task) == "供电公司 经办"
    act("gongdian", task, "submit", result="resolved", summary="线路已改造完毕并送电。")
    assert last_signed(task) == "供电公司 负责人"


def test_the_lead_unit_signs_before_the_co_unit(county, act, task, also):
    also("zhujian", Role.DEPT_CLERK, "fagai")
    act("office", task, "assign", lead_unit="zhujian", co_units=["fagai"], working_days=5)
    act("zhujian-head", task, "accept")
    act("zhujian", task, "report", text="已进场。")
    assert last_signed(task) == "住建局 经办"


def test_the_co_unit_whose_part_it_is_signs(county, act, task, also):
    also("gongdian", Role.DEPT_CLERK, "fagai")
    act("office", task, "assign", lead_unit="zhujian", co_units=["fagai", "gongdian"], working_days=5)
    act("zhujian", task, "accept")
    signed = []
    for _part in range(2):
        act("gongdian", task, "co_done", text="本单位负责的部分已办完。")
        signed.append(last_signed(task).split()[0])
    assert sorted(signed) == sorted(["发改局", "供电公司"])


def test_a_request_is_signed_and_decided_by_the_posts_that_allow_it(county, act, at_stage, also):
    matter = at_stage("in_progress")
    also("office2", Role.DEPT_CLERK, "fagai")
    act("zhujian", matter, "request_extension", working_days=3, reason="专家评审排期在下周。")
    act("office2", matter, "grant", request=1)
    asked = matter.requests.get()
    assert (asked.signed, asked.decided_signed) == ("住建局 经办", "营商办 工作人员")
    assert last_signed(matter) == "营商办 工作人员"


def test_whoever_chose_a_post_signs_by_it(county, act, task):
    act("office", task, "assign", lead_unit="gongdian", working_days=5)
    user = afresh(county.people["gongdian"])
    head = next(role for role in standing_of(user).bound if role.code == Role.DEPT_LEAD)
    choose_role(user, head.key)
    matter = Matter.objects.get(pk=task.pk)
    perform(matter, "accept", actor=person(user), data={}, expected_version=matter.version)
    assert last_signed(task) == "供电公司 负责人"


def test_whoever_chose_the_clerks_post_does_not_submit(county, act, task):
    act("office", task, "assign", lead_unit="gongdian", working_days=5)
    act("gongdian", task, "accept")
    user = afresh(county.people["gongdian"])
    clerk = next(role for role in standing_of(user).bound if role.code == Role.DEPT_CLERK)
    choose_role(user, clerk.key)
    matter = Matter.objects.get(pk=task.pk)
    with pytest.raises(NotAllowed):
        perform(
            matter, "submit", actor=person(user), data={"result": "resolved", "summary": "已办结，有验收单。"},
            expected_version=matter.version,
        )  # fmt: skip


def test_a_cover_signs_as_cover_what_their_own_post_does_not_allow(county, act, at_stage, covers):
    matter = at_stage("in_progress")
    covers("zhujian-head", "zhujian")
    act("zhujian", matter, "report", text="已进场。")
    assert last_signed(matter) == "住建局 经办"
    act("zhujian", matter, "submit", result="resolved", summary="场地已清理完毕并移交。")
    assert last_signed(matter) == "住建局 负责人（请假代理）"
    assert Event.objects.latest("seq").actor == county.people["zhujian"]


def test_a_cover_instructs_as_the_leader_and_enters_no_paper_note(
    county, act, at_stage, covers, second_leader
):
    matter = at_stage("in_progress")
    covers("leader", "leader2")
    act("leader2", matter, "instruct", text="请专人盯办。")
    assert last_signed(matter) == "县政府 副县长（请假代理）"
    assert "paper_of" not in Event.objects.latest("seq").content.body


def test_an_act_that_an_instruction_carries_is_signed_alike(county, act, at_stage, covers, second_leader):
    matter = at_stage("in_progress")
    covers("leader", "leader2")
    act("leader2", matter, "instruct", text="请专人盯办。", carries="urge")
    assert set(matter.events.order_by("-seq").values_list("signed", flat=True)[:2]) == {
        "县政府 副县长（请假代理）"
    }


def test_a_cover_does_not_decide_what_they_asked_for(county, act, at_stage, covers):
    """The office's lead asks for another unit; whoever covers the lead decides by their own post, not by hers."""
    matter = at_stage("in_progress")
    covers("office-lead", "office")
    act("office", matter, "request_transfer", unit="fagai", reason="主要环节在发改局。")
    with pytest.raises(NotAllowed):
        act("office", matter, "grant", request=1)
    act("office2", matter, "grant", request=1)


def test_a_cover_decides_by_their_own_post_what_the_holder_asked_for(county, act, at_stage, covers):
    matter = at_stage("in_progress")
    act("office-lead", matter, "request_transfer", unit="fagai", reason="主要环节在发改局。")
    covers("office-lead", "office")
    act("office", matter, "grant", request=1)
    assert matter.requests.get().decided_signed == "营商办 工作人员"


def test_a_cover_grants_what_is_asked_of_the_leader_who_is_away(county, act, at_stage, covers, second_leader):

    matter = at_stage("in_progress")
    act("zhujian", matter, "request_cancellation", reason="企业已书面撤回。")
    covers("leader", "leader2")
    act("leader2", matter, "grant", request=1, opinion="同意撤销。")
    assert last_signed(matter) == "县政府 副县长（请假代理）"


def test_the_desk_of_a_cover_lists_what_may_be_decided(county, act, at_stage, covers, sign_in):
    matter = at_stage("in_progress")
    act("office-lead", matter, "request_transfer", unit="fagai", reason="主要环节在发改局。")
    covers("office-lead", "office")
    page = sign_in("office").get("/desk?list=to-approve").content.decode()
    assert f"/matters/{matter.number}/grant" in page


def test_the_event_of_opening_is_signed_by_the_office(county, also, sign_in):
    also("office", Role.DEPT_CLERK, "fagai")
    sign_in("office").post("/matters/new", {"kind": "task", "title": "清理", "text": "三日内清理。"})
    matter = Matter.objects.latest("pk")
    assert (last_signed(matter), matter.opened_by_unit.code) == ("营商办 工作人员", "yingshangban")


def test_a_post_elsewhere_allows_nothing_here(county, act, at_stage, also):
    """Who is of the office in another county and of a unit here is no dispatcher here."""
    matter = at_stage("in_progress")
    also("outsider", Role.DEPT_CLERK, "zhujian")
    for action, said in (("urge", {"text": "请抓紧。"}), ("request_cancellation", {"reason": "已撤回。"})):
        if action == "urge":
            with pytest.raises(NotAllowed):
                act("outsider", matter, action, **said)
        else:
            act("outsider", matter, action, **said)
            assert last_signed(matter) == "住建局 经办"


def test_a_leaders_post_allows_nothing_where_only_the_other_post_sees(
    county, act, at_stage, also, second_leader
):
    matter = at_stage("in_progress")
    also("leader2", Role.DEPT_CLERK, "zhujian")
    with pytest.raises(NotAllowed):
        act("leader2", matter, "instruct", text="请专人盯办。")


def test_administrators_acts_and_sheets_are_signed_by_their_own_posts(county, sign_in):
    """Who also is, and first of all, something else in the house."""
    post = Post.objects.get(role=Role.SECURITY_ADMIN)
    PostHolding.objects.create(post=post, user=county.people["admin"], since=LONG_AGO.replace(year=2022))
    user = afresh(county.people["admin"])
    assert standing_of(user).label == str(post)
    sign_in("admin").post("/exports/units", {"format": "csv"})
    lock(actor=user, user=county.people["nobody"], reason="长期不用")
    signed = dict(Entry.objects.order_by("pk").values_list("act", "signed"))
    assert (signed["export"], signed["lock-account"]) == (str(_own_post(user)), str(post))


def _own_post(user):
    return Post.objects.get(role=Role.SYSTEM_ADMIN, holdings__user=user)


def test_the_original_of_a_paper_is_opened_by_the_office_whatever_else_one_is(
    county, act, at_stage, also, sign_in, upload
):
    matter = at_stage("in_progress")
    document = upload("zhujian")
    act("zhujian", matter, "report", text="见附件。", documents=[str(document.pk)])
    also("office", Role.DEPT_CLERK, "fagai")
    given = sign_in("office").post(f"/documents/{document.pk}/original", {"reason": "核对现场情况"})
    assert given.getvalue()  # read to its end, and so closed
    assert Entry.objects.get(act="open-original").signed == "营商办 工作人员"
