"""The security administrator decides who may sign in, and leaves a reason each time."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tisu.accounts.locking import give_first_password
from tisu.accounts.models import ApiToken, PostHolding, User
from tisu.accounts.tokens import issue_token
from tisu.audit.models import Entry
from tisu.orgs.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(county):
    return lambda name: f"/security/{county.people[name].pk}"


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/password/change/").status_code == 200


def test_locks_at_once_whatever_is_open(county, send, sign_in, page):
    open_page = sign_in("zhujian")
    issue_token(county.people["zhujian"])
    assert send("security", page("zhujian"), "lock", reason="离岗").status_code == 302
    assert not is_signed_in(open_page) and not ApiToken.objects.exists()
    entry = Entry.objects.get()
    assert (entry.act, entry.reason) == ("lock-account", "离岗")


def test_unlocks_again(county, send, page):
    send("security", page("zhujian"), "lock", reason="离岗")
    assert send("security", page("zhujian"), "unlock", reason="返岗").status_code == 302
    assert User.objects.get(username="zhujian").is_active


def test_does_not_revive_a_session_by_unlocking(county, send, sign_in, page):
    open_page = sign_in("zhujian")
    send("security", page("zhujian"), "lock", reason="离岗")
    send("security", page("zhujian"), "unlock", reason="返岗")
    assert not is_signed_in(open_page)


def test_asks_for_a_reason(county, send, page):
    assert send("security", page("zhujian"), "lock", reason=" ").status_code == 422
    assert User.objects.get(username="zhujian").is_active and not Entry.objects.exists()


def test_does_not_lock_itself(county, send, page):
    assert send("security", page("security"), "lock", reason="试").status_code == 422
    assert User.objects.get(username="security").is_active


def test_does_not_lock_the_last_system_administrator(county, send, page):
    assert send("security", page("admin"), "lock", reason="试").status_code == 422
    PostHolding.objects.create(
        post=PostHolding.objects.get(post__role=Role.SYSTEM_ADMIN).post,
        user=county.people["nobody"],
        since="2023-01-01",
    )
    assert send("security", page("admin"), "lock", reason="换人").status_code == 302


def test_ends_every_session_and_token_of_one_person(county, send, sign_in, page):
    mine, other = sign_in("zhujian"), sign_in("fagai")
    issue_token(county.people["zhujian"])
    issue_token(county.people["fagai"])
    send("security", page("zhujian"), "end_sessions", reason="手机遗失")
    assert not is_signed_in(mine) and is_signed_in(other)
    assert [token.user.username for token in ApiToken.objects.all()] == ["fagai"]


def test_gives_the_first_password_of_an_account_that_has_none(county, send, page):
    user = county.people["zhujian"]
    user.set_unusable_password()
    user.save()
    shown = send("security", page("zhujian"), "password", reason="新账号启用").content.decode()
    user.refresh_from_db()
    [password] = [
        each for each in re.findall(r"[0-9a-z]{4}(?:-[0-9a-z]{4}){3}", shown) if user.check_password(each)
    ]
    assert user.must_change_password and password not in str(Entry.objects.values())


def test_gives_nobody_alone_another_password_once_there_is_one(county, send, page):
    assert send("security", page("zhujian"), "password", reason="忘记密码").status_code == 404
    with pytest.raises(ValidationError):
        give_first_password(actor=county.people["security"], user=county.people["zhujian"], reason="忘记密码")


def test_lists_accounts_with_posts_and_state(county, send, sign_in, page):
    send("security", page("zhujian"), "lock", reason="离岗")
    listed = sign_in("security").get("/security", {"q": "zhujian"}).content.decode()
    assert "住建局 经办" in listed and "zhujian-head" in listed


def test_offers_no_change_of_posts(county, send, page):
    assert send("security", page("zhujian"), "hold", post=1, since="2023-05-22").status_code == 404
