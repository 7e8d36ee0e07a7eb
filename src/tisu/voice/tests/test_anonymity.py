"""Anonymous means: no address, no user agent, no session, no name, anywhere."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from tisu.accounts.models import OpenSession
from tisu.loop.models import Event, Matter

ADDRESS, AGENT = "203.0.113.77", "Strange-Browser/9.9"
TRACE = {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT, "HTTP_X_FORWARDED_FOR": ADDRESS}


def visit() -> Client:
    """A stranger who reports on the page and over HTTP, looks it up, and sends something wrong too."""
    client = Client(**TRACE)
    client.get("/")
    page = client.post(reverse("voice:line"), {"text": "路灯不亮", "name": "anonymous", "key": "k1"})
    receipt = {"receipt": page.context["receipt"]}
    client.post(reverse("voice:receipt"), receipt | {"last_group": "0000"})
    client.post(reverse("voice:track"), receipt)
    client.post(reverse("voice:message"), receipt | {"text": "还是不亮"})
    client.post(reverse("voice:track"), {"receipt": "wrong"})
    client.post("/api/v1/reports", {"text": "路灯"}, content_type="application/json")
    client.post("/api/v1/reports", {"text": "路灯", "anonymous": True}, content_type="application/json")
    return client


def test_leaves_no_address_and_no_user_agent_in_any_table(county, tables_with):
    visit()
    assert tables_with(ADDRESS) == set()
    assert tables_with(AGENT) == set()


def test_leaves_none_in_the_log(county, caplog):
    with caplog.at_level(logging.DEBUG):
        visit()
    written = "\n".join(logging.Formatter("%(name)s %(message)s").format(record) for record in caplog.records)
    assert ADDRESS not in written and AGENT not in written


def test_leaves_no_session_and_no_cookie_but_the_forms_token(county):
    client = visit()
    assert set(client.cookies) == {"csrftoken"}
    assert client.cookies["csrftoken"]["max-age"] == ""
    assert not OpenSession.objects.exists()


def test_says_nothing_of_a_firm_that_reports_anonymously_while_signed_in(county, take):
    report = take(user=county.people["firm"]).report
    assert (report.matter.requester, report.enterprise, report.channel) == (None, None, "web")
    assert not Event.objects.filter(actor=county.people["firm"]).exists()
    assert not Matter.objects.visible_to(county.people["firm"]).exists()


def test_signs_the_first_line_of_the_course_the_same_for_everyone(county, take):
    take()
    take(anonymous=False, user=county.people["firm"])
    assert len(set(Event.objects.values_list("signed", "actor"))) == 1


def test_says_nothing_of_an_officer_who_reports_on_the_public_page(county, sign_in):
    sign_in("zhujian").post(reverse("voice:line"), {"text": "路灯不亮", "name": "anonymous", "key": "k1"})
    sign_in("office").post(reverse("voice:line"), {"text": "井盖破损", "name": "anonymous", "key": "k2"})
    assert not Event.objects.filter(actor__isnull=False).exists()
    assert not Matter.objects.filter(opened_by_unit__isnull=False).exists()


class TestTheIdentity:
    @pytest.fixture
    def named(self, take):
        return take(anonymous=False, contact="示例人 00000000000").report

    def test_stands_in_no_table_unsealed(self, named, tables_with):
        assert tables_with("示例人 00000000000") == set()
