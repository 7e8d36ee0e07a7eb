"""A matter goes all the way round: assigned, accepted, worked on, submitted, verified by someone else, closed."""

from datetime import datetime

import pytest

from cast import COUNTY, SHANGHAI
from tisu.foundation import clock
from tisu.loop.actor import person
from tisu.loop.faults import Conflict, NotAllowed, NotVisible, Unacceptable
from tisu.loop.models import Event, Matter
from tisu.loop.register import register_matter


def test_goes_all_the_way_round(act, task):
    matter = act("office", task, "assign", lead_unit="zhujian", co_units=["fagai"], working_days=5)
    assert (matter.stage, matter.lead.unit.code) == ("assigned", "zhujian")
    matter = act("zhujian", matter, "accept", handler="示例经办")
    matter = act("zhujian", matter, "report", text="已进场两台机械。")
    matter = act("fagai", matter, "co_done", text="立项手续已办结。")
    matter = act("zhujian", matter, "co_confirm", unit="fagai")
    matter = act("zhujian-head", matter, "submit", result="resolved", summary="场地已于5月22日清理完毕。")
    assert matter.stage == "submitted"
    matter = act("office", matter, "begin_verification")
    matter = act("office", matter, "pass", opinion="现场看过。", method="visit")
    assert (matter.stage, matter.result, matter.verdict) == ("closed", "resolved", "on_time")


def test_writes_one_event_for_each_act_in_the_order_they_happened(at_stage):
    matter = at_stage("closed")
    events = Event.objects.filter(matter=matter)
    assert [event.action for event in events] == ["register", "assign", "accept", "submit", "pass"]
    assert [event.version for event in events] == [1, 2, 3, 4, 5]


def test_counts_working_days_from_the_day_after_assigning(at_stage):
    matter = at_stage("assigned", working_days=5)
    assert matter.due_at == datetime(2023, 5, 29, 18, 0, tzinfo=SHANGHAI)


def test_is_yellow_on_the_last_day_and_red_after_it(at_stage):
    matter = at_stage("assigned", working_days=5)
    lights = {}
    for day in (26, 29, 30):
        with clock.at(datetime(2023, 5, day, 9, 0, tzinfo=SHANGHAI)):
            lights[day] = str(Matter.objects.get(pk=matter.pk).light)
    assert lights == {26: "yellow", 29: "yellow", 30: "red"}


def test_refuses_a_stale_version(act, task):
    act("office", task, "assign", lead_unit="zhujian")
    with pytest.raises(Conflict):
        act("office", task, "assign", version=1, lead_unit="fagai")


def test_lets_nobody_verify_their_own_work(act, at_stage):
    matter = at_stage("submitted")
    with pytest.raises(NotAllowed):
        act("zhujian-head", matter, "pass", opinion="很好", method="visit")


def test_does_not_exist_for_another_unit(act, at_stage):
    matter = at_stage("assigned")
    with pytest.raises(NotVisible):
        act("gongdian", matter, "accept")


@pytest.mark.parametrize("summary", ["", "已安排部署", "高度重视，已安排部署。"])
def test_takes_no_result_that_says_nothing(act, at_stage, summary):
    matter = at_stage("in_progress")
    with pytest.raises(Unacceptable) as refusal:
        act("zhujian-head", matter, "submit", result="resolved", summary=summary)
    assert "summary" in refusal.value.errors


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("窗口来回跑了四趟。还没有办好。", "窗口来回跑了四趟"),
        ("\n\n  路坏了；用电没批", "路坏了"),
        ("示例网 > 即时新闻 > 地方\n\n示例县提速\n正文。", "示例县提速"),
        ("首页 > 新闻", "首页 > 新闻"),
        ("长" * 60, "长" * 39 + "…"),
    ],
)
def test_is_called_by_its_first_sentence_when_no_title_is_given(county, text, title):
    matter = register_matter(
        kind="task", title="", text=text, region=COUNTY, actor=person(county.people["office"])
    )
    assert matter.title == title
