"""From the moment a wall stands nothing of the matter is there: in an open session, on any page, for any stand-in."""

from datetime import date

import pytest
from django.urls import reverse

from tisu.accounts.models import Delegation, PostHolding, User
from tisu.accounts.tokens import issue_token
from tisu.audit.models import Entry
from tisu.inbox.models import Message
from tisu.loop.faults import Conflict, NotVisible, Unacceptable
from tisu.loop.models import Matter, Request, Wall
from tisu.loop.recusals import declare_recusal
from tisu.loop.superiors import superiors_of
from tisu.loop.walling import build_wall
from tisu.orgs.models import Post, Role

REASON = "近亲属在该单位任职"
UNKNOWN = "00000-00000"


@pytest.fixture
def recuse(county):
    """`recuse(matter, "office")`: by the security administrator."""

    def _recuse(matter: Matter, name: str) -> Wall:
        security, user = county.people["security"], county.people[name]
        return build_wall(actor=security, number=matter.number, user=user, reason=REASON)

    return _recuse


@pytest.fixture
def wall_off(county):
    def _wall_off(matter: Matter, code: str) -> Wall:
        security, unit = county.people["security"], county.units[code]
        return build_wall(actor=security, number=matter.number, unit=unit, reason=REASON)

    return _wall_off


def sees(user: User, matter: Matter) -> bool:
    return Matter.objects.visible_to(User.objects.get(pk=user.pk)).filter(pk=matter.pk).exists()


# --- Stepping back oneself -------------------------------------------------------------------------------


@pytest.fixture
def step_back(sign_in):
    def _step_back(name: str, matter: Matter, reason: str = REASON):
        return sign_in(name).post(reverse("loop:recusal", args=[matter.number]), {"reason": reason})

    return _step_back


@pytest.mark.parametrize("name", ["office", "supervisor", "zhujian", "leader", "secretary"])
def test_lets_a_person_step_back(at_stage, step_back, county, name):
    matter = at_stage("in_progress")
    answer = step_back(name, matter)
    assert (answer.status_code, answer["Location"]) == (302, "/desk")
    assert not sees(county.people[name], matter)
    entry = Entry.objects.get()
    assert (entry.act, entry.about, entry.reason, entry.actor.username) == (
        "declare-recusal",
        matter.number,
        REASON,
        name,
    )


def test_offers_the_button_on_the_matters_page(at_stage, sign_in):
    matter = at_stage("in_progress")
    page = sign_in("zhujian").get(reverse("loop:matter", args=[matter.number])).content.decode()
    assert reverse("loop:recusal", args=[matter.number]) in page and "我需要回避" in page


def test_is_not_for_who_merely_raised_it(at_stage, task, county, sign_in, step_back):
    Matter.objects.filter(pk=task.pk).update(requester=county.people["firm"])
    matter = at_stage("in_progress")
    page = sign_in("firm").get(reverse("loop:matter", args=[matter.number])).content.decode()
    assert "我需要回避" not in page
    assert sign_in("firm").get(reverse("loop:recusal", args=[matter.number])).status_code == 404
    assert step_back("firm", matter).status_code == 403
    assert not Wall.objects.exists()


def test_asks_for_the_reason_and_keeps_sight_until_then(at_stage, step_back, county):
    matter = at_stage("in_progress")
    answer = step_back("zhujian", matter, reason=" ")
    assert answer.status_code == 422 and "请写明回避的原因" in answer.content.decode()
    assert sees(county.people["zhujian"], matter)


def test_does_not_leave_nobody_in_the_office(at_stage, step_back, county):
    matter = at_stage("in_progress")
    for name in ("office", "office2"):
        assert step_back(name, matter).status_code == 302
    answer = step_back("office-lead", matter)
    assert answer.status_code == 422 and "没有人能处理" in answer.content.decode()
    assert sees(county.people["office-lead"], matter)


def test_cannot_be_taken_back_oneself(at_stage, step_back, sign_in):
    matter = at_stage("in_progress")
    step_back("office", matter)
    wall = Wall.objects.get()
    answer = sign_in("office").post("/security/walls", {"act": "lift", "row": wall.pk, "reason": "算了"})
    assert answer.status_code == 404 and Wall.objects.standing().exists()


def test_is_there_for_nobody_who_does_not_see_the_matter(at_stage, step_back, sign_in):
    matter = at_stage("in_progress")
    known = step_back("gongdian", matter)
    never_issued = sign_in("gongdian").post(f"/matters/{UNKNOWN}/recusal", {"reason": REASON})
    assert known.status_code == never_issued.status_code == 404


def test_a_reader_writes_nothing(at_stage, sign_in):
    matter = at_stage("in_progress")
    assert sign_in("office").get(reverse("loop:recusal", args=[matter.number])).status_code == 200
    assert not Wall.objects.exists()


def test_refuses_who_lost_sight_between_page_and_act(at_stage, recuse, county):
    matter = at_stage("in_progress")
    recuse(matter, "office")
    with pytest.raises(NotVisible):
        declare_recusal(user=county.people["office"], matter=matter, reason=REASON)


# --- Every place -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["office", "zhujian", "leader", "secretary"])
def test_shuts_an_open_session_at_once(at_stage, recuse, sign_in, county, name):
    matter = at_stage("in_progress")
    client = sign_in(name)
    number, title = matter.number, matter.title
    paths = [
        f"/matters/{number}", f"/matters/{number}/print", f"/matters/{number}/report", f"/matters/{number}/recusal",
        f"/api/v1/matters/{number}",
    ]  # fmt: skip
    lists = [
        "/desk",
        "/matters",
        f"/matters?q={title[:2]}",
        "/api/v1/matters",
        f"/search?q={number}",
        "/messages?show=all",
    ]
    assert all(client.get(path).status_code in (200, 302) for path in paths)
    assert title in "".join(client.get(path, follow=True).content.decode() for path in lists)
    recuse(matter, "leader" if name == "secretary" else name)
    assert all(client.get(path).status_code == 404 for path in paths)
    told = "".join(client.get(path, follow=True).content.decode() for path in lists)
    assert title not in told and f'href="/matters/{number}"' not in told


def test_shuts_a_programs_token_at_once(at_stage, recuse, client, county):
    matter = at_stage("in_progress")
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {issue_token(county.people['office'])}"}
    path = f"/api/v1/matters/{matter.number}"
    assert client.get(path, **bearer).status_code == 200
    recuse(matter, "office")
    answer, unknown = client.get(path, **bearer), client.get(f"/api/v1/matters/{UNKNOWN}", **bearer)
    assert (answer.status_code, answer.content) == (404, unknown.content)


def test_refuses_a_button_that_was_drawn_before(at_stage, recuse, sign_in):
    matter = at_stage("in_progress")
    client = sign_in("zhujian")
    recuse(matter, "zhujian")
    data = {"text": "已进场。", "expected_version": matter.version}
    for headers in ({}, {"HTTP_HX_REQUEST": "true"}):
        answer = client.post(f"/matters/{matter.number}/report", data | {"card": "to-handle"}, **headers)
        assert answer.status_code == 404
    assert Matter.objects.get(pk=matter.pk).version == matter.version


def test_takes_the_message_and_its_count_from_the_bell(at_stage, recuse, sign_in, county):
    matter = at_stage("assigned")
    client, message = sign_in("zhujian"), Message.objects.get(recipient=county.people["zhujian"])
    assert client.get("/api/v1/messages").json()["items"]
    recuse(matter, "zhujian")
    assert client.get("/api/v1/messages").json()["items"] == []
    assert client.post(f"/messages/{message.key}/read").status_code == 404
    assert client.post(f"/api/v1/messages/{message.key}/read").status_code == 404


# --- Whoever stands in, and whoever comes later ----------------------------------------------------------


def test_binds_the_secretary_of_a_recused_leader(at_stage, recuse, county):
    matter = at_stage("in_progress")
    recuse(matter, "leader")
    assert not sees(county.people["secretary"], matter)


def test_leaves_the_leader_of_a_recused_secretary(at_stage, recuse, county):
    matter = at_stage("in_progress")
    recuse(matter, "secretary")
    assert (sees(county.people["leader"], matter), sees(county.people["secretary"], matter)) == (True, False)


@pytest.fixture
def covers(county):
    """Leave cover: someone stands in for a clerk's post from today on."""

    def _covers(name: str, holder: str) -> None:
        post = Post.objects.get(holdings__user=county.people[holder])
        Delegation.objects.create(post=post, user=county.people[name], since=date(2023, 5, 22))

    return _covers


def test_binds_who_covers_for_a_recused_clerk(at_stage, recuse, covers, county):
    matter = at_stage("in_progress")
    covers("nobody", "zhujian")
    assert sees(county.people["nobody"], matter)
    recuse(matter, "zhujian")
    assert not sees(county.people["nobody"], matter)


def test_binds_who_begins_to_cover_afterwards(at_stage, recuse, covers, county):
    matter = at_stage("in_progress")
    recuse(matter, "zhujian")
    covers("nobody", "zhujian")
    assert not sees(county.people["nobody"], matter)


def test_binds_a_recused_person_in_whatever_post_they_cover(at_stage, recuse, covers, county):
    matter = at_stage("in_progress")
    recuse(matter, "gongdian")
    covers("gongdian", "zhujian")
    assert not sees(county.people["gongdian"], matter)


def test_reaches_whoever_joins_the_unit_later(task, wall_off, county):
    wall_off(task, "zhujian")
    office = county.people["office"]
    assert sees(office, task)
    post = Post.objects.get(unit=county.units["zhujian"], role=Role.DEPT_CLERK)
    PostHolding.objects.create(post=post, user=office, since=date(2023, 5, 22))
    assert not sees(office, task)


def test_reaches_a_leader_who_takes_charge_of_the_unit_later(at_stage, wall_off, county):
    matter = at_stage("in_progress")
    wall_off(matter, "gongdian")
    leader = county.people["leader"]
    assert sees(leader, matter)
    Post.objects.get(role=Role.COUNTY_LEADER).in_charge_of.add(county.units["gongdian"])
    assert not sees(leader, matter)


def test_keeps_a_recused_person_out_in_another_post(at_stage, recuse, county):
    matter = at_stage("in_progress")
    recuse(matter, "gongdian")
    post = Post.objects.get(unit=county.units["zhujian"], role=Role.DEPT_LEAD)
    PostHolding.objects.create(post=post, user=county.people["gongdian"], since=date(2023, 5, 22))
    assert not sees(county.people["gongdian"], matter)


# --- It cannot be given to them --------------------------------------------------------------------------


@pytest.mark.parametrize("data", [{"lead_unit": "zhujian"}, {"lead_unit": "fagai", "co_units": ["zhujian"]}])
def test_is_not_assigned_to_a_walled_unit(task, wall_off, act, data):
    wall_off(task, "zhujian")
    with pytest.raises(Unacceptable):
        act("office", task, "assign", **data)


def test_refuses_an_instruction_that_would_give_it_to_a_walled_unit(task, wall_off, act, county):
    act("office", task, "escalate", text="请阅示")
    wall_off(task, "gongdian")
    with pytest.raises(Unacceptable):
        act("leader", task, "instruct", text="请办理", carries="assign", lead_unit="gongdian")
    assert Matter.objects.get(pk=task.pk).lead is None


def test_does_not_ask_to_transfer_to_a_walled_unit(at_stage, wall_off, act):
    matter = at_stage("in_progress")
    wall_off(matter, "gongdian")
    with pytest.raises(Unacceptable):
        act("zhujian", matter, "request_transfer", unit="gongdian", reason="供电职责")


def test_does_not_grant_a_transfer_to_a_unit_walled_off_meanwhile(at_stage, wall_off, act):
    matter = at_stage("in_progress")
    act("zhujian", matter, "request_transfer", unit="gongdian", reason="供电职责")
    wall_off(matter, "gongdian")
    with pytest.raises(Conflict):
        act("office", matter, "grant", request=Request.objects.get().number)
    assert Matter.objects.get(pk=matter.pk).lead.unit.code == "zhujian"


def test_is_not_escalated_to_a_recused_leader(at_stage, recuse, act, county, sign_in):
    matter = at_stage("in_progress")
    recuse(matter, "leader")
    matter = Matter.objects.get(pk=matter.pk)
    assert superiors_of(matter) == []
    with pytest.raises(Unacceptable):
        act("office", matter, "escalate", to="leader", text="请阅示")


def test_is_not_escalated_to_a_leader_in_charge_of_a_walled_unit(at_stage, wall_off, act):
    matter = at_stage("in_progress")
    wall_off(matter, "fagai")
    with pytest.raises(Unacceptable):
        act("supervisor", matter, "escalate", to="leader", text="请阅示")


def test_is_not_seen_by_a_leader_who_watched_it_before(at_stage, recuse, act, county):
    matter = at_stage("in_progress")
    act("office", matter, "escalate", to="leader", text="请阅示")
    recuse(matter, "leader")
    assert not sees(county.people["leader"], matter) and not sees(county.people["secretary"], matter)
