"""A task goes all the way round over HTTP, by the people whose part it is; the checks keep their order."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tisu.loop.models import Matter

pytestmark = pytest.mark.django_db
ITEM = {
    "number", "title", "kind", "stage", "light", "verdict", "due_at", "provisional", "lead_unit", "co_units",
    "version", "result", "cycle",
}  # fmt: skip


def new_task(program, **more) -> dict:
    made = program.post(
        "/matters", {"kind": "task", "title": "清理场地", "text": "三日内完成场地清理。"} | more
    )
    assert made.status == 201
    return made.body


def test_goes_all_the_way_round(caller):
    office, clerk, head, supervisor = map(caller, ("office", "zhujian", "zhujian-head", "supervisor"))
    number = new_task(office)["number"]
    steps = [
        (office, "assign", {"lead_unit": "zhujian", "working_days": 5}, "assigned"),
        (clerk, "accept", {"handler": "示例经办"}, "in_progress"),
        (clerk, "report", {"text": "已进场两台机械。"}, "in_progress"),
        (head, "submit", {"result": "resolved", "summary": "场地已于5月22日清理完毕并移交。"}, "submitted"),
        (supervisor, "begin_verification", {}, "submitted"),
        (supervisor, "pass", {"opinion": "已到现场核实。", "method": "visit"}, "closed"),
    ]
    version = 1
    for program, action, data, stage in steps:
        answer = program.act(number, action, version, **data)
        assert answer.status == 200, answer.body
        assert answer.body["stage"] == stage
        assert answer.body["version"] > version
        version = answer.body["version"]
    closed = office.get(f"/matters/{number}").body
    assert (closed["result"], closed["verdict"], closed["light"]) == ("resolved", "on_time", "on_time")
    assert [event["action"] for event in closed["events"]] == ["register"] + [step[1] for step in steps]
    assert [action["action"] for action in closed["actions"]] == ["reopen"]


def test_shows_each_caller_the_actions_open_to_it(caller):
    number = new_task(caller("office"))["number"]
    open_to_office = caller("office").get(f"/matters/{number}").body["actions"]
    [assign] = [action for action in open_to_office if action["action"] == "assign"]
    asked = {field["name"]: field for field in assign["data"]}
    assert asked["lead_unit"]["required"] and not asked["working_days"]["required"]
    assert "assign" not in {
        a["action"] for a in caller("supervisor").get(f"/matters/{number}").body["actions"]
    }


def test_writes_every_time_with_the_countys_offset(caller):
    number = new_task(caller("office"))["number"]
    caller("office").act(number, "assign", 1, lead_unit="zhujian", working_days=5)
    matter = caller("zhujian").get(f"/matters/{number}").body
    assert matter["due_at"] == "2023-05-29T18:00:00+08:00"
    times = [matter["due_at"], *(event["at"] for event in matter["events"])]
    times += [clock[name] for clock in matter["clocks"] for name in ("started_at", "due_at", "warn_at")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", moment) for moment in times)
    assert caller("zhujian").get("/matters").body["items"][0]["due_at"] == matter["due_at"]


def test_lists_the_fields_the_contract_promises(caller):
    new_task(caller("office"))
    [item] = caller("office").get("/matters").body["items"]
    assert set(item) == ITEM


# --- the order of checks: 404, 403, 409, 422 ---


def test_does_not_know_the_matter_before_anything_else(caller, task):
    answer = caller("gongdian").act(task.number, "submit", 99, result="nonsense")
    assert answer.status == 404


def test_forbids_before_it_looks_at_version_and_data(caller, at_stage):
    matter = at_stage("in_progress")
    assert caller("zhujian").act(matter.number, "submit", 99).status == 403


def test_finds_the_version_stale_before_it_looks_at_data(caller, at_stage):
    matter = at_stage("in_progress")
    assert caller("zhujian-head").act(matter.number, "submit", matter.version - 1).status == 409


def test_finds_the_stage_wrong_before_it_looks_at_data(caller, at_stage):
    matter = at_stage("submitted")
    assert caller("office").act(matter.number, "assign", matter.version).status == 409


def test_says_what_is_missing_last(caller, at_stage):
    matter = at_stage("in_progress")
    answer = caller("zhujian-head").act(matter.number, "submit", matter.version)
    assert (answer.status, set(answer.body["errors"])) == (422, {"result", "summary"})


def test_writes_nothing_when_it_refuses(caller, at_stage):
    matter = at_stage("in_progress")
    for version in (matter.version, 99):
        caller("zhujian-head").act(matter.number, "submit", version)
    caller("gongdian").act(matter.number, "submit", matter.version)
    unchanged = Matter.objects.get(pk=matter.pk)
    assert (unchanged.version, unchanged.stage, unchanged.events.count()) == (
        matter.version,
        "in_progress",
        3,
    )


def test_lets_nobody_verify_what_they_submitted(act, caller, task):
    act("office", task, "assign", lead_unit="yingshangban", working_days=3)
    act("office", task, "accept")
    matter = act(
        "office-lead",
        task,
        "submit",
        result="resolved",
        summary="制度已于5月22日印发,文号咸营商办〔2023〕5号。",
    )
    data = {"opinion": "属实。", "method": "documents"}
    assert caller("office-lead").act(matter.number, "pass", matter.version, **data).status == 403
    assert caller("supervisor").act(matter.number, "pass", matter.version, **data).status == 200


def test_accepts_one_of_two_who_act_on_the_same_version(caller, task):
    data = {"lead_unit": "zhujian", "working_days": 5}
    first = caller("office").act(task.number, "assign", 1, **data)
    second = caller("office2").act(task.number, "assign", 1, **data)
    assert (first.status, second.status) == (200, 409)


def test_does_not_know_an_action_that_is_none(caller, task):
    assert caller("office").act(task.number, "dance", 1).status == 404


def test_reads_a_number_in_lower_case(caller, task):
    assert caller("office").get(f"/matters/{task.number.lower()}").status == 200


@pytest.mark.parametrize("name", ["admin", "security", "auditor", "outsider", "nobody", "firm"])
def test_shows_nothing_to_whom_it_does_not_concern(caller, task, name):
    program = caller(name)
    assert program.get("/matters").body["items"] == []
    assert program.get(f"/matters/{task.number}").status == 404


def test_registers_only_for_who_may_open_the_kind(caller):
    refused = caller("zhujian").post("/matters", {"kind": "task", "title": "", "text": "请住建局清理场地。"})
    assert refused.status == 403


# --- lists ---


@pytest.fixture
def three(caller) -> list[str]:
    """Three tasks: the first assigned to zhujian, the second to fagai with zhujian, the third to nobody."""
    office = caller("office")
    numbers = [new_task(office, title=title)["number"] for title in ("清理场地", "补办许可", "架设线路")]
    office.act(numbers[0], "assign", 1, lead_unit="zhujian", working_days=5)
    office.act(numbers[1], "assign", 1, lead_unit="fagai", co_units=["zhujian"], working_days=15)
    return numbers


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [2, 1, 0]),
        ({"stage": "registered"}, [2]),
        ({"stage": "open"}, [2, 1, 0]),
        ({"stage": "closed"}, []),
        ({"unit": "zhujian"}, [1, 0]),
        ({"unit": "fagai"}, [1]),
        ({"kind": "task"}, [2, 1, 0]),
        ({"region": "422826"}, [2, 1, 0]),
        ({"region": "422827"}, []),
        ({"due_before": "2023-05-30"}, [0]),
        ({"light": "green"}, [2, 1, 0]),
        ({"light": "red"}, []),
        ({"q": "许可"}, [1]),
        ({"mine": "true"}, []),
    ],
)
def test_filters(caller, three, query, found):
    items = caller("office").get("/matters", **query).body["items"]
    assert [item["number"] for item in items] == [three[index] for index in found]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("stage", "lost"), ("light", "pink"), ("kind", "dance"), ("unit", "nowhere"), ("region", "99"),
        ("due_before", "soon"),
    ],
)  # fmt: skip
def test_names_a_filter_that_it_cannot_read(caller, name, value):
    answer = caller("office").get("/matters", **{name: value})
    assert (answer.status, list(answer.body["errors"])) == (422, [name])


def test_gives_long_lists_in_pages_and_keeps_the_filter(caller, three):
    office, seen, path = caller("office"), [], "/matters?limit=1&stage=assigned"
    while path:
        page = office.get(path)
        assert page.status == 200
        seen += [item["number"] for item in page.body["items"]]
        path = page.body["next"]
    assert seen == [three[1], three[0]]


def test_costs_the_same_for_five_matters_and_for_twenty_five(caller):
    office = caller("office")

    def make(count: int) -> None:
        for _each in range(count):
            number = new_task(office)["number"]
            office.act(number, "assign", 1, lead_unit="zhujian", co_units=["fagai"], working_days=5)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            office.get("/matters")
        return len(asked)

    make(5)
    first = cost()
    make(20)
    assert cost() == first <= 11
