"""Promise 1 of the loop, for each action of the table: one act, one version, one event, in one transaction."""

import pytest

from cast import COUNTY
from tisu.loop.actions import ACTIONS
from tisu.loop.actor import person, rule
from tisu.loop.models import Event, EventContent, Matter
from tisu.loop.erasing import erase_matter
from tisu.loop.register import register_matter
from tisu.voice.services import take_report

RESULT = {"result": "resolved", "summary": "场地已于5月22日清理完毕并移交。"}
# action: (stage the task is taken to, who acts, with what data)
ON_A_TASK = {
    "assign": ("registered", "office", {"lead_unit": "zhujian"}),
    "accept": ("assigned", "zhujian", {}),
    "return": ("assigned", "zhujian", {"reason": "属发改局职责"}),
    "report": ("in_progress", "zhujian", {"text": "已进场。"}),
    "co_done": ("in_progress", "fagai", {"text": "立项手续已办结。"}),
    "co_waive": ("in_progress", "zhujian", {"unit": "fagai", "reason": "无需立项"}),
    "withdraw": ("submitted", "zhujian-head", {}),
    "begin_verification": ("submitted", "office", {}),
    "pass": ("submitted", "office", {"opinion": "已看。", "method": "visit"}),
    "fail": ("submitted", "office", {"reason": "仍有弃土"}),
    "urge": ("in_progress", "supervisor", {"text": "请抓紧"}),
    "instruct": ("in_progress", "leader", {"text": "请专人盯办"}),
}
ON_A_REPORT = {
    "screen": {"kind": "A"},
    "hand_over": {"to": "信访局", "reason": "属信访事项"},
    "split": {"texts": ["道路塌陷。", "用电未批。"]},
    "refuse_acceptance": {"reason": "已进入诉讼程序"},
}


@pytest.fixture
def ready(act, at_stage, task, county):
    """The matter, the actor and the data with which an action is possible."""

    def _ready(action: str) -> tuple[Matter, str, dict]:
        if action in ON_A_REPORT:
            matter = take_report(text="路坏了，用电也没批。", anonymous=True).report.matter
            return matter, "office", ON_A_REPORT[action]
        if action in ON_A_TASK:
            stage, name, data = ON_A_TASK[action]
            with_co_unit = {"co_units": ["fagai"]} if name == "fagai" or action == "co_waive" else {}
            return at_stage(stage, **with_co_unit), name, data
        if action == "rate":
            Matter.objects.filter(pk=task.pk).update(requester=county.people["firm"])
            return at_stage("closed"), "firm", {"solved": "yes", "satisfaction": 5}
        matter = at_stage("in_progress", **({"co_units": ["fagai"]} if action == "co_confirm" else {}))
        if action == "co_confirm":
            return act("fagai", matter, "co_done", text="已办结。"), "zhujian", {"unit": "fagai"}
        return matter, "zhujian-head", RESULT

    return _ready


@pytest.mark.parametrize("action", ACTIONS)
def test_writes_one_event_and_one_version(act, ready, action):
    matter, name, data = ready(action)
    before = Matter.objects.get(pk=matter.pk)
    after = act(name, matter, action, **data)
    event = Event.objects.filter(matter=matter).last()
    assert Event.objects.filter(matter=matter).count() == event.seq
    assert (event.action, event.from_stage, event.to_stage) == (action, before.stage, after.stage)
    assert after.version == before.version + 1 == event.version


def test_erasing_is_an_act_of_its_rule(county):
    actor = person(county.people["office"])
    matter = register_matter(kind="task", title="示例", text="示例内容", region=COUNTY, actor=actor)
    erase_matter(matter, rule="lawful-erasure/1")
    matter.refresh_from_db()
    event = Event.objects.filter(matter=matter).last()
    assert (matter.text, matter.version, event.action, event.signed) == (
        "",
        2,
        "erase",
        rule("lawful-erasure/1").signed,
    )
    assert EventContent.objects.get(event__matter=matter, event__seq=1).body is None
