"""The list of contacts is narrowed by leader, firm, way, days, the firm's word, and what came out; it can be bookmarked."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tisu.liaison import answering
from tisu.liaison.raising import Issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(county, paired, in_touch, second_post):
    """A call that raised an issue, on-site work that the firm confirmed, and a call of another leader with another firm."""
    own, other = paired(), paired(post=second_post, firm=1)
    issue = Issue("园区污水管网未接通", county.units["zhujian"], date(2023, 6, 30))
    call = in_touch(own, "2023-03-08", text="三月通话", issues=[issue])
    on_site = in_touch(own, "2023-04-11", "on_site", text="四月现场办公")
    answering.answer(actor=county.people["firm"], contact=on_site, said="yes")
    second = in_touch(other, "2023-05-09", by="leader2", text="五月通话")
    return {"三月通话": call, "四月现场办公": on_site, "五月通话": second}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"三月通话", "四月现场办公", "五月通话"}),
        ("mode=on_site", {"四月现场办公"}),
        ("answer=yes", {"四月现场办公"}),
        ("answer=none", {"三月通话", "五月通话"}),
        ("raised=true", {"三月通话"}),
        ("raised=false", {"四月现场办公", "五月通话"}),
        ("since=2023-04-11&until=2023-04-11", {"四月现场办公"}),
        ("since=２０２３-０４-１２", {"五月通话"}),
        ("firm=91422826XFTEXT026W", {"五月通话"}),
        ("firm=示例甲", {"三月通话", "四月现场办公"}),
        ("firm=没有这家企业", set()),
    ],
)
def test_keeps_what_fits(three, browser, asked, found):
    page = browser("office").get(f"/liaison?{asked}")
    assert page.status_code == 200
    assert {words for words in three if words in page.content.decode()} == found


def test_is_narrowed_by_leader_for_the_office(three, browser, second_post):
    page = browser("office").get("/liaison", {"leader": second_post.pk}).content.decode()
    assert {words for words in three if words in page} == {"五月通话"}


@pytest.mark.parametrize(
    "asked", ["leader=99999", "leader=x", "mode=shouting", "since=yesterday", "answer=maybe"]
)
def test_says_which_filter_cannot_be_read_and_shows_nothing(three, browser, asked):
    page = browser("office").get(f"/liaison?{asked}")
    assert page.status_code == 422
    assert not any(words in page.content.decode() for words in three)


def test_does_not_offer_a_leader_whose_contacts_are_not_the_readers(three, browser, second_post):
    page = browser("secretary").get("/liaison", {"leader": second_post.pk})
    assert page.status_code == 422
    assert str(second_post) not in browser("secretary").get("/liaison").content.decode()


def test_asks_the_firms_own_people_neither_for_a_leader_nor_for_a_firm(three, browser):
    page = browser("firm").get("/liaison?mode=phone").content.decode()
    assert 'name="leader"' not in page and 'name="firm"' not in page
    assert "五月通话" not in page


def test_a_long_list_costs_as_many_queries_as_a_short_one(paired, in_touch, browser):
    pairing, office, counts = paired(), browser("office"), []
    for days in (range(1, 3), range(3, 21)):
        for day in days:
            in_touch(pairing, f"2023-05-{day:02}")
        office.get("/liaison")
        with CaptureQueriesContext(connection) as seen:
            office.get("/liaison?raised=false")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 16
