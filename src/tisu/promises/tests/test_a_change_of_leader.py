"""New leaders keep old promises: a change of holder changes nothing, and the promise goes along with the post."""

from datetime import date

import pytest

from cast import afresh
from tisu.accounts.hand_overs import lines_in, lists_for
from tisu.accounts.models import HandOver, PostHolding
from tisu.accounts.services import end_holding, hold_post
from tisu.promises.models import Promise
from tisu.promises.rates import rate_of

pytestmark = pytest.mark.django_db
TODAY = date(2023, 5, 22)


@pytest.fixture
def successor(county, leader_post):
    """The leader's time ends today; `nobody` holds the post from today on."""

    def _successor():
        holding = PostHolding.objects.get(user=county.people["leader"])
        end_holding(actor=county.people["admin"], holding=holding, until=TODAY)
        hold_post(actor=county.people["admin"], post=leader_post, user=county.people["nobody"], since=TODAY)
        return HandOver.objects.get(holding=holding)

    return _successor


def test_changes_nothing_of_the_promise(county, promised, broken_down, answered, successor):
    owed = broken_down(
        promised(given_on="2023-03-01", due_on="2023-05-20"), ("接通", "2023-05-20", "zhujian")
    )
    answered(
        broken_down(
            promised("送电。", given_on="2023-03-01", due_on="2023-05-20"), ("送电", "2023-05-20", "zhujian")
        ),
        "kept",
    )
    before = list(Promise.objects.order_by("pk").values()), rate_of(Promise.objects.all(), TODAY)
    successor()
    assert (list(Promise.objects.order_by("pk").values()), rate_of(Promise.objects.all(), TODAY)) == before
    assert owed.holders_then() == [county.people["leader"]]


def test_the_successor_sees_what_the_post_promised(county, sign_in, promised, successor):
    promise = promised()
    assert sign_in("nobody").get(f"/promises/{promise.number}").status_code == 404
    successor()
    assert sign_in("nobody").get(f"/promises/{promise.number}").status_code == 200
    assert sign_in("leader").get(f"/promises/{promise.number}").status_code == 404


def test_stands_in_the_list_that_both_sign(county, promised, successor, answered, broken_down):
    owed = promised("接通园区污水管网。")
    answered(broken_down(promised("已经送电。")), "kept")
    row = successor()
    texts = [line.text for line in lines_in(lists_for(afresh(county.people["nobody"]), row))]
    assert owed.head in texts and "已经送电。" not in texts


def test_goes_with_the_unit_that_answers_for_it(county, promised):
    owed = promised("接通园区污水管网。")
    holding = PostHolding.objects.get(user=county.people["zhujian"])
    end_holding(actor=county.people["admin"], holding=holding, until=TODAY)
    row = HandOver.objects.get(holding=holding)
    assert owed.head in [line.text for line in lines_in(lists_for(afresh(county.people["zhujian"]), row))]
