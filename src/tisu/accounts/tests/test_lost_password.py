"""A lost password comes back by two persons, or by text message; nobody alone gets into another one's account."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cast import PASSWORD, afresh
from tisu.accounts import text_codes
from tisu.accounts.factor_acts import add_app
from tisu.accounts.models import PasswordReset, PostHolding, TextCode, User
from tisu.accounts.resets import begin, confirm, confirmers
from tisu.accounts.spent import count_spent, forget_spent
from tisu.accounts.tests.test_second_factor import SECRET, code_of
from tisu.audit.models import Entry
from tisu.foundation.rooms import NotSent, TextSender

pytestmark = pytest.mark.django_db
LOGIN, LOST, CODE = "/accounts/login/", "/accounts/lost", "/accounts/lost/code"
NEW, NUMBER = "a-new-horse-and-battery", "13900000001"


@pytest.fixture(autouse=True)
def nobody_is_locked_out(db):
    cache.clear()


def signs_in(name: str, password: str = NEW) -> bool:
    return Client().post(LOGIN, {"login": name, "password": password}).status_code == 302


def chosen(login: str, code: str, password: str = NEW, again: str | None = None):
    data = {
        "act": "code",
        "login": login,
        "code": code,
        "password1": password,
        "password2": again or password,
    }
    return Client().post(LOST, data)


# --- Two persons -----------------------------------------------------------------------------------------


@pytest.fixture
def begun(county) -> PasswordReset:
    return begin(actor=county.people["security"], user=county.people["zhujian"], reason="忘记密码，本人来访")


@pytest.fixture
def code(county, begun) -> str:
    return confirm(actor=county.people["zhujian-head"], key=begun.pk)


def test_is_begun_by_one_confirmed_by_another_and_used_once(county, send, sign_in, monkeypatch):
    user, said = county.people["zhujian"], []
    monkeypatch.setattr("tisu.accounts.resets.tell", lambda **words: said.append(words))
    open_page = sign_in("zhujian")
    assert send("security", f"/security/{user.pk}", "reset", reason="忘记密码").status_code == 302
    row = PasswordReset.objects.get()
    assert [(words["recipients"], words["url"]) for words in said] == [
        ([county.people["zhujian-head"]], "/resets")
    ]
    head = sign_in("zhujian-head")
    assert "忘记密码" in head.get("/resets").content.decode()
    told = head.post(f"/resets/{row.pk}", {"decision": "confirm"})
    code = "-".join(re.findall(r"<span>([0-9A-Z]{4})</span>", told.content.decode()))
    assert len(code) == 19 and "no-store" in told["Cache-Control"]
    assert chosen("zhujian", code.lower()).status_code == 302
    assert signs_in("zhujian") and not signs_in("zhujian", PASSWORD)
    assert open_page.get("/desk").status_code == 302
    assert chosen("zhujian", code).status_code == 422
    acts = ["begin-reset", "confirm-reset", "use-reset"]
    assert list(Entry.objects.order_by("pk").values_list("act", flat=True)) == acts
    assert code not in str(Entry.objects.values()) and code.replace("-", "") not in str(
        PasswordReset.objects.values()
    )


@pytest.mark.parametrize(
    "name", ["security", "zhujian", "fagai-head", "office", "office-lead", "auditor", "admin", "firm"]
)
def test_is_confirmed_by_nobody_else(county, begun, sign_in, name):
    with pytest.raises(ValidationError):
        confirm(actor=county.people[name], key=begun.pk)
    page = sign_in(name)
    assert page.get("/resets").status_code == 404
    for decision in ("confirm", "refuse"):
        assert page.post(f"/resets/{begun.pk}", {"decision": decision}).status_code == 404
    assert PasswordReset.objects.get().confirmed_by is None


@pytest.mark.parametrize("name", ["admin", "auditor", "zhujian-head", "office-lead", "zhujian", "firm"])
def test_is_begun_by_nobody_else(county, name):
    with pytest.raises(ValidationError):
        begin(actor=county.people[name], user=county.people["zhujian"], reason="试试看看")


def test_is_confirmed_by_a_second_security_administrator_too(county, begun):
    post = PostHolding.objects.get(user=county.people["security"]).post
    PostHolding.objects.create(post=post, user=county.people["nobody"], since="2023-01-01")
    assert confirm(actor=afresh(county.people["nobody"]), key=begun.pk)


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("zhujian-head", {"office-lead"}), ("firm", {"office-lead"}), ("office", {"office-lead"}),
        ("leader", {"office-lead"}), ("auditor", {"admin"}), ("admin", {"auditor"}), ("fagai", {"fagai-head"}),
    ],
)  # fmt: skip
def test_knows_who_may_confirm(county, name, by):
    found = confirmers(county.people[name], but=county.people["security"])
    assert {user.username for user in found} == by


def test_is_begun_by_the_system_administrator_for_the_security_administrator(county, send):
    page = f"/org/people/{county.people['security'].pk}"
    assert send("admin", page, "reset", reason="忘记密码").status_code == 302
    assert confirm(actor=county.people["auditor"], key=PasswordReset.objects.get().pk)
    assert (
        send("admin", f"/org/people/{county.people['zhujian'].pk}", "reset", reason="忘记").status_code == 404
    )


def test_is_not_begun_where_nobody_could_confirm(county):
    PostHolding.objects.filter(user__username__in=["office-lead", "zhujian-head"]).delete()
    with pytest.raises(ValidationError, match="没有人可以确认"):
        begin(actor=county.people["security"], user=county.people["zhujian"], reason="忘记密码")


def test_takes_two_others_in_the_database_too(county, begun):
    for name in ("security", "zhujian"):
        with pytest.raises(IntegrityError), transaction.atomic():
            PasswordReset.objects.update(confirmed_by=county.people[name])


def test_removes_the_second_factors_where_that_was_begun(county, settings):
    settings.MFA_REQUIRED = frozenset({"dept_clerk"})
    add_app(county.people["zhujian"], SECRET)
    row = begin(
        actor=county.people["security"], user=county.people["zhujian"], reason="手机丢失", takes_factors=True
    )
    chosen("zhujian", confirm(actor=county.people["zhujian-head"], key=row.pk))
    assert not Authenticator.objects.exists()
    page = Client()
    page.post(LOGIN, {"login": "zhujian", "password": NEW})
    assert page.get("/desk")["Location"] == "/accounts/own"


def test_keeps_the_second_factors_otherwise(county, code):
    add_app(county.people["zhujian"], SECRET)
    chosen("zhujian", code)
    assert Authenticator.objects.filter(type="totp").exists()


@pytest.mark.parametrize(("began", "confirmed"), [(25, None), (30, 25)])
def test_is_over_after_a_day(county, begun, began, confirmed):
    code = confirm(actor=county.people["zhujian-head"], key=begun.pk) if confirmed else ""
    ago = timezone.now() - timedelta(hours=began)
    PasswordReset.objects.update(begun_at=ago)
    if confirmed:
        PasswordReset.objects.update(confirmed_at=timezone.now() - timedelta(hours=confirmed))
        assert chosen("zhujian", code).status_code == 422
    else:
        with pytest.raises(ValidationError):
            confirm(actor=county.people["zhujian-head"], key=begun.pk)
    assert count_spent() == 1 and forget_spent() and not forget_spent() and not PasswordReset.objects.exists()


@pytest.mark.parametrize("login", ["fagai", "no-one-here", ""])
def test_fits_its_own_account_only(code, login):
    assert chosen(login, code).status_code == 422 and not signs_in("fagai")


@pytest.mark.parametrize(("password", "again"), [("short", None), (PASSWORD, None), (NEW, NEW + "x")])
def test_is_not_used_up_by_a_password_that_will_not_do(code, password, again):
    refused = chosen("zhujian", code, password, again)
    assert refused.status_code == 422 and password not in refused.content.decode()
    assert chosen("zhujian", code).status_code == 302


def test_is_void_when_begun_anew_or_refused(county, begun, code, sign_in):
    again = begin(actor=county.people["security"], user=county.people["zhujian"], reason="又忘记了")
    assert chosen("zhujian", code).status_code == 422
    sign_in("zhujian-head").post(f"/resets/{again.pk}", {"decision": "refuse"})
    assert not PasswordReset.objects.exists() and Entry.objects.filter(act="refuse-reset").exists()


def test_is_confirmed_once(county, begun, code):
    with pytest.raises(ValidationError):
        confirm(actor=county.people["zhujian-head"], key=begun.pk)


def test_opens_no_locked_account(county, code):
    User.objects.filter(username="zhujian").update(is_active=False)
    assert chosen("zhujian", code).status_code == 422


def test_slows_down_who_tries_many_codes(county):
    for _attempt in range(10):
        chosen("zhujian", "x")
    assert "一小时内" in chosen("zhujian", "x").content.decode()


# --- By text message -------------------------------------------------------------------------------------


class Phone:
    """A gateway that keeps what it is given; it can be out of order."""

    def __init__(self) -> None:
        self.got, self.works = [], True

    def send(self, key: str, number: str, text: str) -> None:
        if not self.works:
            raise NotSent("closed")
        self.got.append((number, text))

    def digits(self) -> str:
        while text_codes.send_one_code():
            pass
        return re.search(r"\d{6}", self.got[-1][1])[0] if self.got else ""


@pytest.fixture
def phone(monkeypatch) -> Phone:
    phone = Phone()
    monkeypatch.setattr(text_codes, "declared", lambda what: [TextSender(lambda: True, phone.send)])
    return phone


@pytest.fixture
def numbered(county, phone) -> Phone:
    User.objects.filter(username="zhujian").update(mobile=NUMBER, mobile_confirmed_at=timezone.now())
    return phone


def asked(login: str = "zhujian") -> Client:
    page = Client()
    assert page.post(LOST, {"act": "text", "login": login})["Location"] == CODE
    return page


def typed(page: Client, code: str, password: str = NEW, **more):
    return page.post(CODE, {"code": code, "password1": password, "password2": password} | more)


@pytest.mark.parametrize("login", ["zhujian", "+86 139 0000 0001", "１３９００００００" + "０１"])
def test_comes_back_by_the_digits_on_the_phone(numbered, login):
    page = asked(login)
    done = typed(page, numbered.digits())
    assert done.status_code == 302 and signs_in("zhujian") and not TextCode.objects.exists()
    assert numbered.got[0][0] == NUMBER and Entry.objects.get().act == "reset-by-text"


def test_sends_nothing_to_a_number_that_was_not_confirmed(numbered):
    User.objects.update(mobile_confirmed_at=None)
    asked()
    assert numbered.digits() == ""


def test_answers_the_same_to_unknown_names(numbered, django_assert_num_queries):
    def shown(login: str) -> tuple[str, str]:
        page = asked(login)
        first = page.get(CODE).content.decode()
        wrong = typed(page, "x").content.decode()
        return tuple(re.sub(r'value="[^"]*"', "", html) for html in (first, wrong))

    assert shown("zhujian") == shown("no-one-here") == shown("13900000009")


def test_does_as_much_for_unknown_names(numbered):
    asked("zhujian"), asked("no-one-here")
    assert TextCode.objects.count() == 2
    nobody = TextCode.objects.get(user=None)
    assert nobody.due_at is None and nobody.number == ""


def test_opens_nothing_by_guessing_the_digits_of_nobody(numbered):
    page = asked("no-one-here")
    assert typed(page, TextCode.objects.get().code.open()).status_code == 422


def test_is_void_after_five_wrong_ones(numbered):
    page = asked()
    code = numbered.digits()
    for _attempt in range(5):
        typed(page, "x")
    assert typed(page, code).status_code == 422 and not signs_in("zhujian")


def test_is_over_after_ten_minutes(numbered):
    page = asked()
    code = numbered.digits()
    TextCode.objects.update(until=timezone.now())
    assert typed(page, code).status_code == 422 and forget_spent() and not TextCode.objects.exists()


def test_fits_the_browser_that_asked_alone(numbered):
    asked()
    code = numbered.digits()
    assert Client().post(CODE, {"code": code, "password1": NEW, "password2": NEW})["Location"] == LOST
    assert typed(asked("no-one-here"), code).status_code == 422


def test_is_sent_five_times_a_day_at_the_most(numbered):
    for _time in range(5):
        asked()
    refused = Client().post(LOST, {"act": "text", "login": "zhujian"})
    assert refused.status_code == 422 and "明天" in refused.content.decode()


def test_wants_the_second_factor_too(numbered, county):
    add_app(county.people["zhujian"], SECRET)
    page = asked()
    code = numbered.digits()
    assert typed(page, code).status_code == 422 and typed(page, code, factor="000000").status_code == 422
    assert typed(page, code, factor=code_of(SECRET)).status_code == 302


def test_gives_nothing_back_where_the_factor_that_is_needed_is_not_there(numbered, settings):
    settings.MFA_REQUIRED = frozenset({"dept_clerk"})
    refused = typed(asked(), numbered.digits())
    assert refused.status_code == 422 and "两人" in refused.content.decode() and not signs_in("zhujian")


def test_keeps_the_digits_when_the_password_will_not_do(numbered):
    page = asked()
    code = numbered.digits()
    assert typed(page, code, "short").status_code == 422
    assert typed(page, code).status_code == 302


def test_tries_again_when_the_gateway_is_out_of_order(numbered):
    asked()
    numbered.works = False
    assert text_codes.send_one_code() and not text_codes.send_one_code()
    numbered.works = True
    TextCode.objects.update(due_at=timezone.now())
    assert numbered.digits() and not text_codes.due_codes().exists()


def test_is_not_offered_without_a_gateway(county):
    page = Client()
    assert "短信找回" not in page.get(LOST).content.decode()
    assert page.post(LOST, {"act": "text", "login": "zhujian"}).status_code == 200
    assert not TextCode.objects.exists()


# --- One's own number ------------------------------------------------------------------------------------


def test_confirms_ones_own_number_by_the_digits_sent_there(phone, sign_in, county):
    page = sign_in("zhujian")
    assert page.post("/accounts/own/mobile", {"mobile": "139 0000 0001"}).status_code == 302
    assert page.post("/accounts/own/mobile/code", {"code": "x"}).status_code == 422
    assert page.post("/accounts/own/mobile/code", {"code": phone.digits()}).status_code == 302
    user = User.objects.get(username="zhujian")
    assert user.mobile == NUMBER and user.mobile_confirmed_at
    assert NUMBER not in str(Entry.objects.values())


def test_tells_of_another_ones_number_only_who_has_that_phone(numbered, sign_in):
    page = sign_in("fagai")
    assert page.post("/accounts/own/mobile", {"mobile": NUMBER}).status_code == 302
    told = page.post("/accounts/own/mobile/code", {"code": numbered.digits()})
    assert told.status_code == 422 and "另一个账号" in told.content.decode()
    assert User.objects.get(mobile=NUMBER).username == "zhujian"


def test_confirms_nothing_without_a_gateway(sign_in):
    page = sign_in("zhujian")
    assert "系统管理员" in page.get("/accounts/own/mobile").content.decode()
    page.post("/accounts/own/mobile", {"mobile": NUMBER})
    assert not TextCode.objects.exists()
