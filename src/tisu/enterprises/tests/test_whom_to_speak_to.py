"""Contacts of a firm: entered with consent, masked, seen by who needs it, taken back, and emptied in time."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from cast import MONDAY
from tisu.audit.models import Entry
from tisu.enterprises.contacts import (
    add_contact,
    contacts_to_empty,
    empty_one,
    give_consent,
    masked_email,
    masked_phone,
    withdraw_consent,
)
from tisu.enterprises.models import Enterprise, FirmContact, LikelyPair
from tisu.foundation import clock

pytestmark = pytest.mark.django_db
PHONE = "13800000000"
SAID = {
    "act": "add_contact", "name": "示例甲某", "post_title": "办公室主任", "phone": "138 0000-0000", "email": "jia@example.com",
    "purposes": ["visits", "policies"], "given_on": "2023-05-20", "how": "电话说明",
}  # fmt: skip


@pytest.fixture
def firm(county) -> Enterprise:
    return county.firms[0]


@pytest.fixture
def contact(county, firm) -> FirmContact:
    return add_contact(
        actor=county.people["office"], firm=firm, name="示例甲某", post_title="办公室主任", phone=PHONE, email="",
        purposes=["visits", "surveys"], given_on=date(2023, 5, 20), how="电话说明",
    )  # fmt: skip


def people(firm) -> str:
    return f"/enterprises/{firm.credit_code}/people"


@pytest.mark.parametrize("name", ["office", "firm"])
def test_is_entered_by_the_office_or_the_firm(sign_in, firm, name):
    page = sign_in(name)
    assert page.post(people(firm), SAID).status_code == 302
    shown = page.get(people(firm)).content.decode()
    assert "138****0000" in shown and "j***@example.com" in shown and PHONE not in shown
    assert "走访和现场服务" in shown and FirmContact.objects.get().phone == PHONE


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"phone": "", "email": ""}, "电话或"),
        ({"phone": "12345"}, "7至15位"),
        ({"phone": "１３８一二三"}, "7至15位"),
        ({"email": "nobody"}, "邮"),
        ({"name": ""}, "必"),
        ({"name": "某" * 41}, "40"),
        ({"purposes": []}, "必"),
        ({"purposes": ["inspections"]}, "选"),
        ({"given_on": "2023-05-23"}, "还没有到"),
        ({"how": ""}, "必"),
    ],
)
def test_refuses_with_a_sentence_and_keeps_what_was_typed(sign_in, firm, changed, sentence):
    answer = sign_in("office").post(people(firm), SAID | changed)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and "办公室主任" in page
    assert not FirmContact.objects.exists()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("office", 200),
        ("firm", 200),
        ("zhujian", 403),
        ("fagai", 403),
        ("leader", 403),
        ("firm2", 404),
        ("admin", 404),
    ],
)
def test_is_seen_by_who_needs_it(sign_in, firm, contact, name, status):
    assert sign_in(name).get(people(firm)).status_code == status
    assert sign_in(name).get(f"{people(firm)}/{contact.pk}").status_code == status


def test_is_shown_in_full_once_it_stands_in_the_ledger(sign_in, firm, contact):
    page, path = sign_in("office"), f"{people(firm)}/{contact.pk}"
    assert PHONE not in page.get(path).content.decode()
    assert PHONE in page.post(path, {"act": "show"}).content.decode()
    assert PHONE not in page.get(path).content.decode()
    assert PHONE not in Entry.objects.get(act="show-contact").said


def test_is_corrected_without_being_read(sign_in, firm, contact):
    path = f"{people(firm)}/{contact.pk}"
    said = {
        "act": "correct",
        "name": "示例乙某",
        "post_title": "总经理",
        "phone": "",
        "email": "yi@example.com",
    }
    assert sign_in("firm").post(path, said).status_code == 302
    contact.refresh_from_db()
    assert (contact.name, contact.phone, contact.email) == ("示例乙某", PHONE, "yi@example.com")


def test_is_not_another_firms(county, sign_in, contact):
    assert sign_in("office").get(f"{people(county.firms[1])}/{contact.pk}").status_code == 404


def test_is_reached_only_for_what_was_agreed(county, contact):
    assert FirmContact.objects.reachable_for("surveys").exists()
    withdraw_consent(actor=county.people["firm"], contact=contact, purposes=["surveys"])
    assert not FirmContact.objects.reachable_for("surveys").exists()
    assert FirmContact.objects.reachable_for("visits").exists()
    with pytest.raises(ValidationError, match="没有"):
        withdraw_consent(actor=county.people["firm"], contact=contact, purposes=["surveys"])


def test_is_emptied_thirty_days_after_the_last_consent(county, sign_in, firm, contact):
    said = {"act": "withdraw", "purposes": ["visits", "surveys"]}
    assert sign_in("firm").post(f"{people(firm)}/{contact.pk}", said).status_code == 302
    with clock.at(MONDAY + timedelta(days=29)):
        assert contacts_to_empty().count() == 0 and not empty_one()
    with clock.at(MONDAY + timedelta(days=30)):
        assert empty_one() and not empty_one()
    contact.refresh_from_db()
    assert (contact.name, contact.phone, contact.email, contact.post_title) == ("", "", "", "")
    assert sign_in("office").get(f"{people(firm)}/{contact.pk}").status_code == 404


def test_stays_when_consent_is_given_again(county, contact):
    actor = county.people["office"]
    withdraw_consent(actor=actor, contact=contact, purposes=["visits", "surveys"])
    give_consent(actor=actor, contact=contact, purposes=["visits"], given_on=date(2023, 5, 22), how="来电")
    with clock.at(MONDAY + timedelta(days=60)):
        assert not empty_one()
    with pytest.raises(ValidationError, match="至少"):
        give_consent(
            actor=actor, contact=contact, purposes=["visits"], given_on=date(2023, 5, 22), how="来电"
        )


def test_a_shared_number_speaks_for_one_firm(county, firm, contact):
    other = county.firms[1]
    add_contact(
        actor=county.people["office"], firm=other, name="示例丙某", post_title="", phone=PHONE, email="",
        purposes=["visits"], given_on=date(2023, 5, 20), how="电话说明",
    )  # fmt: skip
    assert LikelyPair.objects.get(first=firm, second=other).reasons == ["phone"]


@pytest.mark.parametrize(
    ("phone", "shown"), [(PHONE, "138****0000"), ("07186820000", "*********00"), ("", "")]
)
def test_masks_a_number(phone, shown):
    assert masked_phone(phone) == shown


def test_masks_an_address():
    assert masked_email("jia@example.com") == "j***@example.com" and masked_email("") == ""
