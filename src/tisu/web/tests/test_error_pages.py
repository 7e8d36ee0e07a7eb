"""An error says what happened and what to do, to people on a page and to programs as problem+json."""

import json
import logging

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse

from tisu.web import errors
from tisu.web.middleware import DatabaseGoneMiddleware


@pytest.fixture
def page(rf):
    request = rf.get("/desk")
    request.user = AnonymousUser()
    return request


@pytest.fixture
def call(rf):
    return rf.get("/api/v1/matters")


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429, 500, 503])
def test_draws_every_page_with_its_status_and_its_sentence(page, status):
    response = errors.failure(page, status)
    assert response.status_code == status
    assert str(errors.SENTENCES[status]) in response.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429, 500, 503])
def test_tells_programs_the_same_sentence(call, status):
    response = errors.failure(call, status)
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["detail"] == str(errors.SENTENCES[status])


@pytest.mark.parametrize("status", [500, 503])
def test_draws_a_fault_without_asking_who_is_there(rf, status):
    class Gone:
        @property
        def is_authenticated(self):
            raise OperationalError

    request = rf.get("/desk")
    request.user = Gone()
    assert errors.failure(request, status).status_code == status


def test_shows_the_sentence_of_a_refusal(page):
    response = errors.handler403(page, PermissionDenied("不能核验自己报结的事项。"))
    assert "不能核验自己报结的事项。" in response.content.decode()


def test_shows_no_markup_that_came_with_a_refusal(page):
    response = errors.handler403(page, PermissionDenied("<script>"))
    assert "<script>" not in response.content.decode().replace("<script src", "")


@pytest.mark.parametrize(
    ("fault", "status"), [(RequestDataTooBig("too big"), 413), (SuspiciousOperation("odd"), 400)]
)
def test_tells_too_large_from_unreadable(page, fault, status):
    assert errors.handler400(page, fault).status_code == status


def test_never_repeats_what_a_broken_request_said(page):
    assert "odd-path" not in errors.handler404(page, Exception("odd-path")).content.decode()


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_says_that_the_database_is_gone_and_when_to_come_back(page, caplog, fault):
    middleware = DatabaseGoneMiddleware(lambda request: HttpResponse())
    with caplog.at_level(logging.CRITICAL, logger="tisu.web.middleware"):
        response = middleware.process_exception(page, fault("server closed the connection"))
    assert response.status_code == 503
    assert response["Retry-After"] == "5"


def test_says_so_too_when_the_fault_lies_outside_every_view(page):
    try:
        raise OperationalError
    except OperationalError:
        response = errors.handler500(page)
    assert response.status_code == 503


def test_leaves_other_faults_alone(page):
    middleware = DatabaseGoneMiddleware(lambda request: HttpResponse())
    assert middleware.process_exception(page, ValueError()) is None


def test_asks_to_send_a_stale_form_again(page):
    response = errors.csrf_failure(page, reason="CSRF token missing.")
    assert response.status_code == 403
    assert str(errors.FORGED) in response.content.decode()
