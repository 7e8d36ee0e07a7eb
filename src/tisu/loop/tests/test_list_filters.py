"""The list of matters: filters in the address, sentences for what cannot be read, pages, search."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import COUNTY, SHANGHAI
from tisu.foundation import clock
from tisu.loop.actor import person
from tisu.loop.register import register_matter
from tisu.web.tables import Cell


def numbers_on(page) -> list[str]:
    return [next(cell.text for cell in row if isinstance(cell, Cell)) for row in page.context["table"].rows]


@pytest.fixture
def other(county):
    return register_matter(
        kind="task", title="核对补正告知", text="核对一次性告知清单。", region=COUNTY, actor=person(county.people["office"])
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"task", "other"}),
        ("stage=open", {"task", "other"}),
        ("stage=assigned", {"task"}),
        ("stage=registered", {"other"}),
        ("unit=zhujian", {"task"}),
        ("unit=fagai", set()),
        ("unit=yingshangban", set()),
        ("light=yellow", set()),
        ("light=green", {"task", "other"}),
        ("kind=task", {"task", "other"}),
        ("region=422826", {"task", "other"}),
        ("region=422827", set()),
        ("due_before=2023-05-30", {"task"}),
        ("due_from=2023-05-30", set()),
        ("due_before=２０２３-05-30", {"task"}),
        ("q=补正", {"other"}),
        ("mine=true", set()),
    ],
)
def test_narrows_the_list(sign_in, at_stage, other, query, found):
    task = at_stage("assigned", working_days=5)
    page = sign_in("office").get(f"/matters?{query}")
    assert set(numbers_on(page)) == {{"task": task.number, "other": other.number}[name] for name in found}
    assert page.context["found"] == f"共{len(found)}件"


def test_takes_off_one_filter_by_its_chip(sign_in, at_stage):
    at_stage("assigned")
    page = sign_in("office").get("/matters?stage=assigned&unit=zhujian")
    assert [(chip.value, chip.url) for chip in page.context["chips"]] == [
        ("待签收", "?unit=zhujian"),
        ("住建局", "?stage=assigned"),
    ]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("due_before=昨天", "due_before"),
        ("light=pink", "light"),
        ("unit=nobody", "unit"),
        ("stage=x", "stage"),
        ("kind=x", "kind"),
    ],
)
def test_says_beside_the_filter_what_cannot_be_read(sign_in, task, query, field):
    page = sign_in("office").get(f"/matters?{query}")
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert "field-error" in page.content.decode()
    assert numbers_on(page) == []


def test_knows_a_code_that_two_counties_use(sign_in, at_stage):
    at_stage("assigned")
    assert sign_in("office").get("/matters?unit=yingshangban").status_code == 200


def test_gives_pages_that_do_not_overlap(sign_in, task, other):
    browser = sign_in("office")
    first = browser.get("/matters?limit=1")
    second = browser.get(first.context["next_url"])
    assert [*numbers_on(first), *numbers_on(second)] == [other.number, task.number]
    assert second.context["next_url"] is None
    assert second.context["first_url"] == "/matters?limit=1"


def test_shows_a_light_only_where_a_clock_runs(sign_in, at_stage, other):
    at_stage("assigned", working_days=5)
    with clock.at(datetime(2023, 6, 5, 9, tzinfo=SHANGHAI)):
        rows = sign_in("office").get("/matters").context["table"].rows
    assert [(row[-3].light, row[-2]) for row in rows] == [("", "—"), ("red", "超5个工作日")]


def test_shows_nobody_what_is_not_theirs(sign_in, at_stage):
    at_stage("assigned")
    for name in ("gongdian", "outsider", "admin", "firm"):
        assert numbers_on(sign_in(name).get("/matters")) == []


def test_costs_the_same_for_five_and_for_twenty_five(sign_in, county, act):
    browser, costs = sign_in("office"), []
    for more in (5, 20):
        for place in range(more):
            matter = register_matter(
                kind="task",
                title=f"示例{place}",
                text="示例。",
                region=COUNTY,
                actor=person(county.people["office"]),
            )
            act("office", matter, "assign", lead_unit="zhujian", co_units=["fagai"])
        browser.get("/matters")
        with CaptureQueriesContext(connection) as queries:
            page = browser.get("/matters")
        costs.append(len(queries))
    assert len(numbers_on(page)) == 25
    assert costs[0] == costs[1] <= 19


class TestSearch:
    def test_leads_to_the_matter_whose_number_was_typed(self, sign_in, task):
        for typed in (task.number, task.number.lower(), task.number.replace("-", ""), f"  {task.number} "):
            answer = sign_in("office").get("/search", {"q": typed})
            assert answer.headers["Location"] == f"/matters/{task.number}"

    def test_leads_to_the_list_for_any_other_words(self, sign_in, task):
        answer = sign_in("office").get("/search", {"q": "场地"}, follow=True)
        assert answer.redirect_chain[0][0] == "/matters?q=%E5%9C%BA%E5%9C%B0"
        assert numbers_on(answer) == [task.number]

    def test_does_not_tell_that_a_hidden_number_exists(self, sign_in, task):
        answer = sign_in("gongdian").get("/search", {"q": task.number}, follow=True)
        assert numbers_on(answer) == []

    def test_leads_to_the_whole_list_without_words(self, sign_in, task):
        assert sign_in("office").get("/search").headers["Location"] == "/matters"


@pytest.mark.parametrize(
    "words", ["清", "场地", "場地", "清理場地", "qlcd", "qingli", "changdi", "示例甲", "slj"]
)
def test_finds_a_matter_by_words_of_either_script_by_pinyin_and_by_its_firm(sign_in, county, act, words):
    matter = register_matter(
        kind="task", title="清理场地", text="三日内完成园区三号地块场地清理。", region=COUNTY,
        actor=person(county.people["office"]), enterprise=county.firms[0],
    )  # fmt: skip
    act("office", matter, "assign", lead_unit="zhujian")
    page = sign_in("zhujian").get("/api/v1/matters", {"q": words}).json()
    assert [item["number"] for item in page["items"]] == [matter.number]


def test_finds_nothing_by_signs_that_only_look_adjacent(sign_in, task):
    assert sign_in("office").get("/api/v1/matters", {"q": "清场"}).json()["items"] == []
