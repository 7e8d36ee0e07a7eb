"""A mobile number is a second name to sign in with; it is typed in many ways and kept in one."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from cast import PASSWORD
from tisu.accounts.mobile import MobileField, as_mobile
from tisu.accounts.models import User
from tisu.accounts.services import add_user, set_mobile
from tisu.audit.models import Entry

pytestmark = pytest.mark.django_db
LOGIN, NUMBER = "/accounts/login/", "13900000001"


@pytest.fixture(autouse=True)
def nobody_is_locked_out(db):
    cache.clear()


@pytest.fixture
def numbered(county):
    return set_mobile(actor=county.people["admin"], user=county.people["zhujian"], mobile=NUMBER)


def attempt(name: str, password: str = PASSWORD):
    return Client().post(LOGIN, {"login": name, "password": password})


@pytest.mark.parametrize(
    "typed",
    [
        "13900000001", " 139 0000 0001 ", "139-0000-0001", "+8613900000001", "+86 139 0000 0001", "008613900000001",
        "１３９０００００００１", "＋８６１３９０００００００１", "(139)00000001",
    ],
)  # fmt: skip
def test_reads_a_number_however_it_is_typed(typed):
    assert as_mobile(typed) == NUMBER and MobileField().clean(typed) == NUMBER


@pytest.mark.parametrize(
    "typed", ["12900000001", "1390000000", "139000000011", "abc", "٠١٢٣٤٥٦٧٨٩٠", "86139", "1390000000x"]
)
def test_says_what_is_no_number(typed):
    with pytest.raises(ValidationError, match="11位"):
        MobileField().clean(typed)


@pytest.mark.parametrize("typed", [NUMBER, "＋８６ １３９ ００００ ０００１", "zhujian"])
def test_signs_in_by_either_name(numbered, typed):
    assert attempt(typed).status_code == 302


def test_answers_an_unknown_number_like_a_wrong_password(numbered):
    def told(answer) -> str:
        return answer.content.decode().partition('role="alert"')[2].partition("</div>")[0]

    answers = {
        told(attempt(NUMBER, "no")),
        told(attempt("13900000009", "no")),
        told(attempt("zhujian", "no")),
    }
    assert len(answers) == 1 and answers != {""}


def test_hashes_a_password_for_an_unknown_number_too(numbered, monkeypatch):
    """What takes long takes equally long."""
    asked = []
    real = User.set_password
    monkeypatch.setattr(User, "set_password", lambda self, raw: asked.append(raw) or real(self, raw))
    attempt("13900000009", "no")
    assert asked == ["no"]


def test_counts_attempts_at_both_names_together(numbered):
    for typed in (NUMBER, "zhujian", "+86" + NUMBER, "zhujian", NUMBER):
        attempt(typed, "no")
    assert "次数" in attempt("zhujian").content.decode() and "次数" in attempt(NUMBER).content.decode()


def test_gets_a_token_by_number(numbered):
    body = {"username": NUMBER, "password": PASSWORD}
    assert Client().post("/api/v1/tokens", body, content_type="application/json").status_code == 200


def test_is_given_with_the_account_or_later(county, send):
    shown = send(
        "admin", "/org/people", "add", username="new", name="新人", mobile="１３９ ００００ ０００２"
    )
    assert User.objects.get(username="new").mobile == "13900000002" and shown.status_code == 200
    page = f"/org/people/{county.people['fagai'].pk}"
    assert send("admin", page, "mobile", mobile=NUMBER).status_code == 302
    assert send("admin", page, "mobile", mobile="").status_code == 302
    county.people["fagai"].refresh_from_db()
    assert county.people["fagai"].mobile is None
    assert NUMBER not in str(Entry.objects.values())


def test_belongs_to_one_account(county, numbered, send):
    refused = send("admin", f"/org/people/{county.people['fagai'].pk}", "mobile", mobile=NUMBER)
    assert (
        refused.status_code == 422
        and "另一个账号" in refused.content.decode()
        and NUMBER in refused.content.decode()
    )


def test_is_no_user_name(county):
    with pytest.raises(ValidationError, match="手机号"):
        add_user(actor=county.people["admin"], username=NUMBER, name="新人")


def test_finds_people_by_their_whole_number_only(numbered, sign_in):
    page = sign_in("admin")
    assert "示例·zhujian" in page.get("/org/people", {"q": "+86 139 0000 0001"}).content.decode()
    assert "示例·zhujian" not in page.get("/org/people", {"q": "13900000009"}).content.decode()
    assert "示例·zhujian" not in page.get("/org/people", {"q": "1390"}).content.decode()


def test_loses_its_confirmation_when_somebody_else_changes_it(county, numbered, monday):
    User.objects.filter(pk=numbered.pk).update(mobile_confirmed_at=monday)
    set_mobile(actor=county.people["admin"], user=numbered, mobile="13900000003")
    numbered.refresh_from_db()
    assert numbered.mobile_confirmed_at is None
