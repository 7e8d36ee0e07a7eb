"""Promise 1 of the loop, for each action of the table: one act, one version, one event, in one transaction."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.db.models import F

from cast import COUNTY
from tisu.foundation import calendars, clock
from tisu.foundation.drafts import Draft
from tisu.loop.actions import ACTIONS
from tisu.loop.actor import person, rule
from tisu.loop.erasing import erase_matter
from tisu.loop.models import (
    Adjustment,
    Assignment,
    Clock,
    Event,
    EventContent,
    Matter,
    Pause,
    Rating,
    Request,
    Watch,
    publish_type,
)
from tisu.loop.perform import perform
from tisu.loop.register import register_matter
from tisu.orgs.models import Unit

RESULT = {"result": "resolved", "summary": "场地已于5月22日清理完毕并移交。"}
WHY = {"reason": "专家评审排期在下周。"}
PAUSE = {"reason": "supplement", "until": "2023-06-05"}
ASKED = ("zhujian", "request_extension", {"working_days": 3} | WHY)
RATED = ("firm", "rate", {"solved": "yes", "satisfaction": 4})


@dataclass(frozen=True)
class Scene:
    """Where a task is taken to, what happens before, and who then acts with what data."""

    stage: str
    by: str
    data: dict
    before: tuple[tuple[str, str, dict], ...] = ()


SCENES = {
    "assign": Scene("registered", "office", {"lead_unit": "zhujian"}),
    "accept": Scene("assigned", "zhujian", {}),
    "auto_accept": Scene("assigned", "rule", {}),
    "return": Scene("assigned", "zhujian", {"reason": "属发改局职责"}),
    "report": Scene("in_progress", "zhujian", {"text": "已进场。"}),
    "co_done": Scene("in_progress", "fagai", {"text": "立项手续已办结。"}),
    "co_confirm": Scene("in_progress", "zhujian", {"unit": "fagai"}, (("fagai", "co_done", {"text": "已办结。"}),)),
    "co_waive": Scene("in_progress", "zhujian", {"unit": "fagai", "reason": "无需立项"}),
    "submit": Scene("in_progress", "zhujian-head", RESULT, (
        ("zhujian", "co_waive", {"unit": "fagai", "reason": "无需立项"}),)),
    "withdraw": Scene("submitted", "zhujian-head", {}),
    "begin_verification": Scene("submitted", "office", {}),
    "pass": Scene("submitted", "office", {"opinion": "已看。", "method": "visit"}),
    "fail": Scene("submitted", "office", {"reason": "仍有弃土"}),
    "request_extension": Scene("in_progress", "zhujian", {"working_days": 3} | WHY),
    "request_suspension": Scene("in_progress", "zhujian", PAUSE),
    "request_transfer": Scene("in_progress", "zhujian", {"unit": "gongdian"} | WHY),
    "request_cancellation": Scene("in_progress", "zhujian", WHY),
    "request_content_change": Scene("in_progress", "zhujian", {"text": "五日内完成园区三号地块清理。"} | WHY),
    "grant": Scene("in_progress", "office", {"request": 1}, (ASKED,)),
    "decline": Scene("in_progress", "office", {"request": 1} | WHY, (ASKED,)),
    "withdraw_request": Scene("in_progress", "zhujian", {"request": 1}, (ASKED,)),
    "resume": Scene("in_progress", "zhujian", {}, (
        ("zhujian", "request_suspension", PAUSE), ("supervisor", "grant", {"request": 1}))),
    "urge": Scene("in_progress", "supervisor", {"text": "请抓紧"}),
    "escalate": Scene("in_progress", "supervisor", {"text": "请过问"}),
    "instruct": Scene("in_progress", "leader", {"text": "请专人盯办"}),
    "merge": Scene("in_progress", "supervisor", {"parent": "another"}),
    "unmerge": Scene("in_progress", "supervisor", {}, (("supervisor", "merge", {"parent": "another"}),)),
    "reopen": Scene("closed", "supervisor", {"reason": "回头看发现仍有弃土"}),
    "rate": Scene("closed", "firm", RATED[2]),
    "appeal_rating": Scene("closed", "zhujian", {"reason": "企业评错了对象。"}, (RATED,)),
    "redate": Scene("in_progress", "rule", {}, (("calendar", "", {}),)),
    "succeed": Scene("in_progress", "rule", {}, (("ended", "", {}),)),
}  # fmt: skip
ON_A_DRAFT = {
    "request_approval": ("office", ()),
    "approve": ("leader", ("request_approval",)),
    "refuse": ("leader", ("request_approval",)),
}
ON_A_REPORT = {
    "screen": {"kind": "A"},
    "hand_over": {"to": "信访局", "reason": "属信访事项"},
    "split": {"texts": ["道路塌陷。", "用电未批。"]},
    "refuse_acceptance": {"reason": "已进入诉讼程序"},
}


@pytest.fixture
def do(act, county):
    """One act: by one of the cast, by a standing rule, the publishing of a notice that takes a day off, or the end of
    a unit."""

    def _do(name: str, matter: Matter, action: str, data: dict) -> Matter:
        if name == "ended":
            ended = {"until": clock.today(), "heir": county.units["gongdian"]}
            Unit.objects.filter(code="zhujian").update(**ended)
            return matter
        if name == "calendar":
            off = frozenset({date(2023, 5, 24)})
            draft = Draft("overlay", off=off, title="防汛停工", source="咸政办〔2023〕1号", loaded_by="示例")
            calendars.publish(draft)
            return matter
        if data.get("parent"):
            data = {"parent": open_task(county).number}
        if name == "rule":
            return perform(matter.pk, action, actor=rule("test/1"), data=data, expected_version=None)
        return act(name, matter, action, **data)

    return _do


def open_task(county) -> Matter:
    actor = person(county.people["office"])
    unit = county.units["yingshangban"].pk
    return register_matter(
        kind="task", title="示例", text="示例", region=COUNTY, actor=actor, opened_by_unit_id=unit
    )


@pytest.fixture
def ready(do, act, at_stage, task, county, reported):
    """The matter, the actor and the data with which an action is possible."""

    def _ready(action: str) -> tuple[Matter, str, dict]:
        if action in ON_A_REPORT:
            return reported("路坏了，用电也没批。").matter, "office", ON_A_REPORT[action]
        if action in ON_A_DRAFT:
            publish_type(kind="task", valid_from=clock.today(), basis="试行", needs_approval=True)
            name, steps = ON_A_DRAFT[action]
            matter = open_task(county)
            for step in steps:
                matter = act("office", matter, step)
            return matter, name, {"reason": "先论证"} if action == "refuse" else {}
        scene = SCENES[action]
        Matter.objects.filter(pk=task.pk).update(requester=county.people["firm"])
        with_co_unit = {"co_units": ["fagai"]} if scene.stage == "in_progress" else {}
        matter = at_stage(scene.stage, **with_co_unit)
        for name, code, data in scene.before:
            matter = do(name, matter, code, data)
        return matter, scene.by, scene.data

    return _ready


# What an act may change besides the matter; promise 1 names stage, clock, unit, limit and result.
TABLES = (Clock, Pause, Adjustment, Assignment, Request, Rating, Watch)


def stands() -> dict[tuple, int]:
    """Every row that an act may change, with what it says; and whose it is."""
    rows = {}
    for model in TABLES:
        owner = "clock__matter" if model in (Pause, Adjustment) else "matter"
        for row in model.objects.annotate(owner=F(owner)).values():
            rows[model, str(row)] = row["owner"]
    return rows


@pytest.mark.parametrize("action", ACTIONS)
def test_writes_one_event_and_one_version(do, ready, action):
    matter, name, data = ready(action)
    before, rows = Matter.objects.get(pk=matter.pk), stands()
    others = set(Matter.objects.exclude(pk=matter.pk).values_list("pk", flat=True))
    after = do(name, matter, action, data)
    event = Event.objects.filter(matter=matter).last()
    assert (event.action, event.from_stage, event.to_stage) == (action, before.stage, after.stage)
    assert after.version == before.version + 1 == event.version == event.seq
    assert Event.objects.filter(matter=matter).count() == event.seq
    assert others.isdisjoint(owner for row, owner in stands().items() if row not in rows)


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
