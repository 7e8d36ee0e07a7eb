"""From asking to done: what is referred up, decided, delivered, used and confirmed, and what of it may not be."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tisu.foundation.appendonly import LedgerIsAppendOnly
from tisu.loop.faults import Conflict, NotAllowed, NotVisible, Unacceptable
from tisu.support.models import FactorRequest, Step

TCE = 1_000


@pytest.fixture
def quota(asked, take) -> FactorRequest:
    """26.7万吨标煤, asked of the province, in the hands of fagai."""
    return take(asked(amount="26.7万吨标煤", basis="calorific"), "in_progress")


def state_of(request: FactorRequest) -> str:
    return FactorRequest.objects.with_state().get(pk=request.pk).state


def test_goes_from_asked_to_done(asked, take, step):
    quota = asked(amount="26.7万吨标煤", basis="calorific")
    assert state_of(quota) == "asked"
    assert take(quota, "assigned").state == "taken_up"
    assert take(quota, "in_progress").state == "coordinated"
    step("fagai", quota, "referred", level="province", number="咸发改〔2023〕12号")
    assert state_of(quota) == "referred"
    step("fagai", quota, "decided", level="province", number="鄂发改〔2023〕88号", amount=267_000 * TCE)
    assert state_of(quota) == "decided"
    step("fagai", quota, "delivered")
    step("firm", quota, "confirmed")
    assert state_of(quota) == "confirmed"
    assert take(quota, "closed").state == "done"


def test_more_than_was_asked_for_is_not_granted_even_in_parts(quota, step):
    step("fagai", quota, "decided", amount=200_000 * TCE)
    with pytest.raises(Unacceptable) as refused:
        step("fagai", quota, "decided", amount=67_001 * TCE)
    assert "最多6.7万吨标煤" in str(refused.value.sentence)
    step("fagai", quota, "decided", amount=67_000 * TCE)
    quota.refresh_from_db()
    assert quota.granted == quota.asked


def test_more_than_was_granted_is_not_used(quota, step):
    with pytest.raises(Conflict):
        step("fagai", quota, "used", amount=TCE)
    step("fagai", quota, "decided", amount=100 * TCE)
    with pytest.raises(Unacceptable):
        step("fagai", quota, "used", amount=101 * TCE)
    step("fagai", quota, "used", amount=40 * TCE)
    step("fagai", quota, "used", amount=60 * TCE)
    quota.refresh_from_db()
    assert quota.used == 60 * TCE


@pytest.mark.parametrize(
    "wrong", [{"granted": 267_000_001}, {"granted": 5, "used": 6}, {"granted": -1}, {"asked": 0}]
)
def test_database_refuses_what_cannot_be(quota, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorRequest.objects.filter(pk=quota.pk).update(**wrong)


def test_nothing_is_delivered_before_it_is_decided_nor_confirmed_before_it_is_delivered(quota, step):
    with pytest.raises(Conflict):
        step("fagai", quota, "delivered")
    step("fagai", quota, "decided", amount=TCE)
    with pytest.raises(Conflict):
        step("firm", quota, "confirmed")


def test_only_the_firm_confirms_and_only_its_own(quota, step):
    step("fagai", quota, "decided", amount=TCE)
    step("fagai", quota, "delivered")
    for other in ("fagai", "office"):
        with pytest.raises(NotAllowed):
            step(other, quota, "confirmed")
    with pytest.raises(NotVisible):
        step("firm2", quota, "confirmed")
    assert step("firm", quota, "confirmed").signed == "示例甲有限公司"


@pytest.mark.parametrize(
    ("name", "fault"), [("zhujian", NotVisible), ("leader", NotAllowed), ("firm", NotAllowed)]
)
def test_steps_are_entered_by_who_handles_it(quota, step, name, fault):
    with pytest.raises(fault):
        step(name, quota, "decided", amount=TCE)


def test_what_cannot_be_met_is_explained_with_an_alternative(quota, step, act):
    not_supported = {"result": "not_supported", "summary": "省里本年度指标已用完，已书面说明。"}
    with pytest.raises(Unacceptable) as refused:
        act("fagai-head", quota.matter, "submit", **not_supported)
    assert "无法满足" in str(refused.value.sentence)
    for said in ({"text": "指标已用完"}, {"alternative": "购买绿电"}, {}):
        with pytest.raises(Unacceptable):
            step("fagai", quota, "unmet", **said)
    step("fagai", quota, "unmet", text="省里本年度指标已用完。", alternative="用绿电抵扣，明年一季度再报。")
    assert state_of(quota) == "unmet"
    with pytest.raises(Unacceptable):
        act("fagai-head", quota.matter, "submit", result="resolved", summary="已经办好，企业满意。")
    act("fagai-head", quota.matter, "submit", **not_supported)


def test_nothing_is_called_solved_before_it_was_decided(quota, step, act):
    solved = {"result": "resolved", "summary": "能耗指标已批复，文号已转企业。"}
    with pytest.raises(Unacceptable):
        act("fagai-head", quota.matter, "submit", **solved)
    step("fagai", quota, "decided", amount=267_000 * TCE)
    with pytest.raises(Unacceptable):
        act("fagai-head", quota.matter, "submit", **(solved | {"result": "partly_resolved"}))
    act("fagai-head", quota.matter, "submit", **solved)


def test_rest_of_what_was_granted_in_part_is_a_request_of_its_own(quota, step, act):
    step("fagai", quota, "decided", amount=200_000 * TCE)
    partly = {"result": "partly_resolved", "summary": "先批20万吨标煤，其余待省里下一批。"}
    matter = act("fagai-head", quota.matter, "submit", **partly)
    act("supervisor", matter, "pass", opinion="已核实批复文件。", method="documents")
    rest = FactorRequest.objects.get(matter__parent=quota.matter_id)
    assert (rest.asked, rest.level, rest.basis) == (67_000 * TCE, "province", "calorific")
    assert rest.matter.enterprise == quota.matter.enterprise


def test_stale_page_enters_nothing(quota, step):
    step("fagai", quota, "decided", version=1, amount=TCE)
    with pytest.raises(Conflict):
        step("fagai", quota, "decided", version=1, amount=TCE)
    assert quota.steps.count() == 1


def test_day_of_a_step_has_come(quota, step):
    with pytest.raises(Unacceptable):
        step("fagai", quota, "referred", level="province", on=date(2023, 5, 23))


def test_last_step_is_taken_back_and_both_stay_to_be_read(quota, step, sign_in):
    step("fagai", quota, "decided", amount=100 * TCE)
    step("fagai", quota, "decided", amount=900 * TCE)
    page = f"/support/requests/{quota.matter.number}/steps/taken_back"
    browser = sign_in("fagai")
    assert browser.post(page, {"version": 3, "text": ""}).status_code == 422
    assert browser.post(page, {"version": 3, "text": "多写了一位。"}).status_code == 302
    quota.refresh_from_db()
    assert quota.granted == 100 * TCE
    assert [row.kind for row in quota.steps.all()] == ["decided", "decided", "taken_back"]
    with pytest.raises(LedgerIsAppendOnly):
        Step.objects.update(amount=1)


def test_refused_step_keeps_what_was_typed(quota, sign_in):
    page = f"/support/requests/{quota.matter.number}/steps/decided"
    sent = {
        "version": 1,
        "on": "2023-05-22",
        "level": "province",
        "number": "鄂发改〔2023〕88号",
        "amount": "30万吨标煤",
    }
    answer = sign_in("fagai").post(page, sent)
    assert answer.status_code == 422
    assert "超过了申请而尚未批复的数量" in answer.content.decode()
    assert "鄂发改〔2023〕88号" in answer.content.decode()
    answer = sign_in("fagai").post(page, sent | {"amount": "26.7千瓦"})
    assert "是用电容量的单位" in answer.content.decode()


def test_firm_confirms_with_one_tap(quota, step, sign_in):
    step("fagai", quota, "decided", amount=267_000 * TCE)
    step("fagai", quota, "delivered")
    browser = sign_in("firm")
    page = browser.get(f"/matters/{quota.matter.number}").content.decode()
    assert "act-at-once" in page
    assert "26.7万吨标煤" in page
    answer = browser.post(f"/support/requests/{quota.matter.number}/steps/confirmed", {"version": 3})
    assert answer.status_code == 302
    assert state_of(quota) == "confirmed"


def test_matter_page_shows_amounts_way_and_steps(quota, step, sign_in):
    step("fagai", quota, "decided", level="province", number="鄂发改〔2023〕88号", amount=200_000 * TCE)
    page = sign_in("fagai").get(f"/matters/{quota.matter.number}").content.decode()
    for words in ("26.7万吨标煤", "20万吨标煤", "鄂发改〔2023〕88号", "当量值"):
        assert words in page
    assert 'width="749"' in page
