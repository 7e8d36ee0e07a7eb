"""The ledger as a list, a sheet, a quarter, a tile, a part of the firm's page, and over HTTP: the same promises everywhere."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from cast import MONDAY, afresh
from tisu.enterprises.panels import OWN, STAFF, panels_on
from tisu.foundation import clock
from tisu.foundation.rooms import declared
from tisu.promises.models import Promise
from tisu.promises.panels import on_the_time_line
from tisu.promises.rates import rate_of
from tisu.promises.tiles import TILES

pytestmark = pytest.mark.django_db


@pytest.fixture
def four(county, promised, broken_down, answered):
    """Kept; owed and overdue; not due; a slogan."""
    early = {"given_on": "2023-03-01", "due_on": "2023-05-10"}
    kept = answered(broken_down(promised("送电到红线。", **early), ("送电", "2023-05-10", "zhujian")), "kept")
    late = promised("修好进厂路。", **early, unit=county.units["fagai"])
    ahead = promised("接通污水管网。", due_on="2023-06-20")
    slogan = promised("打造最优营商环境。", due_on=None, is_slogan=True, enterprise=None, unit=None)
    return kept, late, ahead, slogan


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {0, 1, 2, 3}),
        ("?q=管网", {2}),
        ("?q=管網", {2}),
        ("?q=示例甲", {0, 1, 2}),
        ("?state=open", {1, 2, 3}),
        ("?state=overdue", {1}),
        ("?state=slogan", {3}),
        ("?state=kept", {0}),
        ("?unit=fagai", {1}),
        ("?form=contract", set()),
        ("?due_from=２０２３-05-01&due_until=2023-05-31", {0, 1}),
        ("?firm=91422826xftext0182", {0, 1, 2}),
        ("?firm=nothing", set()),
    ],
)
def test_is_narrowed_alike_on_the_page_in_the_sheet_and_over_http(sign_in, four, query, found):
    office = sign_in("office")
    wanted = {four[place].text for place in found}
    page = office.get(f"/promises{query}").content.decode()
    assert {row.text for row in four if row.text in page} == wanted
    items = office.get(f"/api/v1/promises{query}").json()["items"]
    assert {item["text"] for item in items} == wanted
    sheet = office.post(f"/exports/promises{query}", {"format": "csv"})
    taken = b"".join(sheet).decode("utf-8-sig")
    assert {row.text for row in four if row.text in taken} == wanted


@pytest.mark.parametrize("query", ["?state=nonsense", "?due_from=soon", "?unit=nowhere", "?form=oath"])
def test_a_filter_that_cannot_be_read_is_named(sign_in, query):
    office = sign_in("office")
    assert office.get(f"/promises{query}").status_code == 422
    answer = office.get(f"/api/v1/promises{query}")
    assert answer.status_code == 422 and answer.json()["errors"]


def test_says_the_rate_with_its_fraction(sign_in, four):
    assert "50% (1/2)" in sign_in("office").get("/promises").content.decode()
    assert "50% (1/2)" in sign_in("firm").get("/promises").content.decode()


def test_the_page_of_a_promise_over_http(sign_in, four):
    kept = four[0]
    item = sign_in("zhujian").get(f"/api/v1/promises/{kept.number.lower().replace('-', '')}").json()
    assert (item["state"], item["outcome"], item["enterprise"]) == (
        "kept",
        "kept",
        kept.enterprise.credit_code,
    )
    (part,) = item["deliverables"]
    assert (part["text"], part["progress"]) == ("送电", "to_accept")
    assert item["course"][0]["by"] == kept.enterprise.name
    assert sign_in("firm2").get(f"/api/v1/promises/{kept.number}").status_code == 404


def test_the_quarter_shows_what_is_due_and_how_each_unit_stands(sign_in, four):
    page = sign_in("leader").get("/promises/quarter").content.decode()
    assert "2023年第2季度" in page and "住建局" in page and "100% (1/1)" in page and "0% (0/1)" in page
    assert "到期未兑现最多的是发改局" in page and "最优营商环境" not in page
    empty = sign_in("leader").get("/promises/quarter?quarter=2031Q1").content.decode()
    assert "本季没有到期的承诺" in empty


@pytest.mark.parametrize("tile", TILES, ids=lambda tile: tile.code)
@pytest.mark.parametrize("name", ["leader", "office-lead", "supervisor"])
def test_a_figure_is_the_count_of_the_list_that_it_opens(county, sign_in, four, tile, name):
    user = county.people[name]
    listed = sign_in(name).get(tile.href(user)).context["table"].rows
    expected = {"promises-due": 2, "promises-overdue": 1}[tile.code]
    assert tile.items(user).count() == len(listed) == tile.trend(user)[-1][1] == expected


def _request(county, name):
    request = RequestFactory().get("/")
    request.user = county.people[name]
    return request


def test_stands_on_the_firms_page_for_staff_and_on_its_own_side(county, sign_in, four):
    firm, other = county.firms
    page = sign_in("office").get(f"/enterprises/{firm.credit_code}").content.decode()
    assert "对企业的承诺" in page and "修好进厂路。" in page and "50% (1/2)" in page
    own = [
        panel for panel in panels_on(OWN, _request(county, "firm"), firm) if "promises" in panel["template"]
    ]
    assert len(own) == 1 and own[0]["pane"]["table"].rows
    staff = panels_on(STAFF, _request(county, "office"), other)
    assert not any("promises/" in panel["template"] for panel in staff)


def test_asks_the_firm_first_for_the_word_that_is_waited_for(county, sign_in, promised, broken_down):
    promise = broken_down(promised())
    sign_in("office").post(f"/promises/{promise.number}", {"act": "ask_firm"})
    (own,) = [
        p for p in panels_on(OWN, _request(county, "firm"), county.firms[0]) if "promises/" in p["template"]
    ]
    assert [each["promise"] for each in own["pane"]["waiting"]] == [Promise.objects.get(pk=promise.pk)]


def test_is_a_lane_of_the_firms_time_line(county, four):
    assert "promises" in {lane.code for lane in declared("firm_lanes")}
    events = list(on_the_time_line(_request(county, "office"), county.firms[0]))
    assert {(event.label, event.last) for event in events} == {(row.head, row.due_on) for row in four[:3]}


def test_a_long_list_costs_as_many_queries_as_a_short_one(county, sign_in, promised):
    office = sign_in("office")
    counts = []
    for more in (2, 20):
        for _each in range(more):
            promised()
        office.get("/promises")
        with CaptureQueriesContext(connection) as seen:
            office.get("/promises")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 14


def test_a_page_costs_the_same_however_many_deliverables(county, sign_in, promised, broken_down):
    days = [(f"第{day}段", f"2023-08-{day:02}", "zhujian") for day in range(1, 9)]
    one, many = broken_down(promised(), days[0]), broken_down(promised(), *days)
    office, counts = sign_in("office"), []
    office.get(f"/promises/{one.number}")
    for promise in (one, many):
        with CaptureQueriesContext(connection) as seen:
            office.get(f"/promises/{promise.number}")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_matter_of_a_deliverable_shows_the_promise(sign_in, promised, broken_down):
    promise = broken_down(promised())
    page = sign_in("zhujian").get(f"/matters/{promise.deliverables.get().matter.number}").content.decode()
    assert promise.text in page and f"/promises/{promise.number}" in page


def test_the_rate_of_a_firm_without_anything_due_is_no_rate(county):
    assert rate_of(Promise.objects.of_firm(county.firms[1]), MONDAY.date()).words == "— (0/0)"


def test_remembers_what_was_owed_when_a_month_ended(county, promised, broken_down, answered):
    """Given in January for March, kept in May; and one for June that is owed still."""
    with clock.at(MONDAY.replace(month=1)):
        promise = broken_down(
            promised(given_on="2023-01-20", due_on="2023-03-20"), ("送电", "2023-03-20", "zhujian")
        )
        promised("修好路。", given_on="2023-01-20", due_on="2023-06-20")
    with clock.at(MONDAY.replace(day=8)):
        answered(promise, "kept")
    due, overdue = (
        [count for _month, count in tile.trend(afresh(county.people["office-lead"]))][-6:] for tile in TILES
    )
    assert due == [0, 1, 1, 1, 1, 1]
    assert overdue == [0, 0, 0, 1, 1, 0]
