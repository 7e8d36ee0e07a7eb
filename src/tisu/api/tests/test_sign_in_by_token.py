"""A program signs in: by token, or by the session of a page with its CSRF token."""

import logging
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from cast import PASSWORD
from tisu.accounts.models import ApiToken, PostHolding

pytestmark = pytest.mark.django_db


def test_gives_a_token_that_opens_the_api(county, stranger):
    given = stranger.post("/tokens", {"username": "zhujian", "password": PASSWORD})
    assert given.status == 200
    stranger.headers = {"Authorization": f"Bearer {given.body['token']}"}
    assert stranger.get("/matters").status == 200


def test_keeps_only_a_digest_of_the_token(county, stranger):
    token = stranger.post("/tokens", {"username": "zhujian", "password": PASSWORD}).body["token"]
    kept = ApiToken.objects.get()
    assert token not in (kept.digest, str(kept.pk))


def test_answers_unknown_names_and_wrong_passwords_alike(county, stranger):
    wrong = stranger.post("/tokens", {"username": "zhujian", "password": "no"})
    unknown = stranger.post("/tokens", {"username": "no-one-here", "password": "no"})
    assert (wrong.status, unknown.status) == (401, 401)
    assert wrong.body == unknown.body


def test_gives_none_to_a_locked_account(county, stranger):
    locked = county.people["zhujian"]
    locked.is_active = False
    locked.save()
    assert stranger.post("/tokens", {"username": "zhujian", "password": PASSWORD}).status == 401


def test_locks_the_name_after_five_wrong_passwords(county, stranger):
    cache.clear()
    for _attempt in range(5):
        assert stranger.post("/tokens", {"username": "zhujian", "password": "no"}).status == 401
    locked = stranger.post("/tokens", {"username": "zhujian", "password": PASSWORD})
    assert (locked.status, locked.headers["Retry-After"]) == (429, "300")
    cache.clear()


@pytest.mark.parametrize(
    "path", ["/matters", "/units", "/enterprises", "/workdays/add?date=2023-05-22&days=1"]
)
def test_refuses_whoever_brings_no_token(db, stranger, path):
    answer = stranger.get(path)
    assert (answer.status, answer.type) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_refuses_writing_without_a_token_before_reading_what_is_sent(db, stranger):
    assert stranger.post("/matters", "{not json").status == 401


def test_refuses_a_token_that_never_was(county, stranger):
    stranger.headers = {"Authorization": "Bearer nothing"}
    assert stranger.get("/matters").status == 401


def test_refuses_a_token_after_its_time(county, caller):
    program = caller("zhujian")
    for token in ApiToken.objects.all():
        token.expires_at -= timedelta(hours=13)
        token.save()
    assert program.get("/matters").status == 401


def test_refuses_the_token_of_an_account_locked_since(county, caller):
    program = caller("zhujian")
    county.people["zhujian"].is_active = False
    county.people["zhujian"].save()
    assert program.get("/matters").status == 401


def test_lets_a_page_call_in_its_session(county, sign_in):
    assert sign_in("zhujian").get("/api/v1/matters").status_code == 200


def test_refuses_a_page_that_writes_without_its_csrf_token(county):
    page = Client(enforce_csrf_checks=True)
    page.force_login(county.people["office"])
    body = {"kind": "task", "title": "", "text": "清理场地。"}
    refused = page.post("/api/v1/matters", body, content_type="application/json")
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")


def test_lets_a_page_write_with_its_csrf_token(county):
    page = Client(enforce_csrf_checks=True)
    page.force_login(county.people["office"])
    page.cookies["csrftoken"] = "x" * 32
    body = {"kind": "task", "title": "", "text": "清理场地。"}
    sent = page.post(
        "/api/v1/matters", body, content_type="application/json", headers={"X-CSRFToken": "x" * 32}
    )
    assert sent.status_code == 201


def test_judges_a_request_with_a_bad_token_by_the_token(county, sign_in):
    answer = sign_in("zhujian").get("/api/v1/matters", headers={"Authorization": "Bearer nothing"})
    assert answer.status_code == 401


def test_gives_no_more_than_the_person_has_after_the_last_post_has_ended(county, caller, at_stage):
    program, number = caller("zhujian"), at_stage("in_progress").number
    assert program.get(f"/matters/{number}").status == 200
    PostHolding.objects.filter(user=county.people["zhujian"]).update(until=date(2023, 5, 22))
    assert program.get("/matters").body["items"] == []
    assert program.get("/enterprises").body["items"] == []
    assert program.get(f"/matters/{number}").status == 404
    assert program.act(number, "report", 3, text="已进场。").status == 404
    assert program.post("/matters", {"kind": "task", "title": "", "text": "清理场地。"}).status == 403


LOCKED = {
    "sqlite": ("BEGIN IMMEDIATE", "PRAGMA busy_timeout = 100"),
    "postgresql": ("BEGIN; LOCK TABLE cache IN EXCLUSIVE MODE", "SET lock_timeout = 100"),
}


@pytest.fixture
def locked_database(transactional_db, county):
    """Someone else holds the records, and one waits for them no longer than a moment."""
    lock, impatience = LOCKED[connection.vendor]
    other = connection.copy()
    connection.cursor().execute(impatience)
    other.cursor().execute(lock)
    yield
    other.close()
    connection.close()


def test_says_that_the_records_are_locked_and_not_that_the_name_is(locked_database, stranger, caplog):
    with caplog.at_level(logging.CRITICAL):
        answer = stranger.post("/tokens", {"username": "zhujian", "password": PASSWORD})
    assert (answer.status, answer.type) == (503, "application/problem+json")
