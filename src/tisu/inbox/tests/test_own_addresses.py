"""A person says where to be written to; an address counts once its owner has typed the code that went there."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from tisu.foundation import clock
from tisu.inbox.models import Delivery, Destination, Status
from tisu.inbox.outbox import send_code

PAGE = "/messages/settings"


@pytest.fixture
def page(sign_in, postbox, settings, gateway):
    """zhujian's browser, where mail and text messages are set up."""
    settings.SMS_URL = gateway.address
    return sign_in("zhujian")


@pytest.fixture
def mine(page, db) -> Destination:
    page.post(PAGE, {"channel": "mail", "address": "a@example.cn", "takes_digest": "on"})
    return Destination.objects.get()


def code_in(postbox) -> str:
    while send_code():
        pass
    return re.search(r"\b\d{6}\b", postbox.letters[-1].get_content())[0]


def confirm(page, place, code, **more):
    return page.post(reverse("inbox:confirm", args=[place.pk]), {"code": code, **more})


pytestmark = pytest.mark.django_db


def test_is_confirmed_by_the_code_that_was_sent(page, mine, postbox):
    code = code_in(postbox)
    assert not mine.is_confirmed and postbox.letters[0]["To"] == "a@example.cn"
    answer = confirm(page, mine, code)
    assert answer.status_code == 302
    mine.refresh_from_db()
    assert mine.is_confirmed and mine.code is None
    assert confirm(page, mine, code).status_code == 302  # pressed twice


def test_a_code_goes_out_at_any_hour(page, mine, postbox, monday):
    with clock.at(monday.replace(hour=23)):
        assert code_in(postbox)


def test_a_full_width_code_is_read(page, mine, postbox):
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code_in(postbox))
    assert confirm(page, mine, f" {wide} ").status_code == 302


def test_five_wrong_codes_void_it(page, mine, postbox):
    code = code_in(postbox)
    wrong = "000000" if code != "000000" else "111111"
    assert [confirm(page, mine, wrong).status_code for _ in range(5)] == [422] * 5
    answer = confirm(page, mine, code)
    assert answer.status_code == 422 and "重发" in answer.content.decode()


def test_a_code_runs_out(page, mine, postbox, real):
    code = code_in(postbox)
    Destination.objects.update(code_until=real.now - timedelta(seconds=1))
    assert confirm(page, mine, code).status_code == 422


def test_a_new_code_voids_the_one_before(page, mine, postbox):
    first = code_in(postbox)
    assert page.post(reverse("inbox:new_code", args=[mine.pk])).status_code == 302
    second = code_in(postbox)
    if first != second:
        assert confirm(page, mine, first).status_code == 422
    assert confirm(page, mine, second).status_code == 302


def test_a_code_not_yet_sent_is_not_sent_when_another_is_asked_for(page, mine, postbox):
    page.post(reverse("inbox:new_code", args=[mine.pk]))
    code_in(postbox)
    assert len(postbox.letters) == 1
    assert sorted(Delivery.objects.values_list("status", flat=True)) == [Status.DROPPED, Status.SENT]


def test_nobody_floods_a_stranger_with_codes(page, mine, postbox):
    for _ in range(12):
        page.post(reverse("inbox:new_code", args=[mine.pk]))
    assert Delivery.objects.count() == 10
    answer = page.post(PAGE, {"channel": "mail", "address": "b@example.cn"})
    assert answer.status_code == 422 and Destination.objects.count() == 1


def test_a_form_sent_twice_adds_one_and_sends_one_code(page, mine, postbox):
    answer = page.post(PAGE, {"channel": "mail", "address": "A@EXAMPLE.CN", "takes_digest": "on"})
    assert answer.status_code == 302
    assert Destination.objects.count() == 1
    code_in(postbox)
    assert len(postbox.letters) == 1


def test_a_number_with_full_width_digits_is_the_same_number(page, gateway):
    page.post(PAGE, {"channel": "sms", "address": "１３８ ００００-１２３４"})
    assert Destination.objects.get().address.open() == "13800001234"
    assert page.post(PAGE, {"channel": "sms", "address": "+86 13800001234"}).status_code == 302
    assert Destination.objects.count() == 1


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("mail", "nobody"), ("mail", "a@b"), ("mail", "a@example.cn\nBcc: b@example.cn"), ("mail", "名字@example.cn"),
        ("mail", f"{'a' * 300}@example.cn"), ("mail", ""), ("sms", "12345"), ("sms", "1380000123４5"),
        ("sms", "0718-6822222"), ("sms", "1" * 5000), ("hook", "https://example.cn/x"), ("nosuch", "a@example.cn"),
        ("", "a@example.cn"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_told_and_keeps_what_was_typed(page, channel, address):
    answer = page.post(PAGE, {"channel": channel, "address": address})
    assert answer.status_code == 422
    assert not Destination.objects.exists()


def test_shows_an_address_masked_only(page, mine):
    shown = page.get(PAGE).content.decode()
    assert "a…@example.cn" in shown and "a@example.cn" not in shown


def test_a_person_has_five_addresses_at_the_most(page):
    for name in "abcdef":
        answer = page.post(PAGE, {"channel": "mail", "address": f"{name}@example.cn"})
    assert answer.status_code == 422 and Destination.objects.count() == 5


def test_anothers_address_is_not_there(page, mine, sign_in):
    other = sign_in("fagai")
    for name in ("confirm", "new_code", "remove"):
        assert other.post(reverse(f"inbox:{name}", args=[mine.pk]), {"code": "1"}).status_code == 404
    assert "example.cn" not in other.get(PAGE).content.decode()
    assert Destination.objects.filter(pk=mine.pk).exists()


def test_a_removed_address_gets_nothing_more(page, mine, postbox, say, send_all):
    confirm(page, mine, code_in(postbox))
    say("zhujian", urgent=True)
    assert page.post(reverse("inbox:remove", args=[mine.pk])).status_code == 302
    assert send_all() == 0
    assert page.post(reverse("inbox:remove", args=[mine.pk])).status_code == 404


@pytest.mark.parametrize("code", ["", "x" * 5000, "12 34", "\0", "１２３"])
def test_a_code_of_another_form_is_refused(page, mine, code):
    assert confirm(page, mine, code).status_code == 422


def test_the_database_holds_neither_address_nor_code_in_the_clear(page, mine, postbox):
    code = code_in(postbox)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM inbox_destination")
        row = repr(cursor.fetchall())
    assert "a@example.cn" not in row and code not in row


def test_says_that_nothing_goes_out_where_nothing_is_set_up(sign_in, settings):
    settings.EMAIL_HOST = settings.SMS_URL = ""
    shown = sign_in("zhujian").get(PAGE).content.decode()
    assert "不向外发送" in shown and "<select" not in shown


def test_getting_what_changes_something_is_refused(page, mine):
    for name in ("confirm", "new_code", "remove"):
        assert page.get(reverse(f"inbox:{name}", args=[mine.pk])).status_code == 405
