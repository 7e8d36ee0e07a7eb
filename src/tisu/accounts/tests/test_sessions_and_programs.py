"""A person sees where they are signed in and which programs act for them, and ends what they like; nobody else does."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from cast import PASSWORD
from tisu.accounts.models import ApiToken, OpenSession
from tisu.accounts.sessions import SessionStore, device_of, kept_as
from tisu.accounts.spent import forget_spent
from tisu.accounts.tokens import bearer, issue_token
from tisu.audit.models import Entry

pytestmark = pytest.mark.django_db
LOGIN, OWN, END, NEW_TOKEN = (
    "/accounts/login/",
    "/accounts/own",
    "/accounts/own/sessions/end",
    "/accounts/own/tokens/new",
)
PHONE = "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"
COMPUTER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/109 Safari/537.36"


@pytest.fixture(autouse=True)
def nobody_is_locked_out(db):
    cache.clear()


def signed_in(name: str, agent: str = COMPUTER, address: str = "203.0.113.7") -> Client:
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    assert client.post(LOGIN, {"login": name, "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(OWN).status_code == 200


def row_of(client: Client) -> OpenSession:
    return OpenSession.objects.get(pk=kept_as(client.session.session_key))


# --- What is kept ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (PHONE, "phone"), (COMPUTER, "computer"), ("curl/8", "other"), ("", "other"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0", "phone"),
        ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)", "tablet"),
        ("Mozilla/5.0 (Linux; Android 13; SM-X700) Safari/537.36", "tablet"),
        ("Mozilla/5.0 (X11; Linux aarch64) UOS", "computer"), ("x" * 5000, "other"),
    ],
)  # fmt: skip
def test_says_in_plain_words_what_it_was(agent, device):
    assert device_of(agent) == device


def test_keeps_of_a_browser_the_sort_of_device_alone(county):
    row = row_of(signed_in("zhujian", PHONE))
    kept = f"{row.device} {SessionStore().decode(row.session_data)}"
    assert row.device == "phone" and "Android" not in kept and "Mozilla" not in kept


def test_keeps_the_address_of_staff_and_of_nobody_else(county):
    assert row_of(signed_in("zhujian")).address == "203.0.113.7"
    for name in ("firm", "nobody"):
        row = row_of(signed_in(name, address="203.0.113.9"))
        assert row.address is None and "203.0.113.9" not in str(SessionStore().decode(row.session_data))


def test_keeps_nothing_of_a_stranger(county):
    stranger = Client(REMOTE_ADDR="203.0.113.8")
    stranger.get("/accounts/login/passkey/", headers={"accept": "application/json"})
    row = row_of(stranger)
    assert (row.user, row.device, row.address, row.signed_in_at) == (None, "", None, None)


def test_keeps_no_key_that_opens_anything(county):
    client = signed_in("zhujian")
    key = client.session.session_key
    assert key not in str(OpenSession.objects.values())
    thief = Client()
    thief.cookies["sessionid"] = row_of(client).pk
    assert not is_in(thief)


# --- When it ends ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("quiet", "left"), [(timedelta(minutes=119), True), (timedelta(minutes=121), False)])
def test_ends_when_nothing_was_asked_for_two_hours(county, quiet, left):
    client = signed_in("zhujian")
    row = row_of(client)
    OpenSession.objects.filter(pk=row.pk).update(expire_date=row.expire_date - quiet)
    assert is_in(client) is left


def test_ends_twelve_hours_after_signing_in_however_busy(county):
    client = signed_in("zhujian")
    row = row_of(client)
    long_ago = timezone.now() - timedelta(hours=11, minutes=50)
    OpenSession.objects.filter(pk=row.pk).update(signed_in_at=long_ago, last_seen_at=long_ago)
    assert is_in(client)
    row.refresh_from_db()
    assert row.expire_date == long_ago + timedelta(hours=12)


def test_notes_when_somebody_was_last_there_once_in_five_minutes(county, django_assert_num_queries):
    client = signed_in("zhujian")
    before = row_of(client).last_seen_at
    is_in(client)
    assert row_of(client).last_seen_at == before
    OpenSession.objects.update(last_seen_at=before - timedelta(minutes=6))
    is_in(client)
    assert row_of(client).last_seen_at > before


def test_shows_the_page_when_that_cannot_be_noted(county, monkeypatch):
    client = signed_in("zhujian")
    OpenSession.objects.update(last_seen_at=timezone.now() - timedelta(minutes=6))

    def busy(self, **values):
        raise OperationalError("database is locked")

    monkeypatch.setattr("tisu.accounts.open_sessions.OpenSessionQuerySet.update", busy)
    assert is_in(client)


def test_is_forgotten_by_the_worker(county):
    gone, there = signed_in("zhujian"), signed_in("fagai")
    OpenSession.objects.filter(pk=row_of(gone).pk).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert forget_spent() and not forget_spent()
    assert is_in(there) and not is_in(gone)


# --- One's own -------------------------------------------------------------------------------------------


def test_lists_where_one_is_signed_in(county):
    here = signed_in("zhujian")
    signed_in("zhujian", PHONE, "203.0.113.99")
    signed_in("fagai", PHONE, "203.0.113.55")
    page = here.get(OWN).content.decode()
    assert "手机浏览器" in page and "203.0.113.99" in page and "203.0.113.55" not in page


def test_ends_one_session(county):
    here, elsewhere = signed_in("zhujian"), signed_in("zhujian", PHONE)
    assert here.post(END, {"session": row_of(elsewhere).pk}).status_code == 302
    assert is_in(here) and not is_in(elsewhere)
    assert Entry.objects.get().act == "end-session"


def test_ends_all_others(county):
    here, elsewhere, other = signed_in("zhujian"), signed_in("zhujian", PHONE), signed_in("fagai")
    here.post(END, {"session": "others"})
    assert is_in(here) and not is_in(elsewhere) and is_in(other)


@pytest.mark.parametrize("sent", [{}, {"session": ""}, {"session": "x" * 4000}, {"session": "\0"}])
def test_says_that_what_is_not_there_had_ended(county, sent):
    here = signed_in("zhujian")
    assert "已经结束" in here.post(END, sent, follow=True).content.decode() and is_in(here)


def test_signs_out_one_browser_alone(county):
    here, elsewhere = signed_in("zhujian"), signed_in("zhujian", PHONE)
    here.post("/accounts/logout/")
    assert not is_in(here) and is_in(elsewhere)
    assert OpenSession.objects.filter(user=county.people["zhujian"]).count() == 1


def test_leaves_no_row_of_what_a_new_password_ended(county):
    here = signed_in("zhujian")
    signed_in("zhujian", PHONE)
    new = "a-new-horse-and-battery"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_in(here) and OpenSession.objects.filter(user=county.people["zhujian"]).count() == 1


# --- Programs --------------------------------------------------------------------------------------------


def made(client: Client, **data) -> str:
    answer = client.post(NEW_TOKEN, {"name": "报表程序", "days": "90"} | data)
    shown = re.search(r'id="token">([\w-]+)<', answer.content.decode())
    return shown[1] if shown else ""


def test_makes_a_token_that_is_shown_once_and_works(county, sign_in):
    page = sign_in("zhujian")
    token = made(page)
    answer = Client().get("/api/v1/matters", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    listed = page.get(OWN).content.decode()
    assert "报表程序" in listed and token not in listed
    assert Entry.objects.get().act == "make-token" and token not in str(Entry.objects.values())


@pytest.mark.parametrize(
    "data", [{"name": ""}, {"name": "x" * 41}, {"days": "0"}, {"days": "36500"}, {"days": ""}]
)
def test_makes_no_token_without_name_and_end(county, sign_in, data):
    assert made(sign_in("zhujian"), **data) == "" and not ApiToken.objects.exists()


def test_makes_twenty_tokens_at_the_most(county, sign_in):
    for _number in range(20):
        issue_token(county.people["zhujian"])
    assert made(sign_in("zhujian")) == ""


def test_asks_who_it_is_before_it_makes_a_token(county, sign_in):
    page = sign_in("zhujian", proved=False)
    assert page.get(NEW_TOKEN)["Location"].startswith("/accounts/proof/password")
    assert page.post(NEW_TOKEN, {"name": "x", "days": "30"})["Location"].startswith(
        "/accounts/proof/password"
    )
    assert not ApiToken.objects.exists()


def test_ends_a_token(county, sign_in):
    token = issue_token(county.people["zhujian"], name="报表程序")
    row = ApiToken.objects.get()
    sign_in("zhujian").post(f"/accounts/own/tokens/{row.pk}/end")
    assert bearer(token) is None and Entry.objects.get().act == "end-token"


def test_notes_when_a_token_was_last_used(county):
    token = issue_token(county.people["zhujian"])
    ApiToken.objects.update(last_used_at=timezone.now() - timedelta(days=3))
    bearer(token)
    assert timezone.now() - ApiToken.objects.get().last_used_at < timedelta(minutes=1)


# --- Nobody else's ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("other", ["zhujian-head", "fagai", "admin", "auditor", "office-lead", "firm"])
def test_lets_nobody_else_end_them(county, sign_in, other):
    victim = signed_in("zhujian")
    token = issue_token(county.people["zhujian"])
    stranger = sign_in(other)
    stranger.post(END, {"session": row_of(victim).pk})
    stranger.post(f"/accounts/own/tokens/{ApiToken.objects.get().pk}/end")
    assert is_in(victim) and bearer(token)


def test_lets_the_security_administrator_end_one_for_a_reason(county, send):
    lost, kept = signed_in("zhujian", PHONE), signed_in("zhujian")
    token = issue_token(county.people["zhujian"], name="报表程序")
    page = f"/security/{county.people['zhujian'].pk}"
    assert send("security", page, "end_one", what=f"session:{row_of(lost).pk}", reason="").status_code == 422
    assert (
        send("security", page, "end_one", what=f"session:{row_of(lost).pk}", reason="手机遗失").status_code
        == 302
    )
    assert is_in(kept) and not is_in(lost)
    send("security", page, "end_one", what=f"token:{ApiToken.objects.get().pk}", reason="程序停用")
    assert bearer(token) is None
    assert {entry.act for entry in Entry.objects.all()} == {"end-session", "end-token"}


def test_offers_nothing_of_anyone_else_on_that_page(county, send):
    other = signed_in("fagai")
    signed_in("zhujian")
    page = f"/security/{county.people['zhujian'].pk}"
    assert (
        send("security", page, "end_one", what=f"session:{row_of(other).pk}", reason="试试").status_code
        == 422
    )
    assert is_in(other)
