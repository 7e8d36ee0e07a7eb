"""Accounts that came in by a sheet get their first passwords together: once, logged, and to be changed at once."""

from io import BytesIO

import pytest
from django.test import Client

from tisu.accounts.models import User
from tisu.accounts.services import open_account
from tisu.audit.models import Entry
from tisu.foundation.sheets.opening import opened

pytestmark = pytest.mark.django_db
ADDRESS = "/org/people/first-passwords"


@pytest.fixture
def admin(county) -> Client:
    for n in (1, 2):
        open_account(actor=None, username=f"xin{n}", name=f"示例新{n}")
    client = Client()
    client.force_login(county.people["admin"])
    return client


def given(answer) -> dict[str, str]:
    with opened(BytesIO(answer.content)) as book:
        return {row[1]: row[4] for row in list(book.rows(0))[1:]}


def test_everyone_without_one_gets_one_and_changes_it_first(admin):
    assert "2个账号还没有密码" in admin.get("/org/people").content.decode()
    passwords = given(admin.post(ADDRESS))
    assert sorted(passwords) == ["xin1", "xin2"]
    assert len(set(passwords.values())) == 2
    visitor = Client()
    visitor.post("/accounts/login/", {"login": "xin1", "password": passwords["xin1"]})
    assert visitor.get("/messages")["Location"].startswith("/accounts/password/change/")
    assert User.objects.get(username="xin1").must_change_password


def test_they_are_given_once_and_stand_in_no_ledger(admin):
    passwords = given(admin.post(ADDRESS))
    entry = Entry.objects.get(act="first-passwords")
    assert entry.details["usernames"] == ["xin1", "xin2"]
    assert not any(password in entry.said for password in passwords.values())
    again = admin.post(ADDRESS, follow=True)
    assert "每个账号都有密码" in again.content.decode()
    assert "还没有密码" not in admin.get("/org/people").content.decode()


@pytest.mark.parametrize("name", ["office", "security", "auditor", "zhujian-head", "nobody"])
def test_nobody_else_gets_them(admin, county, name):
    other = Client()
    other.force_login(county.people[name])
    assert other.post(ADDRESS).status_code == 404
    assert admin.get(ADDRESS).status_code == 405
    assert not User.objects.get(username="xin1").has_usable_password()
