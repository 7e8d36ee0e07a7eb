"""What a signed-in person reads stays in no browser and no proxy: the next one at this desk presses “back”."""

import pytest
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from addresses import addresses
from cast import PASSWORD
from tisu.web.middleware import NothingKeptMiddleware

SIGNED_IN = {settings.SESSION_COOKIE_NAME: "sample"}


def kept(answer: HttpResponse) -> bool:
    return "no-store" not in answer.headers.get("Cache-Control", "")


@pytest.fixture
def samples(at_stage, county) -> dict[str, object]:
    firm = county.firms[0].credit_code
    return {
        "number": at_stage("in_progress").number,
        "uscc": firm,
        "/enterprises/<code>": firm,
        "/our-firm/<code>": firm,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["office", "zhujian", "leader", "firm", "admin", "security", "auditor"])
def test_every_address_says_so_to_a_signed_in_person(sign_in, samples, name):
    client = sign_in(name)
    client.raise_request_exception = False
    assert [each.pattern for each in addresses() if kept(client.get(each.path(samples)))] == []


@pytest.mark.django_db
def test_a_refused_form_says_so_too(sign_in, samples):
    answer = sign_in("office").post(f"/matters/{samples['number']}/urge", {"expected_version": "1"})
    assert answer.status_code >= 400 and not kept(answer)


@pytest.mark.django_db
def test_signing_in_and_out_say_so(sign_in, county):
    assert not kept(Client().post("/accounts/login/", {"login": "office", "password": PASSWORD}))
    assert not kept(sign_in("office").post("/accounts/logout/"))


# --- The middleware itself -------------------------------------------------------------------------------


def passed(response: HttpResponse, cookies: dict[str, str]) -> HttpResponse:
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies)
    return NothingKeptMiddleware(lambda _request: response)(request)


def test_leaves_alone_what_says_itself_how_long_it_is_kept():
    answer = passed(HttpResponse(headers={"Cache-Control": "public, max-age=60"}), SIGNED_IN)
    assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_leaves_a_strangers_answer_alone():
    assert kept(passed(HttpResponse(), {}))


def test_holds_for_what_is_sent_piece_by_piece():
    answer = passed(StreamingHttpResponse(["a", "b"]), SIGNED_IN)
    assert not kept(answer) and answer.getvalue() == b"ab"
