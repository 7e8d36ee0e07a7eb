"""The heat map, its rates, its sheet and its API: derived from days, from a constant number of queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tisu.accounts.models import Delegation, PostHolding, StandIn
from tisu.enterprises.models import Enterprise
from tisu.liaison.compliance import compliance_of
from tisu.liaison.models import Pairing
from tisu.orgs.models import Post, Role

pytestmark = pytest.mark.django_db
API = "/api/v1/liaison/compliance"


def counts(client, query: str) -> tuple:
    answer = client.get(f"{API}?{query}")
    assert answer.status_code == 200, answer.content.decode()
    told = answer.json()
    return tuple(told[name] for name in ("due", "met", "missed", "open", "excused"))


@pytest.fixture
def other(paired, second_post) -> Pairing:
    return paired(post=second_post, firm=1)


def test_tells_per_post_what_became_of_a_month(paired, other, in_touch, browser):
    in_touch(paired(), "2023-04-03")
    answer = browser("office").get(f"{API}?month=2023-04").json()
    lines = {
        item["post"]: (item["due"], item["met"], item["missed"], item["excused"]) for item in answer["items"]
    }
    assert lines == {"副县长": (1, 1, 0, 0), "县委常委": (1, 0, 1, 0)}
    assert counts(browser("office"), "month=2023-04") == (2, 1, 1, 0, 0)
    assert counts(browser("office"), "month=2023-05") == (2, 0, 0, 2, 0)
    assert counts(browser("office"), "quarter=2023Q1") == (2, 0, 2, 0, 0)


def test_is_not_changed_by_a_new_holder_of_the_post(county, leader_post, paired, in_touch, browser):
    in_touch(paired(), "2023-03-03")
    before = [counts(browser("office"), f"month=2023-{month}") for month in ("02", "03", "04")]
    PostHolding.objects.filter(post=leader_post).update(until=date(2023, 5, 10))
    PostHolding.objects.create(post=leader_post, user=county.people["nobody"], since=date(2023, 5, 10))
    assert [counts(browser("office"), f"month=2023-{month}") for month in ("02", "03", "04")] == before


def test_excuses_leave_that_covers_the_month(county, leader_post, paired, browser):
    paired()
    Delegation.objects.create(
        kind=StandIn.COVER, post=leader_post, user=county.people["nobody"], holder=county.people["leader"],
        since=date(2023, 3, 20), until=date(2023, 5, 4),
    )  # fmt: skip
    assert counts(browser("office"), "month=2023-04") == (0, 0, 0, 0, 1)
    assert counts(browser("office"), "month=2023-03") == (1, 0, 1, 0, 0)


def test_asks_nothing_for_a_firm_that_is_closed(county, paired, browser):
    paired()
    county.firms[0].deregistered_on = date(2023, 4, 15)
    county.firms[0].save()
    assert counts(browser("office"), "month=2023-03") == (1, 0, 1, 0, 0)
    assert counts(browser("office"), "month=2023-04") == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    "query", ["", "month=2023-13", "quarter=2023Q9", "month=2023-04&quarter=2023Q2", "month=x"]
)
def test_says_which_period_it_takes(paired, browser, query):
    answer = browser("office").get(f"{API}?{query}")
    assert answer.status_code == 422 and "2023" in answer.json()["detail"]


SEES = {
    "office": 2,
    "office-lead": 2,
    "supervisor": 2,
    "leader": 1,
    "secretary": 1,
    "leader2": 1,
    "outsider": 0,
}


@pytest.mark.parametrize("name", SEES)
def test_shows_a_leader_their_own_line_and_the_office_all(county, paired, other, browser, name):
    paired()
    assert len(browser(name).get(f"{API}?month=2023-04").json()["items"]) == SEES[name]
    page = browser(name).get("/liaison/compliance").content.decode()
    assert page.count('<th scope="row">') == SEES[name]


@pytest.mark.parametrize("name", ["firm", "zhujian", "discipline", "admin", "custodian"])
def test_is_closed_to_everyone_else(paired, browser, name):
    paired()
    assert browser(name).get("/liaison/compliance").status_code == 403
    assert browser(name).get(f"{API}?month=2023-04").status_code == 403


def test_says_every_cell_by_shape_and_word(paired, in_touch, browser):
    pairing = paired()
    in_touch(pairing, "2023-02-10")
    in_touch(pairing, "2023-04-10", "on_site")
    page = browser("office").get("/liaison/compliance").content.decode()
    body = page.partition("<tbody>")[2]
    assert body.count('class="heat-met"') == 2 and body.count("未联系") == 2  # January and March
    assert body.count("＋") == 1 and "已现场" in body and "未现场" in body and "未到期" in body
    assert "50% (2/4)" in page and "0% (0/1)" in page and "0/1" in page


def test_goes_back_by_quarters(paired, browser):
    paired()
    page = browser("office").get("/liaison/compliance?until=2023Q1").content.decode()
    assert "until=2022Q4" in page and "until=2023Q2" in page
    assert browser("office").get("/liaison/compliance?until=nonsense").status_code == 200


def test_takes_as_many_queries_for_one_leader_as_for_many(county, paired, browser, leader_post, in_touch):
    in_touch(paired(), "2023-04-10")
    client = browser("office")
    client.get("/liaison/compliance")
    few = queries(client)
    for n in range(5):
        post = Post.objects.create(
            unit=county.units["xianzhengfu"],
            title=f"示例{n}",
            role=Role.COUNTY_LEADER,
            since=date(2021, 1, 1),
        )
        firm = Enterprise.objects.create(
            credit_code=f"91422826B{n:08}X", name=f"示例{n}厂", region_id="422826"
        )
        paired(post=post, enterprise=firm)
    assert queries(client) == few
    with CaptureQueriesContext(
        connection,
    ) as asked:
        compliance_of(Pairing.objects.all(), date(2022, 7, 1), date(2023, 6, 30))
    assert len(asked) == 4


def queries(client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/liaison/compliance").status_code == 200
    return len(asked)
