"""A receipt opens one report, stands nowhere, and tells nothing to whoever has none."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tisu.foundation.numbering import ALPHABET
from tisu.loop.faults import NotVisible
from tisu.voice import receipts
from tisu.voice.course import look_up
from tisu.voice.models import Receipt

WRONG = [
    "",
    " ",
    "x",
    "0000-0000-0000-0000-0000",
    "ABCD-EFGH-JKMN-PQRS-TVWX",
    "0" * 5_000,
    "中" * 20,
    "' OR 1=1",
]


def test_is_nineteen_random_characters_and_one_computed_from_them():
    code = receipts.new_code()
    assert re.fullmatch(f"[{ALPHABET}]{{20}}", code)
    assert receipts.is_well_formed(code)


def test_is_shown_in_five_groups_of_four(take):
    assert re.fullmatch(f"([{ALPHABET}]{{4}}-){{4}}[{ALPHABET}]{{4}}", take().receipt_code)


def test_notices_any_single_wrong_character():
    code = receipts.new_code()
    for place, right in enumerate(code):
        for wrong in ALPHABET.replace(right, ""):
            assert not receipts.is_well_formed(code[:place] + wrong + code[place + 1 :])


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: f"  {code.replace('-', ' ')}\n",
        lambda code: code.replace("0", "O").replace("1", "l"),
        lambda code: "".join(chr(ord(sign) + 0xFEE0) for sign in code),
    ],
)
def test_is_read_however_it_is_typed(take, typed):
    assert look_up(code=typed(take().receipt_code)).stage == "registered"


def test_stands_in_no_table(take, tables_with):
    code = take().receipt_code
    for form in (code, code.replace("-", "")):
        assert tables_with(form) == set()


@pytest.mark.parametrize("typed", WRONG)
def test_answers_every_string_that_is_none_with_the_same_sentence(take, call, typed):
    take()
    answers = [call("lookup", receipt=typed), call("message", receipt=typed, text="x")]
    answers.append(call("rating", receipt=typed, solved="yes", satisfaction=5))
    known = call("lookup", receipt="0000-0000-0000-0000-0001")
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.content for answer in answers} == {known.content}


def test_does_the_same_work_for_an_ill_formed_one(take):
    take()
    work = []
    for typed in ("x", "0" * 5_000, receipts.new_code()):
        with CaptureQueriesContext(connection) as queries, pytest.raises(NotVisible):
            look_up(code=typed)
        work.append([query["sql"].split()[0] for query in queries])
    assert work[0] == work[1] == work[2]


def test_refuses_what_is_not_even_a_string(county, call):
    assert call("lookup", receipt=5).status_code == 422


class TestOnThePage:
    def hand_in(self) -> str:
        sent = {"text": "路灯不亮", "name": "anonymous", "key": "one"}
        page = Client().post(reverse("voice:line"), sent)
        return re.search(r'name="receipt" value="([^"]+)"', page.content.decode())[1]

    def keep(self, code: str, group: str):
        return Client().post(reverse("voice:receipt"), {"receipt": code, "last_group": group})

    def test_shows_the_receipt_again_when_the_last_group_is_mistyped(self, county):
        code = self.hand_in()
        answer = self.keep(code, "AAAA" if code[-4:] != "AAAA" else "BBBB")
        assert answer.status_code == 422
        assert code[-4:] in answer.content.decode()

    def test_lets_go_once_the_last_group_is_retyped(self, county):
        code = self.hand_in()
        answer = self.keep(code, f" {code[-4:].lower()} ")
        assert answer.status_code == 200
        assert code[-4:] not in answer.content.decode()

    def test_never_says_the_receipt_in_title_or_address(self, county):
        code = self.hand_in()
        page = Client().post(reverse("voice:track"), {"receipt": code})
        html = page.content.decode()
        assert code[:4] not in re.search("<title>(.*?)</title>", html, re.S)[1]
        assert not [link for link in re.findall(r'(?:href|action)="([^"]*)"', html) if code[:4] in link]
        assert page.status_code == 200

    def test_is_not_read_from_an_address(self, county):
        code = self.hand_in()
        page = Client().get(reverse("voice:track"), {"receipt": code}).content.decode()
        assert 'name="receipt"' in page and f'value="{code}"' not in page and 'name="text"' not in page

    @pytest.mark.parametrize("typed", [text for text in WRONG if text.strip() and len(text) < 200])
    def test_asks_again_with_one_sentence(self, county, typed):
        answer = Client().post(reverse("voice:track"), {"receipt": typed})
        assert answer.status_code == 404
        assert str(receipts.NO_SUCH_RECEIPT) in answer.content.decode()


class TestAfterAStaffEntry:
    @pytest.fixture
    def old(self, take, county) -> str:
        return take(taken_by=county.people["office"]).receipt_code

    def test_is_replaced_at_the_first_look(self, old, call):
        assert look_up(code=call("lookup", receipt=old).json()["new_receipt"]).new_receipt is None

    def test_gives_the_same_new_one_until_that_is_used(self, old):
        assert look_up(code=old).new_receipt == look_up(code=old).new_receipt != old

    def test_opens_nothing_any_more_once_the_new_one_is_used(self, old):
        look_up(code=look_up(code=old).new_receipt)
        with pytest.raises(NotVisible):
            look_up(code=old)

    def test_stands_in_no_table_either(self, old, tables_with):
        new = look_up(code=old).new_receipt
        assert tables_with(new.replace("-", "")) == set()
        assert Receipt.objects.get().next_sealed is not None

    def test_stays_as_it_is_for_who_reported_in_person(self, take, call):
        assert "new_receipt" not in call("lookup", receipt=take().receipt_code).json()
