"""The reporter says whether it is solved and how it went: voluntarily, once, and may change it once."""

import pytest
from django.test import Client
from django.urls import reverse

from tisu.loop.faults import Conflict, NotAllowed, Unacceptable
from tisu.loop.models import Rating
from tisu.voice.course import look_up, rate


@pytest.fixture
def closed(take, handle):
    taken = take()
    handle(taken.report)
    return taken


def given() -> list[tuple[str, int]]:
    return [(row.solved, row.satisfaction) for row in Rating.objects.all()]


def test_may_be_rated_only_once_it_is_closed(take, handle):
    taken = take()
    assert not look_up(code=taken.receipt_code).may_rate
    with pytest.raises(Conflict):
        rate(code=taken.receipt_code, solved="yes", satisfaction=5)
    handle(taken.report)
    assert look_up(code=taken.receipt_code).may_rate


def test_keeps_solved_and_satisfaction_apart(closed):
    rate(code=closed.receipt_code, solved="no", satisfaction=5, text="答复诚恳。")
    assert given() == [("no", 5)]


def test_may_be_changed_once_and_then_stands(closed):
    rate(code=closed.receipt_code, solved="yes", satisfaction=5)
    assert not rate(code=closed.receipt_code, solved="partly", satisfaction=2).may_rate
    with pytest.raises(Conflict):
        rate(code=closed.receipt_code, solved="no", satisfaction=1)
    assert given() == [("yes", 5), ("partly", 2)]


def test_counts_the_same_rating_sent_twice_as_one(closed):
    for _time in range(2):
        assert rate(code=closed.receipt_code, solved="yes", satisfaction=5).may_rate
    assert given() == [("yes", 5)]


@pytest.mark.parametrize(
    ("solved", "satisfaction"), [("maybe", 3), ("yes", 0), ("yes", 6), ("", 3), ("yes", None)]
)
@pytest.mark.parametrize("rated_before", [False, True])
def test_refuses_what_is_no_rating(closed, solved, satisfaction, rated_before):
    if rated_before:
        rate(code=closed.receipt_code, solved="yes", satisfaction=5)
    with pytest.raises(Unacceptable):
        rate(code=closed.receipt_code, solved=solved, satisfaction=satisfaction)


@pytest.mark.parametrize(
    ("name", "action", "data"),
    [
        ("office", "refuse_acceptance", {"reason": "已起诉。"}),
        ("office", "hand_over", {"to": "县信访局", "reason": "属信访事项。"}),
    ],
)
def test_has_nothing_to_rate_where_nothing_was_handled(take, act, name, action, data):
    taken = take()
    act(name, taken.report.matter, action, **data)
    assert not look_up(code=taken.receipt_code).may_rate
    with pytest.raises(Conflict):
        rate(code=taken.receipt_code, solved="no", satisfaction=1)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"solved": "yes", "satisfaction": 4}, 200),
        ({"solved": "yes", "satisfaction": 9}, 422),
        ({"solved": "yes", "satisfaction": "4"}, 422),
        ({"solved": True, "satisfaction": 4}, 422),
        ({"solved": "yes"}, 422),
    ],
)
def test_takes_a_rating_over_http(closed, call, body, status):
    assert call("rating", receipt=closed.receipt_code, **body).status_code == status


def test_takes_a_rating_on_the_page(closed):
    sent = {"receipt": closed.receipt_code, "solved": "partly", "satisfaction": "3"}
    assert Client().post(reverse("voice:rating"), sent).status_code == 200
    assert given() == [("partly", 3)]


def test_does_not_let_the_office_rate_for_the_reporter(closed, act):
    with pytest.raises(NotAllowed):
        act("office", closed.report.matter, "rate", solved="yes", satisfaction=5)
