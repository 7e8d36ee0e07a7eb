"""The firm says itself whether a promise was kept; nobody says it for the firm, and no other firm does."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cast import afresh
from tisu.enterprises.mandates import end_mandate
from tisu.enterprises.merging import merge_firms
from tisu.enterprises.models import Mandate
from tisu.inbox.models import Message
from tisu.promises import answering
from tisu.promises.models import Promise
from tisu.promises.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(promised, broken_down) -> Promise:
    return broken_down(promised())


def say(browser, promise, answer: str, words: str = "还差二期。"):
    return browser.post(f"/promises/{promise.number}", {"act": "answer", "answer": answer, "words": words})


def test_its_last_word_counts_until_the_promise_is_archived(sign_in, promise):
    firm = sign_in("firm")
    for answer, state in (
        ("not_kept", State.IN_PROGRESS),
        ("partly", State.PARTLY_KEPT),
        ("kept", State.KEPT),
    ):
        assert say(firm, promise, answer).status_code == 302
        promise.refresh_from_db()
        assert (promise.state, promise.outcome) == (state, answer)
    assert say(firm, promise, "partly").status_code == 302
    assert promise.confirmations.count() == 4
    sign_in("office").post(f"/promises/{promise.number}", {"act": "archive"})
    assert say(firm, promise, "kept").status_code == 404
    promise.refresh_from_db()
    assert (promise.state, promise.outcome) == (State.ARCHIVED, "partly")


def test_says_in_words_what_is_missing(sign_in, promise):
    answer = say(sign_in("firm"), promise, "not_kept", "")
    assert answer.status_code == 422 and "还差什么" in answer.content.decode()


def test_its_words_stand_on_the_page_for_everyone_who_sees_it(sign_in, promise):
    say(sign_in("firm"), promise, "partly", "一期接通了，二期没有。")
    for name in ("office", "zhujian", "leader", "firm"):
        assert "一期接通了，二期没有。" in sign_in(name).get(f"/promises/{promise.number}").content.decode()


@pytest.mark.parametrize(
    "name", ["office", "office-lead", "zhujian-head", "leader", "supervisor", "firm2", "admin"]
)
def test_nobody_else_says_it_for_the_firm(county, sign_in, promise, name):
    with pytest.raises(ValidationError, match="只有被承诺的企业"):
        answering.answer_as_firm(actor=county.people[name], promise=promise, answer="kept")
    assert say(sign_in(name), promise, "kept").status_code == 404
    promise.refresh_from_db()
    assert promise.outcome == ""


def test_another_firm_does_not_even_see_it(sign_in, promise):
    assert sign_in("firm2").get(f"/promises/{promise.number}").status_code == 404


def test_whoever_left_the_firm_speaks_for_it_no_more(county, sign_in, promise):
    mandate = Mandate.objects.get(user=county.people["firm"])
    end_mandate(actor=county.people["office"], mandate=mandate, until=date(2023, 5, 22))
    assert say(sign_in("firm"), promise, "kept").status_code == 404


def test_speaks_for_both_rows_of_a_merged_firm(county, sign_in, promise):
    merge_firms(actor=county.people["office"], gone=county.firms[0], kept=county.firms[1], reason="重复登记")
    assert say(sign_in("firm2"), promise, "kept").status_code == 302
    assert afresh(county.people["firm"]) and say(sign_in("firm"), promise, "kept").status_code == 302


def test_is_not_asked_before_the_county_has_reviewed_it(county, promised):
    with pytest.raises(ValidationError, match="现在不能这样办"):
        answering.answer_as_firm(actor=county.people["firm"], promise=promised(), answer="kept")


def test_is_told_that_its_word_is_waited_for(county, promise):
    answering.ask_firm(actor=county.people["office"], promise=promise)
    told = Message.objects.shown_to(county.people["firm"]).get()
    assert (told.rule, told.url) == ("promise-asks-firm/1", f"/promises/{promise.number}")
    assert not Message.objects.filter(recipient=county.people["firm2"]).exists()


def test_what_it_wrote_can_be_emptied_and_its_answer_stays(county, answered, promise):
    answered(promise, "partly", "一期接通了。")
    promise.confirmations.all().erase()
    row = promise.confirmations.get()
    assert (row.answer, row.words) == ("partly", None)


def test_goes_on_after_a_part(county, answered, promise):
    answered(promise, "partly")
    answering.go_on(actor=county.people["office"], promise=promise, reason="继续接二期。")
    promise.refresh_from_db()
    assert (promise.state, promise.outcome) == (State.IN_PROGRESS, "partly")
