"""The desk: what waits for a person, with the one next action on each card."""

import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import COUNTY
from tisu.loop.actor import person
from tisu.loop.models import Event, Matter
from tisu.loop.register import register_matter


def lists_on(page) -> list[str]:
    return [tab["url"].partition("list=")[2] for tab in page.context["tabs"]]


def numbers_on(page) -> list[str]:
    return [card.matter.number for card in page.context["cards"]]


@pytest.fixture
def many(county, act):
    """`many(5)`: so many more tasks, assigned to zhujian with fagai beside it."""

    def _many(count: int) -> list[Matter]:
        made = []
        for place in range(count):
            matter = register_matter(
                kind="task",
                title=f"清理场地{place}",
                text="清理园区场地。",
                region=COUNTY,
                actor=person(county.people["office"]),
            )
            made.append(act("office", matter, "assign", lead_unit="zhujian", co_units=["fagai"]))
        return made

    return _many


@pytest.mark.parametrize(
    ("name", "lists"),
    [
        ("office", ["to-screen", "to-assign", "to-accept", "to-handle", "to-verify", "to-approve"]),
        ("supervisor", ["to-screen", "to-assign", "to-accept", "to-handle", "to-verify", "to-approve"]),
        ("zhujian", ["to-accept", "to-handle"]),
        ("gongdian", ["to-accept", "to-handle"]),
    ],
)
def test_has_only_the_lists_that_ones_posts_can_have(sign_in, task, name, lists):
    assert lists_on(sign_in(name).get("/desk")) == lists


def test_opens_the_first_list_that_has_something(sign_in, at_stage):
    at_stage("in_progress")
    page = sign_in("zhujian").get("/desk")
    assert page.context["chosen"].code == "to-handle"
    assert [tab["count"] for tab in page.context["tabs"]] == [0, 1]


def test_opens_the_list_that_the_address_names(sign_in, at_stage):
    at_stage("in_progress")
    page = sign_in("zhujian").get("/desk?list=to-accept")
    assert page.context["chosen"].code == "to-accept"
    assert numbers_on(page) == []
    assert "今天没有待签收的事项" in page.content.decode()


@pytest.mark.parametrize(
    ("stage", "name", "expected"),
    [
        ("registered", "office", ["assign"]),
        ("assigned", "zhujian", ["accept", "return"]),
        ("in_progress", "zhujian", ["report"]),
        ("in_progress", "zhujian-head", ["submit", "report"]),
        ("submitted", "supervisor", ["pass", "fail"]),
    ],
)
def test_offers_the_one_next_action_that_the_person_may_do(sign_in, at_stage, stage, name, expected):
    matter = at_stage(stage)
    (card,) = sign_in(name).get("/desk").context["cards"]
    assert card.matter == matter
    assert [offer.code for offer in card.offers] == expected
    assert card.offers[0].style == "primary"


def test_gives_a_co_unit_its_own_part_to_finish(sign_in, act, task):
    act("office", task, "assign", lead_unit="zhujian", co_units=["fagai"])
    act("zhujian", task, "accept")
    (card,) = sign_in("fagai").get("/desk").context["cards"]
    assert [offer.code for offer in card.offers] == ["co_done", "report"]


def test_keeps_from_the_verifier_what_the_verifier_had_a_hand_in(sign_in, act, task, county):
    act("supervisor", task, "urge", text="请抓紧办理。")
    act("office", task, "assign", lead_unit="zhujian")
    act("zhujian", task, "accept")
    act("zhujian-head", task, "submit", result="resolved", summary="场地已于5月22日清理完毕。")
    assert numbers_on(sign_in("supervisor").get("/desk?list=to-verify")) == [task.number]
    Event.objects.create(
        matter=task, seq=99, action="report", actor=county.people["supervisor"], signed="督查", at=task.registered_at,
        to_stage="in_progress", version=1, cycle=1, digest="0" * 64,
    )  # fmt: skip
    assert numbers_on(sign_in("supervisor").get("/desk?list=to-verify")) == []


def test_puts_the_most_urgent_first(sign_in, act, task, many):
    (later,) = many(1)
    act("office", task, "assign", lead_unit="zhujian", working_days=1)
    assert numbers_on(sign_in("zhujian").get("/desk")) == [task.number, later.number]


def test_says_what_is_left_and_until_when(sign_in, at_stage):
    at_stage("assigned", working_days=5)
    words = sign_in("zhujian").get("/desk").content.decode()
    assert "剩5个工作日" in words
    assert "5月29日" in words


def test_shows_twenty_and_says_where_the_others_stand(sign_in, many):
    many(22)
    page = sign_in("zhujian").get("/desk")
    assert len(page.context["cards"]) == 20
    assert page.context["more"] == 2
    assert page.context["more_url"] == "/matters?stage=assigned"


def test_counts_no_further_than_anyone_would(sign_in, many, monkeypatch):
    monkeypatch.setattr(sys.modules["tisu.loop.views.desk"], "COUNTED", 23)
    many(24)
    page = sign_in("zhujian").get("/desk")
    (waiting,) = [tab["count"] for tab in page.context["tabs"] if tab["active"]]
    assert waiting == "22+"
    assert "更多事项见事项列表" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "address"),
    [("zhujian", "/desk"), ("office", "/desk?list=to-assign"), ("supervisor", "/desk?list=to-verify")],
)
def test_costs_the_same_for_five_and_for_fifteen(sign_in, many, act, name, address):
    def ready(matters):
        if "to-verify" in address:
            for matter in matters:
                act("zhujian", matter, "accept")
                act("fagai", matter, "co_done", text="已办完。")
                act("zhujian-head", matter, "submit", result="resolved", summary="5月22日已清理完毕。")
        if "to-assign" in address:
            for matter in matters:
                act("zhujian", matter, "return", reason="不属于本单位职责。")

    browser, costs = sign_in(name), []
    for more in (5, 10):
        ready(many(more))
        browser.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = browser.get(address)
        costs.append(len(queries))
    assert len(page.context["cards"]) == 15
    assert costs[0] == costs[1] <= 26


@pytest.mark.parametrize(
    ("name", "door"), [("leader", "/leader"), ("secretary", "/leader"), ("discipline", "/matters")]
)
def test_leads_on_who_has_nothing_to_handle(sign_in, task, name, door):
    answer = sign_in(name).get("/desk")
    assert (answer.status_code, answer.headers["Location"]) == (302, door)


def test_tells_an_administrator_that_there_is_no_list(sign_in, task):
    page = sign_in("admin").get("/desk")
    assert page.status_code in (200, 302)
    assert task.number not in page.content.decode()


def test_asks_a_stranger_to_sign_in(client, db):
    assert client.get("/desk").status_code == 302
