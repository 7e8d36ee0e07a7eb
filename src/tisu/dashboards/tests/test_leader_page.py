"""The leader's page: each figure equals its list, for whoever reads it; below it what needs a word."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import COUNTY, MONDAY, SHANGHAI
from tisu.foundation import clock
from tisu.foundation.rooms import declared
from tisu.loop.actor import person
from tisu.loop.models import Event, Matter
from tisu.loop.register import register_matter
from tisu.loop.tiles import TILES

READERS = ("leader", "secretary", "office-lead", "supervisor")
EVERYONE_WITH_MATTERS = (
    *READERS,
    "office",
    "zhujian",
    "zhujian-head",
    "fagai",
    "gongdian",
    "discipline",
    "firm",
)


def _day(begun: datetime, days: int) -> datetime:
    """So many days later, but never after today; later steps stay later."""
    return min(begun + timedelta(days=days), MONDAY - timedelta(minutes=60 - days))


def matters_of(page):
    """The pane of what needs a word, among those of the rooms."""
    (pane,) = (each["pane"] for each in page.context["panes"] if "late" in each["pane"])
    return pane


def late_of(page):
    return matters_of(page)["late"]


@pytest.fixture
def a_county_at_work(county, act):
    """Matters in every stage, late and in time, some of them in earlier months, with three lead units."""
    for place in range(12):
        lead = ("zhujian", "fagai", "gongdian")[place % 3]
        head = "gongdian" if lead == "gongdian" else f"{lead}-head"
        begun = MONDAY - timedelta(days=(3, 20, 45, 100)[place % 4])
        with clock.at(begun):
            matter = register_matter(
                kind="task",
                title=f"示例{place}",
                text="示例。",
                region=COUNTY,
                actor=person(county.people["office"]),
            )
            if place % 6 == 0:
                continue
            act("office", matter, "assign", lead_unit=lead, working_days=5)
        if place % 6 == 1:
            continue
        with clock.at(_day(begun, 1)):
            act(lead, matter, "accept")
        if place % 6 == 2:
            continue
        with clock.at(_day(begun, (2, 12)[place % 2])):
            act(head, matter, "submit", result="resolved", summary="5月已办结并移交。")
        if place % 6 in (4, 5):
            with clock.at(_day(begun, 13)):
                act("supervisor", matter, "pass", opinion="已核实。", method="phone")


def test_has_figures_that_equal_the_lists_behind_them_for_every_role(sign_in, county, a_county_at_work):
    for name in EVERYONE_WITH_MATTERS:
        user, browser = county.people[name], sign_in(name)
        tiles = list(declared("tiles")) if name in READERS else TILES
        figures = {tile.code: tile.items(user).count() for tile in tiles}
        listed = {tile.code: len(browser.get(tile.href(user)).context["table"].rows) for tile in tiles}
        assert (name, figures) == (name, listed)


def test_shows_a_county_with_something_in_every_figure(sign_in, a_county_at_work):
    figures = sign_in("supervisor").get("/leader").context["figures"]
    assert len(figures) == len(list(declared("tiles")))
    assert all(figure["value"] > 0 for figure in figures[: len(TILES)])


def test_draws_twelve_months_that_end_with_the_figure(county, a_county_at_work):
    for name in READERS:
        user = county.people[name]
        for tile in declared("tiles"):
            if tile.trend is None:
                continue
            trend = tile.trend(user)
            assert len(trend) == 12
            if tile.code != "due-this-week":  # its line tells months, the figure a week
                assert (name, tile.code, trend[-1][1]) == (name, tile.code, tile.items(user).count())


def test_remembers_what_stood_open_and_late_when_a_month_ended(county, act, task):
    with clock.at(datetime(2023, 2, 1, 9, tzinfo=SHANGHAI)):
        matter = register_matter(
            kind="task", title="旧事", text="旧事。", region=COUNTY, actor=person(county.people["office"])
        )
        act("office", matter, "assign", lead_unit="zhujian", working_days=5)
        act("zhujian", matter, "accept")
    with clock.at(datetime(2023, 4, 3, 9, tzinfo=SHANGHAI)):
        act("zhujian-head", matter, "submit", result="resolved", summary="4月3日办结。")
    with clock.at(datetime(2023, 5, 8, 9, tzinfo=SHANGHAI)):
        act("supervisor", matter, "pass", opinion="已核实。", method="phone")
    trends = {
        tile.code: [count for _month, count in tile.trend(county.people["supervisor"])][-5:] for tile in TILES
    }
    assert trends == {
        "open": [0, 1, 1, 1, 1],  # the last one is the task of today
        "due-this-week": [0, 1, 0, 0, 0],
        "red": [0, 1, 1, 1, 0],
        "to-verify": [0, 0, 0, 1, 0],
        "closed-this-month": [0, 0, 0, 0, 1],
    }


def test_costs_the_same_however_many_matters_there_are(sign_in, a_county_at_work, county):
    browser, costs = sign_in("leader"), []
    for more in (0, 20):
        for place in range(more):
            register_matter(
                kind="task",
                title=f"更多{place}",
                text="。",
                region=COUNTY,
                actor=person(county.people["office"]),
            )
        browser.get("/leader")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/leader")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 50


@pytest.mark.parametrize(
    "name",
    ["office", "zhujian", "zhujian-head", "discipline", "custodian", "firm", "admin", "auditor", "nobody"],
)
def test_is_not_for_who_has_no_such_door(sign_in, county, name):
    assert sign_in(name).get("/leader").status_code == 403


@pytest.mark.parametrize("name", READERS)
def test_stands_in_the_menu_of_who_may_open_it(sign_in, county, name):
    assert 'href="/leader"' in sign_in(name).get("/leader").content.decode()


@pytest.mark.parametrize(
    ("name", "word"), [("leader", "instruct"), ("secretary", "instruct"), ("supervisor", "urge")]
)
def test_takes_a_word_in_one_field_and_comes_back(sign_in, a_county_at_work, name, word):
    browser = sign_in(name)
    late = late_of(browser.get("/leader"))
    card = late.cards[0]
    (offer,) = card.offers
    asked = [name for name in offer.form.fields if name not in offer.form.folded]
    assert (offer.code, asked) == (word, ["text"])
    answer = browser.post(offer.url, offer.hidden | {"text": "请本周内给企业答复。"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/leader")
    assert Event.objects.filter(matter=card.matter, action=word).count() == 1


def test_keeps_a_word_that_was_refused(sign_in, a_county_at_work):
    browser = sign_in("leader")
    offer = late_of(browser.get("/leader")).cards[0].offers[0]
    answer = browser.post(offer.url, offer.hidden | {"expected_version": 1, "text": "请过问。"})
    assert answer.status_code == 409
    assert "请过问。</textarea>" in answer.content.decode()


def test_lists_the_longest_overdue_first(sign_in, a_county_at_work):
    cards = late_of(sign_in("supervisor").get("/leader")).cards
    days = [card.matter.due_at for card in cards]
    assert days == sorted(days)
    assert all(card.matter.light == "red" for card in cards)


def test_shows_a_leader_only_what_is_in_the_leaders_charge(sign_in, a_county_at_work, county):
    page = sign_in("leader").get("/leader")
    seen = {card.matter.pk for part in matters_of(page).values() for card in part.cards}
    assert seen
    assert seen <= set(Matter.objects.visible_to(county.people["leader"]).values_list("pk", flat=True))
