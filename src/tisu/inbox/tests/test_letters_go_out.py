"""Urgent messages go out at once to where each person wants them, in what form each way out takes."""

import base64
import hashlib
import hmac
import logging
from dataclasses import replace

import pytest

from tisu.foundation import rooms
from tisu.inbox.channels.hooks import dingtalk_signed
from tisu.inbox.channels.sms import Sms
from tisu.inbox.destinations import add_own, confirm
from tisu.inbox.models import Delivery, Status
from tisu.inbox.outbox import send_letter

pytestmark = pytest.mark.django_db


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("status", flat=True))


def test_an_urgent_message_becomes_a_letter_at_once(say, place_of, postbox, send_all):
    place_of("zhujian", "mail", "zhujian@example.cn")
    say("zhujian", "fagai", urgent=True)
    assert send_all() == 1
    (letter,) = postbox.letters
    assert (letter["To"], letter["Subject"]) == ("zhujian@example.cn", "请办理")
    assert "示例事项" in letter.get_content() and "http://localhost:8000/desk" in letter.get_content()
    assert letter["Message-ID"] == f"<{Delivery.objects.get().key}@localhost>"
    assert states() == [Status.SENT]


def test_what_is_not_urgent_waits(say, place_of, postbox, send_all):
    place_of("zhujian", "mail", "zhujian@example.cn")
    say("zhujian")
    assert send_all() == 0


def test_told_twice_goes_out_once(say, place_of, postbox, send_all):
    place_of("zhujian", "mail", "zhujian@example.cn")
    say("zhujian", urgent=True)
    say("zhujian", urgent=True)
    send_all()
    assert len(postbox.letters) == 1


def test_an_unconfirmed_address_gets_nothing(say, place_of, postbox, send_all):
    place_of("zhujian", "mail", "zhujian@example.cn", confirmed_at=None)
    say("zhujian", urgent=True)
    assert send_all() == 0


@pytest.mark.parametrize("change", ["hidden", "read", "locked"])
def test_what_is_no_longer_the_persons_is_dropped_without_a_trace(
    say, place_of, postbox, send_all, things, county, monday, change
):
    place_of("zhujian", "mail", "zhujian@example.cn")
    say("zhujian", about=7, urgent=True)
    person = county.people["zhujian"]
    if change == "hidden":
        things.hide("zhujian", 7)
    elif change == "read":
        person.messages.update(read_at=monday)
    else:
        type(person).objects.filter(pk=person.pk).update(is_active=False)
    send_all()
    assert postbox.letters == [] and states() == [Status.DROPPED]


# --- Text messages ---------------------------------------------------------------------------------------


@pytest.fixture
def sms(settings, gateway):
    settings.SMS_URL, settings.SMS_TOKEN = gateway.address, "TOKEN"
    settings.SMS_TEMPLATE = '{"to": ["{phone}"], "body": {"content": "{text}"}, "id": "{key}"}'
    return gateway


def test_a_text_message_names_nobody_and_nothing(say, place_of, sms, send_all):
    place_of("zhujian", "sms", "13800001234")
    say("zhujian", subject="示例人甲投诉", text="示例事项", urgent=True)
    send_all()
    (posted,) = sms.posted
    assert posted.headers["Authorization"] == "Bearer TOKEN"
    assert posted.json["to"] == ["13800001234"]
    assert posted.json["id"] == posted.headers["Idempotency-Key"] == str(Delivery.objects.get().key)
    content = posted.json["body"]["content"]
    assert "1件事项" in content and "http://localhost:8000/desk" in content
    assert "示例人甲" not in content and "示例事项" not in content


def test_a_gateway_that_says_200_and_no_is_not_believed(say, place_of, sms, send_all, settings):
    settings.SMS_OK, sms.answer = '"accepted"', b'{"result": "no credit"}'
    place_of("zhujian", "sms", "13800001234")
    say("zhujian", urgent=True)
    send_all()
    assert Delivery.objects.get().fault == "answer"


def test_a_template_that_is_no_json_is_told(say, place_of, sms, send_all, settings):
    settings.SMS_TEMPLATE = "phone={phone}"
    place_of("zhujian", "sms", "13800001234")
    say("zhujian", urgent=True)
    send_all()
    assert Delivery.objects.get().fault == "template" and sms.posted == []


# --- Group robots ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", ["wecom", "dingtalk", "hook"])
def test_a_robot_says_that_there_is_something_and_never_what(say, place_of, gateway, send_all, channel):
    place_of("zhujian", channel, gateway.address, secret="SECRET")
    say("zhujian", "zhujian-head", "fagai", urgent=True)
    assert send_all() == 1
    (posted,) = gateway.posted
    assert posted.headers["Idempotency-Key"] == str(Delivery.objects.get().key)
    said = posted.body.decode()
    assert "住建局" in said and "请办理" not in said and "示例事项" not in said


def test_a_hook_is_signed_over_time_and_body(say, place_of, gateway, send_all):
    place_of("zhujian", "hook", gateway.address, secret="SECRET")
    say("zhujian", urgent=True)
    send_all()
    (posted,) = gateway.posted
    signed = posted.headers["X-Tisu-Timestamp"].encode() + b"." + posted.body
    told = hmac.new(b"SECRET", signed, hashlib.sha256).hexdigest()
    assert posted.headers["X-Tisu-Signature"] == told


def test_dingtalk_is_signed_by_its_own_rule():
    signed = dingtalk_signed("https://example.cn/robot/send?access_token=T", "SEC", 1684717200000)
    told = base64.b64encode(hmac.new(b"SEC", b"1684717200000\nSEC", hashlib.sha256).digest()).decode()
    quoted = told.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
    assert signed == f"https://example.cn/robot/send?access_token=T&timestamp=1684717200000&sign={quoted}"


def test_a_robot_without_a_secret_is_not_signed(say, place_of, gateway, send_all):
    place_of("zhujian", "dingtalk", gateway.address)
    say("zhujian", urgent=True)
    send_all()
    assert gateway.posted[0].path == "/robot?key=KEY-OF-ROBOT"


@pytest.mark.parametrize("answer", [b'{"errcode": 93000}', b"<html>", b"[]", b"{}"])
def test_a_robot_that_answers_200_and_an_error_is_not_believed(say, place_of, gateway, send_all, answer):
    gateway.answer = answer
    place_of("zhujian", "wecom", gateway.address)
    say("zhujian", urgent=True)
    send_all()
    assert states() == [Status.WAITING] and Delivery.objects.get().fault in ("robot 93000", "answer")


def test_a_robot_is_silent_when_nobody_of_the_unit_may_know(say, place_of, gateway, send_all, things):
    place_of("zhujian", "wecom", gateway.address)
    say("zhujian", "zhujian-head", "office", about=7, urgent=True)
    for name in ("zhujian", "zhujian-head"):
        things.hide(name, 7)
    send_all()
    assert gateway.posted == [] and states() == [Status.DROPPED]


def test_a_robot_speaks_while_one_of_the_unit_may_know(say, place_of, gateway, send_all, things):
    place_of("zhujian", "wecom", gateway.address)
    say("zhujian", "zhujian-head", about=7, urgent=True)
    things.hide(Delivery.objects.get().message.recipient.username, 7)
    send_all()
    assert len(gateway.posted) == 1


# --- What never happens ----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_follows_nobody_elsewhere(say, place_of, gateway, send_all, status):
    gateway.status, gateway.headers = status, {"Location": gateway.address + "&elsewhere=1"}
    place_of("zhujian", "wecom", gateway.address)
    say("zhujian", urgent=True)
    send_all()
    assert len(gateway.posted) == 1 and Delivery.objects.get().fault == f"status {status}"


def test_plain_http_goes_nowhere_once_the_setting_is_off(say, place_of, gateway, send_all, settings):
    place_of("zhujian", "wecom", gateway.address)
    settings.HOOKS_ON_LOOPBACK = False
    say("zhujian", urgent=True)
    send_all()
    assert gateway.posted == [] and Delivery.objects.get().fault == "address"


def test_an_answer_without_end_is_cut_off(say, place_of, gateway, send_all):
    gateway.answer = b" " * 200_000
    place_of("zhujian", "hook", gateway.address, secret="SECRET")
    say("zhujian", urgent=True)
    send_all()
    assert Delivery.objects.get().fault == "answer"


@pytest.mark.parametrize("fails", [False, True])
def test_neither_secrets_nor_bodies_stand_in_the_log(
    say, place_of, gateway, postbox, send_all, caplog, capfd, fails
):
    caplog.set_level(logging.CRITICAL, logger="mail.log")  # what the server of this test writes itself
    caplog.set_level(logging.DEBUG)
    place_of("zhujian", "dingtalk", gateway.address, secret="SECRET")
    place_of("zhujian", "mail", "zhujian@example.cn")
    if fails:
        gateway.status, postbox.answer = 403, "550 <zhujian@example.cn> SECRET"
    say("zhujian", urgent=True)
    send_all()
    logged = caplog.text + "".join(capfd.readouterr())
    for secret in ("SECRET", "KEY-OF-ROBOT", "zhujian@example.cn", "请办理", "示例事项"):
        assert secret not in logged
    assert ("failed" in logged) is fails


def test_a_channel_that_breaks_hurts_its_own_row_only(say, place_of, postbox, gateway, send_all, monkeypatch):
    monkeypatch.setattr("tisu.inbox.channels.hooks.WeCom.send", lambda self, parcel: 1 / 0)
    place_of("zhujian", "wecom", gateway.address)
    place_of("zhujian", "mail", "zhujian@example.cn")
    say("zhujian", urgent=True)
    send_all()
    assert sorted(Delivery.objects.values_list("status", "fault")) == [("sent", ""), ("waiting", "program")]


def test_a_county_may_bring_its_own_way_out(say, county, monkeypatch, things, send_all):
    """A room declares it; nobody else learns of it."""

    class Pager(Sms):
        code, took = "pager", []

        def is_ready(self) -> bool:
            return True

        def send(self, parcel) -> None:
            self.took.append(parcel.brief)

    declared = rooms.rooms()
    with_pager = declared | {"county": replace(declared["things"], subjects=(), channels=(Pager(),))}
    monkeypatch.setattr(rooms, "rooms", lambda: with_pager)
    place = add_own(user=county.people["zhujian"], channel=Pager(), address="13800001234", takes_digest=True)
    assert confirm(place, place.code.open())
    say("zhujian", urgent=True)
    assert send_letter() and len(Pager.took) == 1
