"""From a word on site to the firm's own confirmation: the main line."""

import pytest

from tisu.audit.models import Entry
from tisu.loop.faults import Conflict
from tisu.promises.models import Promise, ReviewRule
from tisu.promises.states import Outcome, State

pytestmark = pytest.mark.django_db


def state_of(promise) -> str:
    return Promise.objects.get(pk=promise.pk).state


def test_goes_all_the_way_round(county, promised, broken_down, finish, answered):
    promise = promised()
    assert promise.state == State.RECORDED
    broken_down(promise, ("接通管网", "2023-08-01", "zhujian"), ("出具验收单", "2023-08-10", "fagai"))
    first, second = (row.matter for row in promise.deliverables.all())
    assert (first.kind, first.stage, first.lead.unit.code) == ("promise", "assigned", "zhujian")
    assert state_of(promise) == State.IN_PROGRESS
    finish(first)
    assert state_of(promise) == State.IN_PROGRESS
    finish(second, "fagai")
    assert state_of(promise) == State.AWAITING_FIRM
    answered(promise, "kept")
    kept = Promise.objects.get(pk=promise.pk)
    assert (kept.state, kept.outcome) == (State.KEPT, Outcome.KEPT)
    codes = [step.code for step in kept.steps.all()]
    assert codes == [
        "give", "ask_review", "review", "pass_review", "break_down", "ask_firm", "answer_kept",
    ]  # fmt: skip
    assert [step.version for step in kept.steps.all()] == list(range(1, 8))
    acts = list(Entry.objects.order_by("pk").values_list("act", flat=True))
    assert acts[0] == "give-promise" and acts[-1] == "answer-promise"


def test_is_not_kept_by_the_units_own_word(promised, broken_down, finish):
    promise = promised()
    broken_down(promise)
    finish(promise.deliverables.get().matter)
    waiting = Promise.objects.get(pk=promise.pk)
    assert waiting.state == State.AWAITING_FIRM and not waiting.counts_as_kept


def test_goes_on_when_a_deliverable_is_reopened(county, promised, broken_down, finish, act):
    promise = promised()
    broken_down(promise)
    matter = promise.deliverables.get().matter
    finish(matter)
    act("supervisor", matter, "reopen", reason="回头看未接通。")
    assert state_of(promise) == State.IN_PROGRESS
    assert promise.steps.latest("version").signed


def test_carries_on_what_was_left_over(county, promised, broken_down, act):
    promise = promised()
    broken_down(promise)
    matter = promise.deliverables.get().matter
    act("zhujian", matter, "accept")
    act("zhujian-head", matter, "submit", result="partly_resolved", summary="一期5月20日接通。")
    act("supervisor", matter, "pass", opinion="二期未接。", method="visit", rest="接通二期")
    assert state_of(promise) == State.IN_PROGRESS
    assert [row.text for row in promise.deliverables.order_by("pk")][1:] == ["接通二期"]


def test_merges_no_deliverable_away(county, promised, broken_down, act, task):
    promise = promised()
    broken_down(promise)
    with pytest.raises(Conflict, match="承诺"):
        act("office", promise.deliverables.get().matter, "merge", parent=task.number)


def test_is_walked_through_by_pages_alone(county, sign_in, leader_post):
    office, colleague = sign_in("office"), sign_in("office2")
    typed = {
        "key": "k1", "text": "六月底前接通园区用电", "enterprise": county.firms[0].credit_code, "maker": leader_post.pk,
        "given_on": "２０２３-05-22", "due_on": "2023-06-30", "benefit": "none", "form": "spoken",
        "unit": county.units["gongdian"].pk, "level": "none", "amount": "",
    }  # fmt: skip
    first = office.post("/promises/new", typed)
    again = office.post("/promises/new", typed)
    assert (first.status_code, again["Location"]) == (302, first["Location"])
    page = first["Location"]
    promise = Promise.objects.get()
    steps = [
        (office, {"act": "ask_review"}),
        (colleague, {"act": "review", "rule": _rule(), "finding": "passes", "opinion": "可行", "level": "none"}),
        (colleague, {"act": "pass_review"}),
        (
            office,
            {
                "act": "break_down", "text": "高压线路接入并送电", "due_on": "2023-06-20",
                "unit": county.units["gongdian"].pk,
            },
        ),
        (office, {"act": "ask_firm"}),
        (sign_in("firm"), {"act": "answer", "answer": "kept"}),
        (office, {"act": "archive"}),
    ]  # fmt: skip
    for browser, data in steps:
        answer = browser.post(page, data)
        assert answer.status_code == 302, (data, answer.content.decode()[:3000])
    promise.refresh_from_db()
    assert (promise.state, promise.outcome) == (State.ARCHIVED, Outcome.KEPT)
    assert "高压线路接入并送电" in sign_in("gongdian").get(page).content.decode()


def _rule() -> int:
    return ReviewRule.objects.get(code="legality").pk
