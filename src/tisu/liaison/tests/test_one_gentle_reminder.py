"""A week before the month ends, once, to whoever holds the post and the secretary: nothing else is ever sent."""

from datetime import date, datetime

import pytest

from cast import SHANGHAI
from tisu.accounts.models import PostHolding
from tisu.foundation import clock
from tisu.inbox.models import Message
from tisu.liaison.telling import remind_one, to_remind

pytestmark = pytest.mark.django_db


def run(*days: int) -> list[str]:
    """Who was told on these days of May."""
    for day in days:
        with clock.at(datetime(2023, 5, day, 9, 30, tzinfo=SHANGHAI)):
            while remind_one():
                pass
    return sorted(
        Message.objects.filter(rule="liaison-month/1").values_list("recipient__username", flat=True)
    )


def test_is_sent_once_in_the_last_week(paired):
    paired()
    assert run(22, 23) == []
    assert run(24) == ["leader", "secretary"]
    assert run(25, 31) == ["leader", "secretary"]


def test_is_not_sent_to_whoever_was_in_touch(paired, in_touch):
    in_touch(paired(), "2023-05-08")
    assert run(24, 31) == []


def test_is_not_sent_where_nothing_is_owed(leader_post, paired):
    paired()
    PostHolding.objects.filter(post=leader_post).update(since=date(2023, 5, 21))
    assert run(24) == []


def test_is_not_sent_to_an_empty_post(leader_post, paired):
    paired()
    PostHolding.objects.filter(post=leader_post).update(until=date(2023, 5, 2))
    assert run(24) == []


def test_waits_for_its_time(paired):
    paired()
    assert to_remind() == []


def test_stands_on_the_leaders_page_with_one_button(paired, in_touch, browser):
    pairing = paired()
    page = browser("leader").get("/leader").content.decode()
    assert str(pairing.firm) in page and 'href="/liaison/new"' in page and "还没有联系过" in page
    in_touch(pairing, "2023-05-08")
    assert "还没有联系过" not in browser("secretary").get("/leader").content.decode()
    assert 'href="/liaison/new"' not in browser("supervisor").get("/leader").content.decode()
