"""Passwords: ten signs that nobody guesses, none of the last ones, and never one that somebody else has seen."""

import pytest
from django.contrib.auth.password_validation import password_changed, validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from cast import PASSWORD
from tisu.accounts.models import FormerPassword, User
from tisu.accounts.services import add_user

pytestmark = pytest.mark.django_db
LOGIN, CHANGE = "/accounts/login/", "/accounts/password/change/"
NEW = "a-new-horse-and-battery"


@pytest.fixture(autouse=True)
def nobody_is_locked_out(db):
    cache.clear()


@pytest.mark.parametrize("password", ["short-one", "8472910563", "password123", "zhujian123", "13900000001"])
def test_refuses_what_is_short_common_or_like_the_person(county, password):
    county.people["zhujian"].mobile = "13900000001"
    with pytest.raises(ValidationError) as told:
        validate_password(password, county.people["zhujian"])
    assert all(sentence.endswith("。") for sentence in told.value.messages)


@pytest.mark.parametrize("password", ["清风徐来水波不兴月出东山", "correct horse", "k7-m2-q9-x4"])
def test_takes_long_ones_of_any_signs(county, password):
    validate_password(password, county.people["zhujian"])


def test_takes_none_of_the_last_five(county):
    user = county.people["zhujian"]
    for number in range(6):
        user.set_password(f"number-{number}-horse")
        user.save()
    for number in (1, 5):
        with pytest.raises(ValidationError, match="用过"):
            validate_password(f"number-{number}-horse", user)
    validate_password("number-0-horse", user)
    assert FormerPassword.objects.filter(user=user).count() == 5


def test_does_not_take_the_present_one_again(county):
    with pytest.raises(ValidationError, match="用过"):
        validate_password(PASSWORD, county.people["zhujian"])


def test_keeps_no_digest_of_an_account_without_password(county):
    county.people["zhujian"].set_unusable_password()
    password_changed("", county.people["zhujian"])
    assert not FormerPassword.objects.exists()


@pytest.fixture
def newcomer(county):
    """An account that the administrator has just added, signed in with the password that was shown."""
    _user, password = add_user(actor=county.people["admin"], username="newcomer", name="新人")
    page = Client()
    page.post(LOGIN, {"login": "newcomer", "password": password})
    page.first = password
    return page


def test_lets_a_newcomer_do_nothing_before_choosing_one(newcomer):
    for path in ("/desk", "/messages", "/accounts/own", "/accounts/own/app", "/org"):
        assert newcomer.get(path)["Location"] == CHANGE
        assert newcomer.post(path)["Location"] == CHANGE
    assert newcomer.get("/api/v1/matters").status_code == 403
    assert newcomer.get("/desk", headers={"hx-request": "true"})["HX-Redirect"] == CHANGE
    assert newcomer.get("/").status_code == 200
    assert "别人见过" in newcomer.get(CHANGE).content.decode()


def test_opens_everything_once_it_is_chosen(newcomer):
    sent = newcomer.post(CHANGE, {"oldpassword": newcomer.first, "password1": NEW, "password2": NEW})
    assert sent.status_code == 302 and sent["Location"] != CHANGE
    assert newcomer.get("/messages").status_code == 200
    assert not User.objects.get(username="newcomer").must_change_password


def test_does_not_take_the_first_one_again(newcomer):
    same = newcomer.first
    sent = newcomer.post(CHANGE, {"oldpassword": same, "password1": same, "password2": same})
    assert "用过" in sent.content.decode() and newcomer.get("/desk")["Location"] == CHANGE


def test_gives_a_newcomer_no_token(newcomer):
    body = {"username": "newcomer", "password": newcomer.first}
    answer = Client().post("/api/v1/tokens", body, content_type="application/json")
    assert answer.status_code == 403 and "改成自己的密码" in answer.json()["detail"]


def test_lets_a_newcomer_leave(newcomer):
    assert newcomer.post("/accounts/logout/").status_code == 302
    assert newcomer.get("/desk")["Location"].startswith(LOGIN)
