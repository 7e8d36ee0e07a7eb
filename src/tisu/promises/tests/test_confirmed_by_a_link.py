"""Without an account a firm answers once, by a code that is good for one answer and for one telephone."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from cast import MONDAY
from tisu.enterprises.merging import merge_firms
from tisu.foundation import clock
from tisu.promises.links import GOOD_FOR, issue_link
from tisu.promises.models import Confirmation, ConfirmationLink, Promise
from tisu.promises.models.confirmation import MOST_TRIES
from tisu.promises.states import State

pytestmark = pytest.mark.django_db
PAGE, END = "/promises/confirm", "6789"
NOTHING = "这个确认码打不开"


@pytest.fixture
def promise(promised, broken_down) -> Promise:
    return broken_down(promised())


@pytest.fixture
def code(county, promise) -> str:
    return issue_link(actor=county.people["office"], promise=promise, number_end=END)


def send(code: str, end: str = END, **answer):
    if answer:
        answer = {"answer_sent": "1", "words": ""} | answer
    return Client().post(PAGE, {"code": code, "number_end": end, **answer})


def test_shows_what_was_promised_and_takes_the_answer(promise, code):
    shown = send(code)
    assert shown.status_code == 200 and promise.text in shown.content.decode()
    assert send(code, answer="kept").status_code == 200
    promise.refresh_from_db()
    assert (promise.state, promise.outcome) == (State.KEPT, "kept")
    said = promise.confirmations.get()
    assert (said.way, said.by) == ("link", None)
    assert promise.steps.latest("version").signed == "企业（链接）"


def test_every_code_that_opens_nothing_gets_one_sentence(county, promise, code):
    used = issue_link(actor=county.people["office"], promise=promise, number_end=END)
    send(used, answer="kept")
    run_out = issue_link(actor=county.people["office"], promise=promise, number_end=END)
    dead = {"replaced": (code, END), "used": (used, END), "sent on": (run_out, "0000"), "never": ("0" * 20, END),
            "nonsense": ("确认码" * 90, END), "no digits": (run_out, "abcd")}  # fmt: skip
    answers = {why: send(*given) for why, given in dead.items()}
    with clock.at(MONDAY + GOOD_FOR + timedelta(minutes=1)):
        answers["run out"] = send(run_out)
    assert {answer.status_code for answer in answers.values()} == {404}
    assert all(NOTHING in answer.content.decode() for answer in answers.values())
    assert not any(promise.text in answer.content.decode() for answer in answers.values())


def test_is_used_once_whatever_the_second_answer_is(promise, code):
    assert send(code, answer="not_kept", words="没有接通").status_code == 200
    assert send(code, answer="kept").status_code == 404
    assert [row.answer for row in Confirmation.objects.all()] == ["not_kept"]


def test_looking_does_not_use_it_up(code):
    assert [send(code).status_code for _time in range(3)] == [200, 200, 200]
    assert send(code, answer="kept").status_code == 200


def test_is_dead_after_five_wrong_ends_of_the_number(code):
    for digits in range(MOST_TRIES):
        assert send(code, f"000{digits}").status_code == 404
    assert send(code).status_code == 404


def test_a_wrong_answer_leaves_it_good(code):
    assert send(code, answer="maybe").status_code == 422
    missing = send(code, answer="partly")
    assert missing.status_code == 422 and "还差什么" in missing.content.decode()
    assert send(code, answer="partly", words="长" * 2001).status_code == 422
    assert send(code, answer="partly", words="二期没接").status_code == 200


@pytest.mark.parametrize(
    "form", ["{code}", "https://example.test/promises/confirm#{bare}", " {lower} ", "{wide}", "{bare}"]
)
def test_is_read_however_it_was_typed(code, form):
    bare = code.replace("-", "")
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in bare)
    assert (
        send(form.format(code=code, bare=bare, lower=code.lower(), wide=wide), "６７８９").status_code == 200
    )


def test_nothing_of_it_is_kept_but_digests(code):
    link = ConfirmationLink.objects.get()
    stored = " ".join(map(str, vars(link).values()))
    assert code not in stored and code.replace("-", "") not in stored and END not in link.number_digest
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM promises_step")
        assert all(code not in (row[0] or "") for row in cursor.fetchall())


def test_stands_in_no_address_and_no_page_before_it_is_sent(code):
    assert NOTHING not in Client().get(PAGE).content.decode()
    ignored = Client().get(f"{PAGE}?code={code}&number_end={END}").content.decode()
    assert f'value="{code}"' not in ignored


def test_is_shown_once_to_the_office(sign_in, promise):
    page = f"/promises/{promise.number}"
    office = sign_in("office")
    shown = office.post(page, {"act": "issue_link", "number_end": "1234"})
    assert shown.status_code == 200 and "/promises/confirm#" in shown.content.decode()
    assert "/promises/confirm#" not in office.get(page).content.decode()


@pytest.mark.parametrize("end", ["123", "12345", "abcd", "", "12 4"])
def test_needs_the_end_of_a_number(county, promise, end):
    with pytest.raises(ValidationError, match="后四位"):
        issue_link(actor=county.people["office"], promise=promise, number_end=end)


@pytest.mark.parametrize("name", ["zhujian-head", "leader", "firm", "supervisor", "outsider"])
def test_is_made_out_by_the_office_alone(county, promise, name):
    """Never by the unit whose promise it is: it would confirm its own word."""
    with pytest.raises(ValidationError, match="营商办"):
        issue_link(actor=county.people[name], promise=promise, number_end=END)


def test_is_not_made_out_before_the_review(county, promised):
    with pytest.raises(ValidationError, match="现在不能这样办"):
        issue_link(actor=county.people["office"], promise=promised(), number_end=END)


def test_goes_on_opening_when_firms_are_merged(county, promise, code):
    merge_firms(actor=county.people["office"], gone=county.firms[0], kept=county.firms[1], reason="重复登记")
    assert send(code, answer="kept").status_code == 200
