"""A task force is set up for one purpose and a limited time, works by matters, and is dissolved with a result."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cast import afresh
from tisu.audit.models import Entry
from tisu.loop.faults import Conflict, NotAllowed, NotVisible, Unacceptable
from tisu.loop.models import Matter
from tisu.orgs.models import Post, Role
from tisu.support.figures import on_time_rate
from tisu.support.forces import dissolve, give_task, go_on, open_tasks
from tisu.support.handed_over import HAND_OVER_LISTS
from tisu.support.models import TaskForce
from tisu.support.services import set_up_task_force

LIST = "/support/task-forces"
JUNE = date(2023, 6, 30)


@pytest.fixture
def leader_post(county) -> Post:
    return Post.objects.get(role=Role.COUNTY_LEADER)


@pytest.fixture
def force(county, leader_post):
    """`force(review_on=None, …)`: five cranes to move by the end of June, unless told otherwise."""

    def _force(by: str = "office", **given) -> TaskForce:
        usual = {
            "name": "行车运输专班", "purpose": "把5台行车安全运到园区。", "lead": leader_post, "since": date(2023, 5, 22),
            "members": [county.units["zhujian"], county.units["gongdian"]], "ends_on": JUNE, "keeps_permits": True,
        }  # fmt: skip
        return set_up_task_force(user=afresh(county.people[by]), **usual | given)

    return _force


@pytest.fixture
def sent(leader_post) -> dict:
    return {
        "name": "行车运输专班", "purpose": "把5台行车安全运到园区。", "lead": leader_post.pk, "members": ["zhujian", "gongdian"],
        "since": "2023-05-22", "ends_on": "２０２３-06-30", "keeps_permits": "on", "template": "oversize_transport",
    }  # fmt: skip


def test_office_sets_one_up_with_the_risks_of_a_template(sign_in, sent):
    browser = sign_in("office")
    answer = browser.post(f"{LIST}/new", sent)
    force = TaskForce.objects.get()
    assert answer["Location"] == f"{LIST}/{force.pk}"
    assert (force.due_on, force.risk_list.risks.count()) == (JUNE, 9)
    page = browser.get(answer["Location"]).content.decode()
    for words in ("把5台行车安全运到园区", "县政府 副县长", "超限运输许可", "运行中"):
        assert words in page
    assert Entry.objects.get(act="set-up-task-force").signed == "营商办 工作人员"


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"ends_on": ""}, "ends_on", "没有期限的专班就成了机构"),
        ({"ends_on": "2023-05-21"}, "ends_on", "早于开始日期"),
        ({"ends_on": "2033-06-30"}, "ends_on", "超过三年"),
        ({"members": []}, "members", "还差这一项"),
        ({"members": ["nowhere"]}, "members", "nowhere"),
        ({"keeps_permits": ""}, "keeps_permits", "请确认专班不代替任何许可"),
        ({"purpose": "先建后批，抢抓工期。"}, "purpose", "专班不能代替许可"),
        ({"purpose": "代替審批，一次辦結。"}, "purpose", "专班不能代替许可"),
        ({"name": ""}, "name", "还差这一项"),
        ({"purpose": "长" * 2001}, "purpose", "2000"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(sign_in, sent, wrong, field, sentence):
    answer = sign_in("office").post(f"{LIST}/new", sent | wrong)
    form = answer.context["form"]
    assert answer.status_code == 422
    assert sentence in "".join(form.errors[field])
    assert form["since"].value() == "2023-05-22"
    assert not TaskForce.objects.exists()


def test_database_knows_no_task_force_without_an_end(force):
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskForce.objects.filter(pk=force().pk).update(ends_on=None)


def test_sent_twice_it_is_one(sign_in, sent):
    browser = sign_in("office")
    first, second = (browser.post(f"{LIST}/new", sent | {"key": "one"})["Location"] for _time in range(2))
    assert first == second


@pytest.mark.parametrize("name", ["zhujian", "leader", "firm", "admin", "supervisor"])
def test_only_the_office_sets_one_up(sign_in, force, sent, name):
    assert sign_in(name).post(f"{LIST}/new", sent).status_code == 403
    with pytest.raises(NotAllowed):
        force(name)


def test_it_is_led_by_a_leaders_post(force, county):
    clerk = Post.objects.get(unit=county.units["zhujian"], role=Role.DEPT_LEAD)
    with pytest.raises(Unacceptable):
        force(lead=clerk)


@pytest.mark.parametrize(
    ("name", "status"),
    [("office", 200), ("supervisor", 200), ("leader", 200), ("secretary", 200), ("zhujian", 200), ("fagai", 404),
     ("firm", 404), ("outsider", 404), ("admin", 404), ("discipline", 404)],
)  # fmt: skip
def test_who_reads_it(sign_in, force, name, status):
    made = force()
    assert sign_in(name).get(f"{LIST}/{made.pk}").status_code == status
    listed = sign_in(name).get(LIST).context["table"].rows
    assert len(listed) == (status == 200)


def test_a_task_is_a_matter_of_a_member(sign_in, force, county):
    made = force()
    given = {
        "act": "give",
        "version": 1,
        "title": "踏勘路线",
        "text": "出具路线图和障碍清单。",
        "due_on": "2023-06-05",
    }
    browser = sign_in("office")
    assert browser.post(f"{LIST}/{made.pk}", given | {"lead_unit": "fagai"}).status_code == 422
    assert browser.post(f"{LIST}/{made.pk}", given | {"lead_unit": "gongdian"}).status_code == 302
    matter = Matter.objects.get(kind="force_task")
    assert (matter.stage, matter.lead.unit) == ("assigned", county.units["gongdian"])
    assert "踏勘路线" in browser.get(f"{LIST}/{made.pk}").content.decode()
    assert "行车运输专班" in sign_in("gongdian").get(f"/matters/{matter.number}").content.decode()


def test_a_task_around_a_permit_is_refused(force, county):
    task = {
        "title": "上路",
        "text": "未批先建，先上路再补手续。",
        "lead_unit": county.units["zhujian"],
        "due_on": JUNE,
    }
    with pytest.raises(Unacceptable):
        give_task(user=county.people["office"], force=force(), **task)
    assert not Matter.objects.filter(kind="force_task").exists()


def test_it_is_dissolved_with_a_result_and_in_time(sign_in, force):
    made = force()
    browser = sign_in("leader")
    assert (
        browser.post(f"{LIST}/{made.pk}", {"act": "dissolve", "version": 1, "on": "2023-05-22"}).status_code
        == 422
    )
    sent = {"act": "dissolve", "version": 1, "on": "2023-05-22", "result": "5台行车全部安全运抵。"}
    assert browser.post(f"{LIST}/{made.pk}", sent).status_code == 302
    made.refresh_from_db()
    assert (made.is_on_time, made.dissolved_by) == (True, "县政府 副县长")
    assert browser.post(f"{LIST}/{made.pk}", sent).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskForce.objects.filter(pk=made.pk).update(result="")


def test_open_tasks_are_seen_before_it_is_dissolved(force, county):
    made, office = force(), county.people["office"]
    give_task(
        user=office,
        force=made,
        title="踏勘",
        text="出具路线图。",
        lead_unit=county.units["zhujian"],
        due_on=JUNE,
    )
    over = {
        "user": office,
        "force": made,
        "result": "其余由住建局继续。",
        "on": date(2023, 5, 22),
        "seen_version": 1,
    }
    with pytest.raises(Unacceptable) as refused:
        dissolve(**over, despite=False)
    assert "还有1件任务未办结" in str(refused.value.sentence)
    dissolve(**over, despite=True)
    assert open_tasks(made) == 1


def test_past_its_day_it_is_said_and_counted_as_late(force, county, on, sign_in):
    kept, slipped, working = force(), force(), force(ends_on=None, review_on=date(2023, 12, 1))
    leader, over = county.people["leader"], {"result": "已完成。", "despite": False, "seen_version": 1}
    with on("2023-06-30"):
        dissolve(user=afresh(leader), force=kept, on=date(2023, 6, 30), **over)
    with on("2023-07-03"):
        assert [row.pk for row in TaskForce.objects.overdue()] == [slipped.pk]
        assert "期限是6月30日 周五" in sign_in("leader").get(f"{LIST}/{slipped.pk}").content.decode()
        rate = on_time_rate(TaskForce.objects.all())
        assert (rate.part, rate.whole) == (1, 2)
        dissolve(user=afresh(leader), force=slipped, on=date(2023, 7, 3), **over)
        assert "按期解散率50% (1/2)" in sign_in("office").get(LIST).content.decode()
    assert not working.is_overdue


def test_it_goes_on_when_its_leader_looks_in_time(force, county, on):
    made = force(ends_on=None, review_on=JUNE)
    on_to = {"force": made, "ends_on": date(2023, 8, 31), "review_on": None, "seen_version": 1}
    with pytest.raises(Unacceptable):
        go_on(user=county.people["leader"], reason=" ", **on_to)
    with pytest.raises(NotAllowed):
        go_on(user=county.people["zhujian"], reason="还有两台未到。", **on_to)
    with on("2023-06-28"):
        go_on(user=afresh(county.people["leader"]), reason="还有两台未到。", **on_to)
    with pytest.raises(Conflict):
        go_on(user=county.people["leader"], reason="还有两台未到。", **on_to)
    made = TaskForce.objects.get(pk=made.pk)
    assert (made.due_on, made.went_on_late) == (date(2023, 8, 31), False)


def test_looked_at_too_late_it_is_never_on_time(force, county, on):
    made = force()
    with on("2023-07-10"):
        go_on(
            user=afresh(county.people["leader"]), force=made, reason="还有两台未到。", ends_on=date(2023, 8, 31),
            review_on=None, seen_version=1,
        )  # fmt: skip
        last = {"result": "已完成。", "on": date(2023, 7, 10), "despite": False, "seen_version": 2}
        dissolve(user=afresh(county.people["leader"]), force=made, **last)
    assert not TaskForce.objects.get(pk=made.pk).is_on_time


def test_risk_is_seen_to_by_a_member_and_signed(sign_in, force, county):
    made = force(template="oversize_transport")
    point = made.risk_list.risks.first()
    assert sign_in("fagai").get(f"/support/risks/{point.pk}").status_code == 404
    browser = sign_in("zhujian")
    ahead = {"seen": " ", "owner": "zhujian", "done_on": "2023-05-23"}
    assert browser.post(f"/support/risks/{point.pk}", ahead).status_code == 422
    assert browser.post(f"/support/risks/{point.pk}", ahead | {"done_on": "2023-05-22"}).status_code == 302
    assert browser.post(f"/support/risks/{point.pk}", ahead | {"done_on": "2023-05-20"}).status_code == 409
    point.refresh_from_db()
    assert (point.owner, point.signed) == (county.units["zhujian"], "住建局 经办")
    new = {"risk": "雨天路滑", "measure": "雨天停运。", "owner": ""}
    assert browser.post(f"/support/risk-lists/{made.risk_list.pk}/new", new).status_code == 302
    assert browser.post(f"/support/risk-lists/{made.risk_list.pk}/new", new).status_code == 422


def test_set_up_for_a_request_it_shares_its_risks(asked, force, sign_in, county):
    transport = asked(factor="logistics", measure="pieces", amount="5台", case="oversize_transport")
    made = force(request=transport)
    assert made.risk_list == transport.risk_list
    page = sign_in("office").get(f"/matters/{transport.matter.number}").content.decode()
    assert "行车运输专班" in page
    with pytest.raises(NotVisible):
        give_task(
            user=county.people["outsider"], force=made, title="踏勘", text="图。", lead_unit=county.units["zhujian"],
            due_on=JUNE,
        )  # fmt: skip


def test_a_leaders_task_forces_are_handed_over_with_the_post(force, leader_post, county):
    made = force()
    (listed,) = HAND_OVER_LISTS
    (item,) = listed.items(leader_post, county.people["leader"])
    assert listed.cells(item.facts) == ("2023-05-22", "2023-06-30")
    words = listed.words(leader_post, county.people["leader"], [item.key])
    assert words == {made.pk: ("行车运输专班", f"{LIST}/{made.pk}")}
