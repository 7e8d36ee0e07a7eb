"""How much of what was asked was granted, how long it took, and the list as a sheet and over HTTP."""

from datetime import date
from types import SimpleNamespace

import pytest

from tisu.support.figures import lines_of
from tisu.support.firms import FIRM_LANES
from tisu.support.models import FactorRequest
from tisu.support.room import ROOM

TCE = 1_000


@pytest.fixture
def three(asked, take, step):
    """One granted whole, one in part, one that waits: 200 of 400 tce asked are decided on, and 150 granted."""
    whole, part, waits = (
        asked(amount=amount, basis="calorific") for amount in ("100吨标煤", "100吨标煤", "200吨标煤")
    )
    for request, granted in ((whole, 100), (part, 50)):
        take(request, "in_progress")
        step("fagai", request, "decided", amount=granted * TCE)
    take(waits, "in_progress")
    return whole, part, waits


def test_share_is_of_what_was_decided(three):
    (line,) = lines_of(FactorRequest.objects.all())
    assert (line.requests, line.decided, line.asked, line.granted) == (3, 2, 200 * TCE, 150 * TCE)
    assert line.share == 0.75


def test_working_days_run_from_asking_to_closing(three, take, on):
    with on("2023-05-29"):
        take(three[0], "closed")
    (line,) = lines_of(FactorRequest.objects.all())
    assert line.days == [5]


def test_page_shows_both_numbers_of_each_rate(three, sign_in):
    page = sign_in("office").get("/support/figures").content.decode()
    assert "150吨标煤 / 200吨标煤" in page
    assert "75%" in page


def test_each_counts_what_they_see(three, sign_in):
    assert sign_in("outsider").get("/support/figures").context["table"].rows == []


def test_where_nothing_is_counted_requests_are(asked, take, step):
    met, unmet = asked(factor="guidance", text="油菜。"), asked(factor="guidance", text="茶园。")
    for request in (met, unmet):
        take(request, "in_progress")
    step("fagai", unmet, "unmet", text="没有对口专家。", alternative="六月请州里的专家来。")
    take(met, "closed")
    (line,) = lines_of(FactorRequest.objects.all())
    assert (line.met, line.decided, line.share) == (1, 2, 0.5)


def test_list_over_http_is_the_list_of_the_page(three, sign_in):
    browser = sign_in("fagai")
    items = browser.get("/api/v1/support/requests?state=decided").json()["items"]
    assert [item["granted"]["said"] for item in items] == ["50吨标煤", "100吨标煤"]
    assert items[0]["asked"] == {"parts": 100_000, "one": 1_000, "said": "100吨标煤"}
    assert browser.get("/api/v1/support/requests?factor=gold").status_code == 422
    assert sign_in("firm2").get("/api/v1/support/requests").json()["items"] == []


def test_list_is_taken_along_with_its_filters(three, sign_in):
    answer = sign_in("office").post("/exports/factor-requests?state=decided", {"format": "csv"}, follow=True)
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert "50吨标煤" in text.decode("utf-8-sig")
    assert "200吨标煤" not in text.decode("utf-8-sig")


def test_tile_equals_its_list(three, county, sign_in):
    tile = ROOM.tiles[0]
    office = county.people["office"]
    assert tile.items(office).count() == 3
    assert len(sign_in("office").get(tile.href(office)).context["table"].rows) == 3


def test_firm_reads_its_requests_on_its_own_page(three, sign_in, county):
    firm = county.firms[0]
    page = sign_in("office").get(f"/enterprises/{firm.credit_code}").content.decode()
    assert "50吨标煤 / 100吨标煤" in page
    events = list(FIRM_LANES[0].events(SimpleNamespace(user=county.people["firm"]), firm))
    assert [event.day for event in events] == [date(2023, 5, 22)] * 3
