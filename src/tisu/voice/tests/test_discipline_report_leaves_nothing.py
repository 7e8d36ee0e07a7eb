"""A discipline report is not kept here: not when it says so itself, not once the screening finds it is one."""

import pytest
from django.test import Client
from django.urls import reverse

from tisu.loop.faults import Conflict
from tisu.loop.models import Matter
from tisu.voice.course import add_message, look_up
from tisu.voice.models import Identity, Report, StoredAnswer

WORDS = {"text": "收受购物卡", "title": "违纪线索标题", "topic": "线索主题词"}
SAID_LATER = "补充一条线索"


@pytest.fixture
def screened(take, act):
    """A named report over HTTP with everything it can have, then screened as B."""
    body = {**WORDS, "anonymous": False, "contact": "示例联系方式", "accused_unit": "zhujian"}
    answer = Client().post(
        "/api/v1/reports", body, content_type="application/json", HTTP_IDEMPOTENCY_KEY="key-one"
    )
    receipt = answer.json()["receipt"]
    add_message(code=receipt, text=SAID_LATER)
    act("office", Report.objects.get().matter, "screen", kind="B", facts=WORDS["text"], reason=WORDS["title"])
    return receipt


@pytest.mark.parametrize("word", [*WORDS.values(), SAID_LATER])
def test_leaves_no_word_in_any_table(take, county, tables_with, screened, word):
    assert tables_with(word) == set()


def test_leaves_number_time_and_officer(screened, county):
    matter = Matter.objects.get()
    assert matter.number and matter.registered_at
    assert matter.events.get(action="screen").actor == county.people["office"]


def test_leaves_no_identity_and_no_stored_answer(screened):
    assert not Identity.objects.exists()
    assert not StoredAnswer.objects.exists()


def test_forgets_which_firm_signed_it(take, act, county):
    report = take(anonymous=False, user=county.people["firm"]).report
    act("office", report.matter, "screen", kind="B")
    report.refresh_from_db()
    assert (report.matter.requester, report.enterprise) == (None, None)
    assert not report.matter.events.filter(actor=county.people["firm"]).exists()


def test_keeps_the_receipt_alive_and_tells_where_it_went(screened, act):
    act("office", Matter.objects.get(), "hand_over", to="jiwei", reason="已转县纪委监委信访室。")
    told = look_up(code=screened)
    assert told.stage == "closed" and not told.may_rate
    assert "已转县纪委监委信访室" in told.messages[-1]["text"]


def test_cannot_be_screened_another_way_afterwards(screened, act):
    with pytest.raises(Conflict):
        act("office", Matter.objects.get(), "screen", kind="A")


def test_still_stands_behind_its_wall(screened, county):
    assert not Matter.objects.visible_to(county.people["zhujian-head"]).exists()


def test_draws_its_matter_page_without_content(screened, sign_in):
    page = sign_in("office").get(reverse("loop:matter", args=[Matter.objects.get().number]))
    assert page.status_code == 200


def test_is_not_even_taken_when_it_says_so_itself(county, tables_with):
    answer = Client().post(
        "/api/v1/reports",
        {**WORDS, "anonymous": True, "discipline": True},
        content_type="application/json",
        HTTP_IDEMPOTENCY_KEY="key-two",
    )
    assert answer.status_code == 422
    assert not any(tables_with(word) for word in WORDS.values())
    assert not StoredAnswer.objects.exists()


def test_parts_company_on_the_first_page(county):
    assert reverse("voice:discipline") in Client().get("/").content.decode()
    page = Client().get(reverse("voice:discipline")).content.decode()
    assert "12388" in page and "<textarea" not in page
