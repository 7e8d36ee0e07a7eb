"""Staff sign in, sign out and change their password; no other address of the sign-in package exists."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cast import PASSWORD
from tisu.accounts.models import ApiToken
from tisu.accounts.tokens import issue_token
from tisu.audit.models import Entry
from tisu.foundation import clock

pytestmark = pytest.mark.django_db
LOGIN, LOGOUT, CHANGE = "/accounts/login/", "/accounts/logout/", "/accounts/password/change/"
NEW = "a-new-horse-and-battery"


@pytest.fixture(autouse=True)
def nobody_is_locked_out(db):
    cache.clear()


def attempt(name: str, password: str = PASSWORD, **more):
    return Client().post(LOGIN, {"login": name, "password": password}, **more)


def test_shows_a_form_to_strangers():
    page = Client().get(LOGIN).content.decode()
    assert 'name="login"' in page and 'name="password"' in page and 'autocomplete="current-password"' in page


def test_leads_back_to_the_page_that_was_wanted(county):
    page = Client()
    asked = page.get("/ledger")
    assert asked["Location"] == "/accounts/login/?next=%2Fledger"
    form = page.get(asked["Location"]).content.decode()
    assert re.search(r'name="next" value="/ledger"', form)
    done = page.post(LOGIN, {"login": "auditor", "password": PASSWORD, "next": "/ledger"})
    assert done["Location"] == "/ledger" and page.get("/ledger").status_code == 200


def test_leads_nowhere_outside(county):
    done = attempt("auditor", QUERY_STRING="next=https://example.org/")
    assert done["Location"].startswith("/") and "example.org" not in done["Location"]


@pytest.mark.parametrize(
    ("name", "first"), [("admin", "/org"), ("security", "/security"), ("auditor", "/ledger")]
)
def test_leads_each_administrator_to_the_first_door(county, name, first):
    assert attempt(name)["Location"] == first


def test_says_the_same_to_unknown_names_and_wrong_passwords(county):
    def sentences(answer) -> list[str]:
        return re.findall(r'role="alert".*?</div>', answer.content.decode(), re.S)

    wrong, unknown = attempt("zhujian", "no"), attempt("no-one-here", "no")
    assert sentences(wrong) == sentences(unknown) != []
    assert "密码" in sentences(wrong)[0]


def test_locks_a_name_after_five_wrong_passwords(county):
    for _attempt in range(5):
        attempt("zhujian", "no")
    refused = attempt("zhujian")
    assert refused.status_code == 200 and "次数" in refused.content.decode()
    assert "_auth_user_id" not in refused.wsgi_request.session


@pytest.mark.django_db(transaction=True)
def test_locks_a_name_out_whatever_process_was_asked(county):
    """Three wrong passwords in a process of its own and two here are five."""
    body = {"username": "zhujian", "password": "no"}
    script = (
        "import django; django.setup(); from django.test import Client\n"
        f"for _ in range(3): print(Client(SERVER_NAME='localhost').post('/api/v1/tokens', {body!r},"
        " content_type='application/json').status_code)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | {"TISU_DATABASE_URL": _address()},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout.split() == ["401"] * 3
    for password in ("no", "no"):
        attempt("zhujian", password, SERVER_NAME="localhost")
    assert "次数" in attempt("zhujian", SERVER_NAME="localhost").content.decode()


def _address() -> str:
    """Of the database that these tests live in."""
    place = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{place['NAME']}"
    host = quote(place["HOST"], safe="")
    return f"postgres://{place['USER']}:{place['PASSWORD']}@{host}:{place['PORT']}/{place['NAME']}"


def test_holds_the_lock_out_in_the_database(county, settings):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_tells_a_locked_person_whom_to_ask(county):
    county.people["zhujian"].is_active = False
    county.people["zhujian"].save()
    assert attempt("zhujian").status_code == 403
    assert attempt("zhujian", "no").status_code == 200


def test_signs_out_only_by_a_form(sign_in):
    page = sign_in("admin")
    assert page.get(LOGOUT).status_code == 200
    assert page.get("/org").status_code == 200
    page.post(LOGOUT)
    assert page.get("/org").status_code == 302


def test_changes_the_password_and_ends_what_was_open_elsewhere(county, sign_in):
    here, elsewhere = sign_in("admin"), sign_in("admin")
    issue_token(county.people["admin"])
    sent = here.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert sent.status_code == 302
    assert here.get("/org").status_code == 200
    assert elsewhere.get("/org").status_code == 302
    assert not ApiToken.objects.exists()
    assert Entry.objects.get().act == "change-password"
    assert attempt("admin", NEW)["Location"] == "/org"


@pytest.mark.parametrize(
    "data",
    [
        {"oldpassword": "no", "password1": NEW, "password2": NEW},
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW + "x"},
        {"oldpassword": PASSWORD, "password1": "short", "password2": "short"},
        {"oldpassword": PASSWORD, "password1": "password123", "password2": "password123"},
    ],
)
def test_keeps_the_password_when_the_new_one_will_not_do(county, sign_in, data):
    assert sign_in("admin").post(CHANGE, data).status_code == 200
    assert attempt("admin").status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "signup/", "email/", "inactive/", "reauthenticate/", "confirm-email/", "password/set/", "password/reset/",
        "password/reset/done/", "login/code/confirm/", "",
    ],
)  # fmt: skip
def test_has_no_other_address(county, sign_in, path):
    assert sign_in("admin").get(f"/accounts/{path}").status_code == 404
    assert Client().get(f"/accounts/{path}").status_code == 404


def _counted() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        return [key for (key,) in cursor]


@pytest.mark.parametrize("address", ["203.0.113.77", "2001:db8:5::77"])
def test_counts_attempts_without_keeping_an_address(county, address):
    attempt("firm", "no", REMOTE_ADDR=address)
    assert any(":ip:" in key for key in _counted())
    assert not any(address in key or "2001:db8:5" in key for key in _counted())


def test_counts_one_address_under_another_digest_every_hour(county, monday):
    attempt("firm", "no")
    counted = set(_counted())
    attempt("firm2", "no")
    assert {key for key in _counted() if ":ip:" in key} <= counted
    with clock.at(monday + timedelta(hours=1)):
        attempt("firm", "no")
    assert (
        len({key.rpartition(":ip:")[2] for key in _counted() if ":login_failed:" in key and ":ip:" in key})
        == 2
    )


def test_still_locks_an_address_out_that_tries_many_names(county):
    for name in "abcdefghij":
        assert "次数" not in attempt(name, "no", REMOTE_ADDR="203.0.113.77").content.decode()
    assert "次数" in attempt("zhujian", REMOTE_ADDR="203.0.113.77").content.decode()
    assert attempt("zhujian", REMOTE_ADDR="203.0.113.78").status_code == 302


def test_forgets_an_attempt_when_its_time_is_over(county):
    attempt("firm", "no")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cache SET expires = '2001-01-01 00:00:00'")
    gone = set(_counted())
    cache.set("another", 1)
    assert gone and not gone & set(_counted())


@pytest.mark.parametrize(
    "path", ["/accounts/%00", "/accounts/login/?next=%00", "/desk?tab=%00", "/org/units/%00"]
)
def test_knows_no_page_whose_address_holds_a_nul(county, sign_in, path):
    for page in (Client(), sign_in("admin")):
        answer = page.get(path)
        assert answer.status_code == 404 and "<html" in answer.content.decode()


def test_takes_a_nul_out_of_what_a_form_sends(county):
    sent = Client().post(LOGIN, {"login": "audi\0tor", "password": PASSWORD})
    assert sent["Location"] == "/ledger"


def test_takes_a_cookie_that_holds_a_nul_for_none(county):
    page = Client()
    page.cookies["sessionid"] = "abcdefgh\0"
    with CaptureQueriesContext(connection) as queries:
        assert page.get("/desk").status_code == 302
    assert "abcdefgh" not in str(queries.captured_queries)
