"""A discipline report is not kept here: not when it says so itself, not once the screening finds it is one."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tisu.foundation import clock
from tisu.foundation.models import SearchEntry
from tisu.foundation.textnorm import search_form
from tisu.inbox.models import Message as Letter
from tisu.loop.actor import reporter
from tisu.loop.faults import Conflict
from tisu.loop.models import Assignment, Matter, Rating
from tisu.loop.perform import perform
from tisu.voice.course import add_message, look_up
from tisu.voice.models import Identity, Message, Report, StoredAnswer
from tisu.voice.services import answer_as_requester, reply

WORDS = {"text": "收受购物卡", "title": "违纪线索标题", "topic": "线索主题词"}
SAID_LATER = "补充一条线索"
BODY = {**WORDS, "anonymous": False, "contact": "示例联系方式", "accused_unit": "zhujian"}


def hand_in():
    return Client().post(
        "/api/v1/reports", BODY, content_type="application/json", HTTP_IDEMPOTENCY_KEY="key-one"
    )


@pytest.fixture
def screened(take, act):
    """A named report over HTTP with everything it can have, then screened as B."""
    receipt = hand_in().json()["receipt"]
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


def test_leaves_no_identity(screened):
    assert not Identity.objects.exists()


def test_is_not_taken_in_again_by_a_retry_of_the_same_request(screened, tables_with):
    again = hand_in()
    assert (again.status_code, again.json()["receipt"]) == (201, screened)
    assert Report.objects.count() == 1
    assert not any(tables_with(word) for word in WORDS.values())


def test_forgets_which_firm_signed_it(take, act, county):
    report = take(anonymous=False, user=county.people["firm"]).report
    act("office", report.matter, "screen", kind="B")
    report.refresh_from_db()
    assert (report.matter.requester, report.enterprise) == (None, None)
    assert not report.matter.events.filter(actor=county.people["firm"]).exists()


def test_keeps_the_receipt_alive_and_tells_where_it_went(screened, act):
    act("office", Matter.objects.get(), "hand_over", to="jiwei", reason="属纪检监察机关管辖。")
    told = look_up(code=screened)
    assert told.stage == "closed" and not told.may_rate
    assert "中共咸丰县纪委监委" in told.messages[-1]["text"]


def test_keeps_no_reason_that_was_typed_at_the_hand_over(screened, act, tables_with):
    act("office", Matter.objects.get(), "hand_over", to="jiwei", reason=f"反映某某{WORDS['text']}。")
    assert tables_with(WORDS["text"]) == set()
    handed = Matter.objects.get().events.get(action="hand_over").content.body
    assert handed == {"to": "jiwei", "to_name": "中共咸丰县纪委监委"}


@pytest.mark.parametrize(
    ("name", "action", "data"),
    [
        ("office", "screen", {"kind": "A"}),
        ("office", "assign", {"lead_unit": "fagai", "requirement": WORDS["text"]}),
        ("office", "split", {"texts": [WORDS["text"], "另一件"]}),
        ("office", "refuse_acceptance", {"reason": WORDS["text"]}),
        ("office", "urge", {"text": WORDS["text"]}),
        ("supervisor", "urge", {"text": WORDS["text"]}),
    ],
)
def test_can_only_be_handed_over(screened, act, tables_with, name, action, data):
    with pytest.raises(Conflict, match="移交"):
        act(name, Matter.objects.get(), action, **data)
    assert tables_with(WORDS["text"]) == set()


def test_takes_no_line_from_the_office(screened, county, sign_in):
    with pytest.raises(Conflict):
        reply(user=county.people["office"], report=Report.objects.get(), text=WORDS["text"])
    say = reverse("voice:say", args=[Matter.objects.get().number])
    sign_in("office").post(say, {"text": WORDS["text"]})
    assert not Message.objects.exists()


def test_takes_no_line_from_who_reported_one_part_of_it_signed_in(take, act, county):
    """The whole lost its reporter with the part; the other part's reporter still writes to the office."""
    whole = take(anonymous=False, user=county.people["firm"]).report
    act("office", whole.matter, "split", texts=[WORDS["text"], "另一件"])
    for part in whole.parts.all():
        answer_as_requester(user=county.people["firm"], report=part, text="补充：")
        act("office", part.matter, "screen", kind="B")
    whole.refresh_from_db()
    assert whole.is_discipline and not Message.objects.exists()


def test_counts_as_one_when_all_it_was_split_into_at_last_is(take, act):
    taken = take(text="甲；乙；丙")
    act("office", taken.report.matter, "split", texts=["甲", "乙；丙"])
    first, second = taken.report.parts.order_by("pk")
    act("office", second.matter, "split", texts=["乙", "丙"])
    act("office", first.matter, "screen", kind="B")
    assert add_message(code=taken.receipt_code, text="补充").messages
    for part in second.split_into():
        act("office", part.matter, "screen", kind="B")
    with pytest.raises(Conflict):
        add_message(code=taken.receipt_code, text="补充线索")


def test_offers_no_line_to_write_and_no_identity_to_open(screened, sign_in):
    number = Matter.objects.get().number
    page = sign_in("office").get(reverse("loop:matter", args=[number]), {"tab": "dialogue"}).content.decode()
    assert not re.search(rf"/reports/{number}/(say|identity)", page)


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


# --- After it has been handled for a while ---------------------------------------------------------------

# In Latin letters, so that the full-text table keeps it as one token: whole, but for letters shared with another.
WORD = "zqxvwkitgeld"
TOLD = f"收受{WORD}购物卡"


@pytest.fixture
def screen(act):
    def _screen(matter: Matter) -> None:
        act("office", matter, "screen", kind="B")

    return _screen


def test_leaves_no_word_in_what_people_were_told_meanwhile(take, screen, work, tables_with, monday):
    matter = take(text=TOLD, title=TOLD).report.matter
    for day in range(20):
        with clock.at(monday + timedelta(days=day)):
            work()
    assert "inbox_message" in tables_with(WORD)
    screen(matter)
    assert tables_with(WORD) == set()
    assert Letter.objects.exclude(subject="").exists()  # that they were told, and of what sort it was, stays


def test_leaves_no_word_after_it_was_assigned_and_returned(take, act, screen, work, tables_with):
    matter = take(text=TOLD, title=TOLD).report.matter
    act("office", matter, "assign", lead_unit="zhujian", requirement=TOLD)
    act("zhujian", matter, "accept", handler=WORD)
    act("zhujian", matter, "request_transfer", unit="fagai", reason=TOLD)
    act("office", matter, "grant", request=1, opinion=TOLD)
    act("fagai", matter, "return", reason=TOLD)
    work()
    assert {"loop_assignment", "loop_request"} <= tables_with(WORD)
    screen(matter)
    assert tables_with(WORD) == set()
    assert Assignment.objects.filter(unit__code="fagai", state="returned").exists()


def test_leaves_no_word_of_who_handled_it_what_was_asked_for_and_how_it_was_rated(
    take, act, handle, screen, work, tables_with
):
    """The long way round: closed, rated, taken up again, paused, to another unit, back, and only then screened."""
    report = take(text=TOLD, title=TOLD).report
    matter = report.matter
    handle(report)
    rated = {"solved": "no", "satisfaction": 1, "text": TOLD}
    perform(matter.pk, "rate", actor=reporter(matter.pk), data=rated, expected_version=None)
    act("office", matter, "reopen", reason=TOLD)
    act("fagai-head", matter, "request_suspension", reason=TOLD, until="2023-05-26")
    act("supervisor", matter, "grant", request=matter.requests.latest("number").number, opinion=TOLD)
    act("office", matter, "resume")
    act("fagai-head", matter, "request_transfer", unit="zhujian", reason=TOLD)
    act("office", matter, "grant", request=matter.requests.latest("number").number, opinion=TOLD)
    act("zhujian", matter, "return", reason=TOLD)
    work()
    assert {"loop_rating", "loop_pause"} <= tables_with(WORD)
    screen(matter)
    assert tables_with(WORD) == set()
    rating = Rating.objects.get()
    assert (rating.solved, rating.satisfaction, rating.text) == ("no", 1, None)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite keeps tokens in tables of its own")
def test_leaves_no_token_in_the_full_text_table(take, screen, tables_with):
    take(text="路灯不亮")
    matter = take(text=TOLD, title=TOLD).report.matter
    token = search_form(WORD)[4:]  # its beginning may be shared with the token before
    assert "foundation_search_fts_data" in tables_with(token)
    screen(matter)
    assert tables_with(token) == set()
    assert SearchEntry.objects.filter(subject="matter").count() == 1
