"""The firm says with one tap whether it was contacted; nobody else can, and nothing is held against silence."""

import pytest
from django.core.exceptions import ValidationError

from tisu.enterprises.models import Visit
from tisu.inbox.models import Message
from tisu.liaison import answering
from tisu.liaison.models import Contact

pytestmark = pytest.mark.django_db
NOTES = "企业主担心订单，不便外传。"


@pytest.fixture
def contact(paired, in_touch) -> Contact:
    return in_touch(paired(), "2023-05-08", text=NOTES)


@pytest.mark.parametrize("said", ["yes", "no", "rather_not"])
def test_is_given_with_one_tap(contact, browser, said):
    answer = browser("firm").post(f"/liaison/contacts/{contact.number}", {"act": said})
    assert answer.status_code == 302 and Contact.objects.get().answer == said


def test_may_be_changed_and_the_last_one_counts(contact, browser):
    for said in ("no", "yes"):
        browser("firm").post(f"/liaison/contacts/{contact.number}", {"act": said})
    assert Contact.objects.get().answer == "yes" and Contact.objects.get().counts


@pytest.mark.parametrize("name", ["firm2", "leader", "secretary", "office", "zhujian", "outsider"])
def test_is_nobody_elses(county, contact, browser, name):
    answer = browser(name).post(f"/liaison/contacts/{contact.number}", {"act": "yes"})
    assert answer.status_code == 404 and not Contact.objects.get().answer
    with pytest.raises(ValidationError):
        answering.answer(actor=county.people[name], contact=contact, said="yes")


def test_is_one_of_three(county, contact):
    with pytest.raises(ValidationError):
        answering.answer(actor=county.people["firm"], contact=contact, said="perhaps")


def test_is_asked_for_on_the_firms_own_side(county, contact, browser):
    page = browser("firm").get("/our-firm", follow=True).content.decode()
    assert "没有联系" in page and "不方便评价" in page and f"/liaison/contacts/{contact.number}" in page
    browser("firm").post(f"/liaison/contacts/{contact.number}", {"act": "yes"})
    assert "不方便评价" not in browser("firm").get("/our-firm", follow=True).content.decode()


def test_is_asked_for_by_one_message(county, contact):
    told = Message.objects.filter(recipient=county.people["firm"], rule="liaison-confirm/1")
    assert told.count() == 1 and NOTES not in told.get().subject + told.get().text


def test_notes_stay_with_the_leader_unless_shared(paired, in_touch, contact, browser):
    client = browser("firm")
    for path in (f"/liaison/contacts/{contact.number}", "/liaison", "/our-firm"):
        assert NOTES not in client.get(path, follow=True).content.decode(), path
    shared = in_touch(contact.pairing, "2023-05-09", text="请企业准备材料。", is_shared=True)
    assert "请企业准备材料。" in client.get(f"/liaison/contacts/{shared.number}").content.decode()


def test_is_in_what_is_held_about_the_firm_without_the_leaders_notes(county, contact, browser):
    answer = browser("firm").get(f"/our-firm/{county.firms[0].credit_code}/held", follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200 and "领导的工作笔记" in page and NOTES not in page


def test_stands_on_the_page_about_the_firm(county, contact, browser):
    page = browser("office").get(f"/enterprises/{county.firms[0].credit_code}").content.decode()
    assert NOTES in page and "企业未确认" in page
    for name in ("zhujian", "discipline"):
        assert NOTES not in browser(name).get(f"/enterprises/{county.firms[0].credit_code}").content.decode()


def test_is_asked_no_more_of_what_was_taken_back(county, contact, browser):
    said = {"act": "take_back", "reason": "登记错了企业", "expected_version": contact.version}
    assert browser("secretary").post(f"/liaison/contacts/{contact.number}", said).status_code == 302
    assert not Contact.objects.get().counts and Visit.objects.get().state == "cancelled"
    assert browser("firm").get(f"/liaison/contacts/{contact.number}").status_code == 404
    with pytest.raises(ValidationError):
        answering.answer(actor=county.people["firm"], contact=contact, said="yes")
    assert "登记错了企业" in browser("office").get(f"/liaison/contacts/{contact.number}").content.decode()


def test_is_not_taken_back_unseen_nor_without_a_reason_nor_by_others(county, contact, browser):
    url, said = (
        f"/liaison/contacts/{contact.number}",
        {"act": "take_back", "expected_version": contact.version},
    )
    assert browser("leader").post(url, said).status_code == 422
    browser("firm").post(url, {"act": "no"})
    assert browser("leader").post(url, said | {"reason": "记错了"}).status_code == 422
    assert browser("supervisor").post(url, said | {"reason": "记错了"}).status_code == 404
    assert Contact.objects.get().taken_back_at is None
