"""Whoever reported anonymously may leave a name later: by the receipt, once, sealed; the staff neither adds nor removes one."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from house import PACKAGE, python
from tisu.loop.faults import Conflict, NotVisible, Unacceptable
from tisu.voice import receipts
from tisu.voice.course import leave_name, look_up
from tisu.voice.identity import ask_for_identity, open_identity
from tisu.voice.models import Identity, Report

CONTACT = "示例人 13900000000"


def test_walks_from_the_first_page_to_the_opened_contact(county, sign_in, tables_with):
    stranger = Client()
    handed_in = {"text": "路灯不亮", "name": "anonymous", "key": "k1"}
    receipt = stranger.post(reverse("voice:line"), handed_in).context["receipt"]
    page = stranger.post(reverse("voice:track"), {"receipt": receipt}).content.decode()
    assert reverse("voice:contact") in page and 'name="contact"' in page
    left = stranger.post(reverse("voice:contact"), {"receipt": receipt, "contact": CONTACT})
    assert left.status_code == 200
    assert 'name="contact"' not in left.content.decode() and CONTACT not in left.content.decode()
    assert tables_with("13900000000") == set()
    assert set(stranger.cookies) == {"csrftoken"}

    office, office2, number = sign_in("office"), sign_in("office2"), Report.objects.get().matter.number
    assert "实名" in office.get(reverse("loop:matter", args=[number])).content.decode()
    office.post(reverse("voice:ask-identity", args=[number]), {"reason": "回访核实"})
    office2.post(reverse("voice:grant", args=[Report.objects.get().openings.get().pk]))
    assert CONTACT in office.post(reverse("voice:identity", args=[number])).content.decode()


def test_says_in_the_dialogue_that_it_was_left(take):
    taken = take()
    told = leave_name(code=taken.receipt_code, contact=CONTACT)
    assert told.messages[-1]["from_reporter"] and CONTACT not in told.messages[-1]["text"]
    assert not told.may_leave_name


def test_is_left_once_and_never_changed(take):
    taken = take()
    leave_name(code=taken.receipt_code, contact=CONTACT)
    for contact in (CONTACT, "另一人"):
        with pytest.raises(Conflict):
            leave_name(code=taken.receipt_code, contact=contact)
    assert Identity.objects.get().contact.open() == CONTACT
    with pytest.raises(IntegrityError), transaction.atomic():
        Identity.objects.create(report=taken.report, contact="另一人")


def test_sends_the_same_page_again_without_harm(take):
    client, sent = Client(), {"receipt": take().receipt_code, "contact": CONTACT}
    assert client.post(reverse("voice:contact"), sent).status_code == 200
    assert client.post(reverse("voice:contact"), sent).status_code == 422
    assert Identity.objects.count() == 1


def test_reaches_every_part_and_what_is_split_off_later(take, act, county, agree):
    taken = take(text="甲；乙")
    act("office", taken.report.matter, "split", texts=["甲", "乙"])
    leave_name(code=taken.receipt_code, contact=CONTACT)
    assert not Report.objects.filter(anonymous=True).exists()
    part = taken.report.parts.first()
    agree(part)
    assert open_identity(user=county.people["office"], report=part) == CONTACT


@pytest.mark.parametrize("contact", ["", "  \u200b", "一" * 201])
def test_is_not_left_empty_or_far_too_long(take, contact):
    taken = take()
    with pytest.raises(Unacceptable):
        leave_name(code=taken.receipt_code, contact=contact)
    page = Client().post(reverse("voice:contact"), {"receipt": taken.receipt_code, "contact": contact})
    assert page.status_code == 422 and 'name="contact"' in page.content.decode()
    assert Report.objects.get().anonymous and not Identity.objects.exists()


def test_is_not_asked_of_who_gave_it_already(take):
    taken = take(anonymous=False, contact=CONTACT)
    assert not look_up(code=taken.receipt_code).may_leave_name
    with pytest.raises(Conflict):
        leave_name(code=taken.receipt_code, contact="另一人")


def test_is_not_taken_for_a_discipline_report(take, act):
    taken = take()
    act("office", taken.report.matter, "screen", kind="B")
    assert not look_up(code=taken.receipt_code).may_leave_name
    with pytest.raises(Conflict):
        leave_name(code=taken.receipt_code, contact=CONTACT)
    assert not Identity.objects.exists()


# --- Never by the staff ----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["", "x", receipts.new_code()], ids=["empty", "ill-formed", "never issued"])
def test_is_left_with_a_receipt_alone(take, sign_in, code):
    take()
    with pytest.raises(NotVisible):
        leave_name(code=code, contact=CONTACT)
    assert (
        sign_in("office").post(reverse("voice:contact"), {"receipt": code, "contact": CONTACT}).status_code
        == 404
    )


def test_is_not_left_with_a_receipt_that_an_officer_wrote_down(take, county):
    old = take(taken_by=county.people["office"]).receipt_code
    with pytest.raises(Conflict):
        leave_name(code=old, contact=CONTACT)
    new = look_up(code=old).new_receipt
    assert not look_up(code=old).may_leave_name
    assert not leave_name(code=new, contact=CONTACT).may_leave_name
    assert Identity.objects.count() == 1


def test_leaves_the_calls_over_http_as_they_are(take, call):
    code = take().receipt_code
    answer = call("message", receipt=code, text="补充", contact=CONTACT)
    assert set(answer.json()) == {"stage", "messages", "may_rate"}
    assert not Identity.objects.exists()


def test_nothing_in_the_sources_writes_a_contact_but_intake_and_the_reporters_own_step():
    """And nothing removes one but the lawful forgetting of a discipline report."""
    uses = {
        (source.name, use)
        for source in python(PACKAGE, without=("tests", "migrations"))
        for use in re.findall(
            r"Identity\.objects\.(?:filter\([^)]*\)\.)?(create|delete|update\w*)", source.text
        )
    }
    assert uses == {
        ("voice/services.py", "create"),
        ("voice/naming.py", "create"),
        ("voice/hotline/orders.py", "create"),
        ("voice/forgetting.py", "delete"),
    }


def test_makes_no_name_of_an_anonymous_report_that_nobody_named(take, county):
    with pytest.raises(Conflict):
        ask_for_identity(user=county.people["office"], report=take().report, reason="核实细节")
