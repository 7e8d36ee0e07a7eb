"""Everything a firm is part of on one line: each reader finds what they may see, and a thousand things cost as few queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import MONDAY
from tisu.enterprises.benefits import grant_benefit
from tisu.enterprises.models import Benefit, Enterprise, Figure, Visit
from tisu.foundation.rooms import FirmEvent
from tisu.web.lanes import MOST_TRACKS, picture_of

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@pytest.fixture
def firm(county) -> Enterprise:
    Enterprise.objects.filter(pk=county.firms[0].pk).update(started_on=date(2019, 3, 1))
    return Enterprise.objects.get(pk=county.firms[0].pk)


def line(firm, query: str = "") -> str:
    return f"/enterprises/{firm.credit_code}/line{query}"


def test_it_shows_facts_and_policies_together(county, sign_in, firm):
    grant_benefit(
        actor=county.people["office"],
        firm=firm,
        kind="rent",
        title="厂房免租",
        first=date(2023, 1, 1),
        source="示例",
    )
    assert "厂房免租" in sign_in("office").get(line(firm)).content.decode()
    assert "成立" in sign_in("office").get(line(firm, "?year=2019")).content.decode()


def test_of_another_units_visit_it_says_that_one_comes(county, sign_in, firm):
    Visit.objects.create(
        enterprise=firm, unit=county.units["fagai"], kind="visit", purpose="了解投资计划", first=TODAY, last=TODAY,
        entered_by=county.people["fagai"], signed="示例", entered_at=MONDAY,
    )  # fmt: skip
    assert "了解投资计划" not in sign_in("zhujian").get(line(firm)).content.decode()
    assert "了解投资计划" in sign_in("firm").get(line(firm)).content.decode()


def test_a_year_in_which_nothing_began_leads_to_the_newest(sign_in, firm):
    for year in ("1999", "abc", "9" * 300):
        page = sign_in("office").get(line(firm, f"?year={year}"))
        assert page.status_code == 200 and "2019年" in page.content.decode()


def test_a_firm_of_which_nothing_is_known_has_an_empty_line(county, sign_in):
    page = sign_in("office").get(line(county.firms[1])).content.decode()
    assert "还没有可以排上时间线的记录" in page


@pytest.mark.parametrize("name", ["firm2", "outsider", "admin", "nobody"])
def test_it_is_not_there_for_others(sign_in, firm, name):
    assert sign_in(name).get(line(firm)).status_code == 404


def fill(county, firm, count: int) -> None:
    people, units = county.people, county.units
    Benefit.objects.bulk_create(
        Benefit(enterprise=firm, kind="guidance", title=f"示例{n}", first=TODAY - timedelta(days=n), source="示例",
                entered_by=people["office"], signed="示例", entered_at=MONDAY)
        for n in range(count)
    )  # fmt: skip
    Visit.objects.bulk_create(
        Visit(enterprise=firm, unit=units["fagai"], kind="visit", purpose="走访", first=(day := TODAY - timedelta(days=n)),
              last=day, entered_by=people["fagai"], signed="示例", entered_at=MONDAY)
        for n in range(count)
    )  # fmt: skip
    Figure.objects.bulk_create(
        Figure(enterprise=firm, measure="output", status="actual", grain="so_far", first=date(2023, 1, 1),
               last=TODAY - timedelta(days=n), value=n, origin="published", source="示例", said_on=TODAY,
               entered_by=people["office"], signed="示例", entered_at=MONDAY)
        for n in range(min(count, 140))
    )  # fmt: skip


def queries(browser, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("address", ["/enterprises/{}", "/enterprises/{}/line", "/enterprises/{}/figures"])
def test_a_page_of_a_firm_costs_as_many_queries_with_a_thousand_things(county, sign_in, firm, address):
    browser, address = sign_in("office"), address.format(firm.credit_code)
    fill(county, firm, 2)
    before = queries(browser, address)
    Benefit.objects.all().delete(), Visit.objects.all().delete(), Figure.objects.all().delete()
    fill(county, firm, 450)
    assert queries(browser, address) == before


# --- The picture ---


def test_points_of_a_month_are_one_mark():
    rows = [FirmEvent(date(2023, 3, day), "走访") for day in (1, 9, 30)] + [
        FirmEvent(date(2023, 4, 1), "走访")
    ]
    (lane,) = picture_of([("visits", "走访", rows)], TODAY).lanes
    assert [point.count for point in lane.points] == [3, 1]


def test_what_overlaps_lies_on_tracks_of_its_own():
    rows = [FirmEvent(date(2022, month, 1), "事项", last=date(2023, 5, 1)) for month in range(1, 7)]
    (lane,) = picture_of([("matters", "事项", rows)], TODAY).lanes
    assert [each.track for each in lane.stretches][:3] == [0, 1, 2]
    assert lane.tracks == MOST_TRACKS


def test_it_never_shows_more_than_six_years_and_never_leaves_its_frame():
    rows = [FirmEvent(date(1999, 1, 1), "成立"), FirmEvent(date(2022, 1, 1), "政策", last=date(2099, 1, 1))]
    picture = picture_of([("facts", "企业", rows)], TODAY)
    assert list(picture.axis.years) == [2019, 2020, 2021, 2022, 2023, 2024]
    assert all(0 <= each.x <= each.x + each.width <= 1000 for each in picture.lanes[0].stretches)
    assert picture.lanes[0].points == []


def test_a_lane_in_which_nothing_happened_is_left_out():
    assert picture_of([("visits", "走访", [])], TODAY).lanes == []
