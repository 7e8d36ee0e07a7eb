"""The same request sent again is the same report: one key, one body, one receipt."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from tisu.foundation import clock
from tisu.voice.models import Report, StoredAnswer
from tisu.voice.once import _Request

BODY = {"text": "路灯不亮", "anonymous": True}


def send(body=BODY, key="key-one", client=None):
    return (client or Client()).post(
        "/api/v1/reports", body, content_type="application/json", HTTP_IDEMPOTENCY_KEY=key
    )


def test_answers_the_same_and_makes_one_report(county):
    first, second = send(), send()
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert Report.objects.count() == 1


def test_reads_a_body_by_what_it_says(county):
    """Order, a null for what is left out, and unknown keys make no other request."""
    first = send()
    assert send({"anonymous": True, "title": None, "text": "路灯不亮", "x": 1}).content == first.content


def test_refuses_the_key_for_another_body(county):
    send()
    assert send(BODY | {"text": "路灯又不亮"}).status_code == 422
    assert Report.objects.count() == 1


def test_takes_another_key_for_another_report(county):
    assert send().json()["receipt"] != send(key="key-two").json()["receipt"]
    assert Report.objects.count() == 2


def test_takes_each_anew_without_a_key(county):
    send(key="")
    send(key="")
    assert Report.objects.count() == 2


def test_forgets_after_24_hours(county, monday):
    first = send()
    with clock.at(monday + timedelta(hours=23, minutes=59)):
        assert send().content == first.content
    with clock.at(monday + timedelta(hours=24)):
        assert send().json() != first.json()
        assert StoredAnswer.objects.count() == 1


def test_keeps_nothing_of_a_refused_one_so_that_it_can_be_mended(county):
    assert send(BODY | {"accused_unit": "no-such"}).status_code == 422
    assert send().status_code == 201


def test_keeps_the_answer_sealed(county, tables_with):
    answer = send().json()
    assert tables_with(answer["receipt"]) == set()
    assert tables_with("key-one") == set()


def test_gives_a_signed_in_firms_answer_to_no_one_else(county, sign_in):
    body = BODY | {"anonymous": False}
    assert send(body, client=sign_in("firm")).status_code == 201
    assert send(body, client=sign_in("firm2")).status_code == 422


def test_refuses_an_endless_key(county):
    assert send(key="k" * 201).status_code == 422


def test_takes_one_report_when_two_arrive_at_once(county, monkeypatch):
    """The second looked before the first had written, and then finds the key reserved."""
    first = send()
    monkeypatch.setattr(_Request, "known_answer", _blind_once(_Request.known_answer))
    assert send().content == first.content
    assert Report.objects.count() == 1


def _blind_once(known):
    looks = []

    def look(self):
        looks.append(self)
        return None if len(looks) == 1 else known(self)

    return look


class TestOnThePage:
    def post(self, **given):
        return Client().post(
            reverse("voice:line"), {"text": "路灯不亮", "name": "anonymous", "key": "k1"} | given
        )

    def test_shows_the_same_receipt_on_reload_and_double_click(self, county):
        pages = {receipt_on(self.post()) for _time in range(3)}
        assert len(pages) == 1 and Report.objects.count() == 1

    def test_never_mixes_two_tabs(self, county):
        one, two = self.post(), self.post(key="k2", text="井盖破损")
        assert receipt_on(one) != receipt_on(two)
        assert receipt_on(self.post()) == receipt_on(one)

    def test_asks_before_it_makes_a_second_report_of_a_page_that_was_sent(self, county):
        self.post()
        answer = self.post(text="井盖破损")
        assert answer.status_code == 422 and Report.objects.count() == 1
        again = answer.context["form"]["key"].value()
        assert again != "k1"
        assert self.post(text="井盖破损", key=again).status_code == 200
        assert Report.objects.count() == 2

    def test_draws_a_new_key_for_each_form(self, county):
        keys = {Client().get("/").context["form"]["key"].value() for _time in range(2)}
        assert len(keys) == 2


def receipt_on(page) -> str:
    assert page.status_code == 200
    return page.context["receipt"]
