"""What is not kept ends by a lawful procedure with compensation, or with the reason, and goes on counting as not kept."""

import pytest
from django.core.exceptions import ValidationError

from cast import MONDAY
from tisu.loop.models import Matter
from tisu.promises import endings
from tisu.promises.models import Promise
from tisu.promises.rates import rate_of
from tisu.promises.states import State

pytestmark = pytest.mark.django_db
FULL = {
    "reason": "改道防洪。",
    "procedure": "县政府常务会议纪要2号",
    "compensation": "另行安排场地并补偿装修费",
}


@pytest.fixture
def promise(promised, broken_down) -> Promise:
    return broken_down(
        promised("四月底前修好路。", given_on="2023-03-01", due_on="2023-04-30"),
        ("修好路", "2023-04-28", "zhujian"),
    )


@pytest.mark.parametrize("left_out", ["reason", "procedure", "compensation"])
def test_is_not_changed_without_procedure_and_compensation(county, promise, left_out):
    with pytest.raises(ValidationError) as refused:
        endings.change(actor=county.people["office-lead"], promise=promise, **FULL | {left_out: " "})
    assert list(refused.value.error_dict) == [left_out]


@pytest.mark.parametrize("name", ["office", "leader", "zhujian-head", "supervisor", "firm"])
def test_is_ended_by_the_head_of_the_office_alone(county, promise, name):
    with pytest.raises(ValidationError, match="营商办负责人"):
        endings.change(actor=county.people[name], promise=promise, **FULL)
    with pytest.raises(ValidationError, match="营商办负责人"):
        endings.give_up(actor=county.people[name], promise=promise, reason="办不了。")


def test_goes_on_counting_as_not_kept(county, promise):
    before = rate_of(Promise.objects.all(), MONDAY.date())
    endings.change(actor=county.people["office-lead"], promise=promise, **FULL, amount=100_000)
    after = rate_of(Promise.objects.all(), MONDAY.date())
    assert (before.fraction, after.fraction, after.owed) == ("0/1", "0/1", 0)
    promise.refresh_from_db()
    assert (promise.state, promise.ending.amount) == (State.CHANGED, 100_000)


def test_a_county_leader_decides_on_its_open_matters(county, promise, act):
    endings.give_up(actor=county.people["office-lead"], promise=promise, reason="指标未下达。")
    matter = Matter.objects.get(deliverable__promise=promise)
    request = matter.requests.get()
    assert (matter.stage, request.kind) == ("assigned", "cancellation")
    act("leader", matter, "grant", request=request.number, opinion="同意。")
    assert Matter.objects.get(pk=matter.pk).stage == "cancelled"


def test_the_firm_reads_why(sign_in, county, promise):
    endings.give_up(actor=county.people["office-lead"], promise=promise, reason="上级指标未下达。")
    assert "上级指标未下达。" in sign_in("firm").get(f"/promises/{promise.number}").content.decode()


def test_what_takes_its_place_is_a_promise_of_its_own(county, promise, promised, sign_in):
    endings.change(actor=county.people["office-lead"], promise=promise, **FULL)
    other = promised("十月底前修好新路。", due_on="2023-10-31", replaces=promise)
    assert promise.number in sign_in("office").get(f"/promises/{other.number}").content.decode()


def test_is_not_ended_twice(county, promise):
    endings.give_up(actor=county.people["office-lead"], promise=promise, reason="指标未下达。")
    with pytest.raises(ValidationError, match="现在不能这样办"):
        endings.change(actor=county.people["office-lead"], promise=promise, **FULL)


def test_a_promise_that_was_never_reviewed_is_not_put_away(county, promised):
    with pytest.raises(ValidationError, match="尚未审查"):
        endings.archive(actor=county.people["office"], promise=promised())


def test_is_ended_from_its_page(sign_in, promise):
    page = f"/promises/{promise.number}"
    assert sign_in("office").post(page, {"act": "change", **FULL}).status_code == 404
    head = sign_in("office-lead")
    assert head.post(page, {"act": "change", **FULL, "amount": "很多"}).status_code == 422
    assert head.post(page, {"act": "change", **FULL, "amount": "３０万元"}).status_code == 302
    promise.refresh_from_db()
    assert promise.ending.amount == 300_000
