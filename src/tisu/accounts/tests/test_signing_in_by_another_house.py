"""DingTalk, WeChat, Feishu and OpenID Connect: there when the environment says so, linked to an account, never one more.

OpenID Connect is tried against a real server that the test runs on this machine.
"""

import copy
import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.socialaccount.providers.dingtalk.views import DingTalkOAuth2Adapter
from allauth.socialaccount.providers.feishu.views import FeishuOAuth2Adapter
from allauth.socialaccount.providers.weixin.views import WeixinOAuth2Adapter
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from environs import Env
from oidc_provider_mock import User as There
from oidc_provider_mock import run_server_in_thread

from tisu.accounts.factor_acts import add_app
from tisu.accounts.models import User
from tisu.accounts.provider import OidcAdapter
from tisu.accounts.tests.test_second_factor import SECRET, code_of
from tisu.audit.models import Entry
from tisu.foundation.identities import read_identities

# The server that is played with warns of its own libraries.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
GO, LINK, BACK, OWN = "/accounts/by/oidc", "/accounts/by/oidc/link", "/accounts/by/oidc/back", "/accounts/own"
PLATFORMS = {
    "dingtalk": (DingTalkOAuth2Adapter, "https://login.dingtalk.com/oauth2/auth", "client_id"),
    "weixin": (WeixinOAuth2Adapter, "https://open.weixin.qq.com/connect/qrconnect", "appid"),
    "feishu": (FeishuOAuth2Adapter, "https://open.feishu.cn/open-apis/authen/v1/index", "app_id"),
}


@pytest.fixture(autouse=True)
def nobody_is_locked_out(db):
    cache.clear()


@pytest.fixture(scope="module")
def server():
    claims = {"name": "示例人", "email": "example@example.cn", "phone_number": "+86 13900000001"}
    with run_server_in_thread(require_nonce=True, user_claims=[There(sub="z-1", claims=claims)]) as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture
def oidc(settings, server):
    """Switched on, as the environment would."""
    app = {"client_id": "tisu", "secret": "s3cret", "key": "", "provider_id": "oidc", "name": "全省统一认证"}
    app["settings"] = {"server_url": server, "oauth_pkce_enabled": True, "mobile_claim": ""}
    settings.SOCIALACCOUNT_PROVIDERS = {"oidc": {"APPS": [app]}}
    return app


def left_to(page: Client, path: str = GO, **data) -> str:
    """Where the page leads on to."""
    html = page.post(path, data).content.decode()
    return re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', html)[1].replace("&amp;", "&")


def consent(address: str, sub: str = "z-1") -> str:
    """What a person does over there; where they are sent back to."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    there = urlsplit(answer.headers["Location"])
    assert there.path == BACK
    return f"{there.path}?{there.query}"


def round_trip(page: Client, path: str = GO, sub: str = "z-1", **data):
    return page.get(consent(left_to(page, path, **data), sub))


@pytest.fixture
def linked(oidc, sign_in):
    page = sign_in("zhujian")
    assert round_trip(page, LINK)["Location"] == OWN
    return SocialAccount.objects.get()


def is_in(page: Client) -> bool:
    return page.get(OWN).status_code == 200


# --- Switched on -----------------------------------------------------------------------------------------


def test_is_not_there_unless_it_is_switched_on(county, sign_in):
    page = sign_in("zhujian")
    for house in ("oidc", *PLATFORMS, "github", "saml"):
        assert Client().post(f"/accounts/by/{house}").status_code == 404
        assert page.post(f"/accounts/by/{house}/link").status_code == 404
    for house in ("oidc", *PLATFORMS):
        assert Client().get(f"/accounts/by/{house}/back?code=x&state=y").status_code == 404
    assert "关联账号" not in page.get(OWN).content.decode()


def test_is_switched_on_by_client_and_secret_in_the_environment(monkeypatch):
    assert read_identities(Env()) == {}
    monkeypatch.setenv("TISU_DINGTALK_CLIENT", "ding")
    assert read_identities(Env()) == {}
    monkeypatch.setenv("TISU_DINGTALK_SECRET", "s")
    monkeypatch.setenv("TISU_OIDC_URL", "https://id.example.gov.cn")
    assert set(read_identities(Env())) == {"dingtalk"}
    monkeypatch.setenv("TISU_OIDC_CLIENT", "tisu")
    monkeypatch.setenv("TISU_OIDC_SECRET", "s")
    [app] = read_identities(Env())["oidc"]["APPS"]
    assert (
        app["settings"]["oauth_pkce_enabled"] and app["settings"]["server_url"] == "https://id.example.gov.cn"
    )


# --- OpenID Connect --------------------------------------------------------------------------------------


def test_asks_with_state_nonce_and_a_challenge(oidc):
    asked = parse_qs(urlsplit(left_to(Client())).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["scope"] == ["openid"]
    assert len(asked["state"][0]) >= 24 and len(asked["nonce"][0]) == 64 and asked["code_challenge"]
    assert asked["redirect_uri"] == [f"http://testserver{BACK}"]


def test_links_and_then_signs_in(linked, county):
    assert linked.user == county.people["zhujian"] and linked.uid == "z-1"
    page = Client()
    assert round_trip(page, next="/messages")["Location"] == "/messages" and is_in(page)
    assert Entry.objects.get().act == "link-account"


def test_keeps_nothing_of_what_the_other_house_tells(linked, county):
    round_trip(Client())
    linked.refresh_from_db()
    assert linked.extra_data == {} and not SocialToken.objects.exists() and not EmailAddress.objects.exists()
    county.people["zhujian"].refresh_from_db()
    assert county.people["zhujian"].name == "示例·zhujian"


def test_tells_whoever_is_not_linked_what_to_do(oidc, county):
    page, people = Client(), User.objects.count()
    answer = round_trip(page, sub="stranger")
    assert answer.status_code == 403 and "登录与安全" in answer.content.decode()
    assert not is_in(page) and User.objects.count() == people and not SocialAccount.objects.exists()


def test_asks_for_the_second_factor_as_after_a_password(linked, county):
    add_app(county.people["zhujian"], SECRET)
    page = Client()
    assert round_trip(page)["Location"] == "/accounts/login/second/" and not is_in(page)
    page.post("/accounts/login/second/", {"code": code_of(SECRET)})
    assert is_in(page)


def test_opens_no_locked_account(linked):
    User.objects.update(is_active=False)
    page = Client()
    assert round_trip(page).status_code == 403 and not is_in(page)


def test_leads_nowhere_outside(linked):
    assert round_trip(Client(), next="https://example.org/")["Location"].startswith("/")


@pytest.mark.parametrize("change", ["state", "code"])
def test_takes_no_other_state_or_code(linked, change):
    page = Client()
    back = consent(left_to(page))
    assert page.get(re.sub(rf"\b{change}=[^&]+", f"{change}=made-up", back)).status_code == 403 and not is_in(
        page
    )


def test_takes_an_answer_once_and_in_the_browser_that_asked(linked):
    page, thief = Client(), Client()
    back = consent(left_to(page))
    assert thief.get(back).status_code == 403 and not is_in(thief)
    assert page.get(back).status_code == 302
    page.post("/accounts/logout/")
    assert page.get(back).status_code == 403 and not is_in(page)


def test_takes_no_code_under_the_state_of_another_round(linked):
    """A code that was caught elsewhere: the challenge and the nonce are of another round."""
    victim, page = Client(), Client()
    caught = parse_qs(urlsplit(consent(left_to(victim))).query)["code"][0]
    own = consent(left_to(page))
    assert page.get(re.sub(r"\bcode=[^&]+", f"code={caught}", own)).status_code == 403 and not is_in(page)


@pytest.mark.parametrize("wrong", ["issuer", "audience", "nonce"])
def test_takes_no_token_of_another_issuer_audience_or_nonce(linked, monkeypatch, wrong):
    page = Client()
    back = consent(left_to(page))
    if wrong == "issuer":
        real = OidcAdapter.openid_config.fget
        monkeypatch.setattr(
            OidcAdapter, "openid_config", property(lambda self: {**real(self), "issuer": "http://other"})
        )
    elif wrong == "nonce":
        monkeypatch.setattr("tisu.accounts.provider.nonce_of", lambda state: "another")
    else:
        real = OidcAdapter._claims
        monkeypatch.setattr(OidcAdapter, "_claims", lambda self, app, token: real(self, _renamed(app), token))
    assert page.get(back).status_code == 403 and not is_in(page)


def _renamed(app):
    app.client_id = "another-client"
    return app


@pytest.mark.parametrize(
    "query", ["", "?error=access_denied&state=x", "?code=x", "?state=x", "?code=x&state=x", "?state=%FF"]
)
def test_refuses_what_was_made_up_in_a_sentence(oidc, query):
    answer = Client().get(BACK + query)
    assert answer.status_code == 403 and "没有完成" in answer.content.decode()


def test_says_so_when_the_server_is_not_there(oidc, settings):
    oidc["settings"]["server_url"] = "http://localhost:9"
    assert Client().post(GO).status_code == 403


def test_is_linked_by_a_confirmed_number_only_where_that_is_declared(oidc, county):
    User.objects.filter(username="fagai").update(mobile="13900000001", mobile_confirmed_at=timezone.now())
    assert round_trip(Client()).status_code == 403
    oidc["settings"]["mobile_claim"] = "phone_number"
    page = Client()
    assert round_trip(page).status_code == 302 and is_in(page)
    assert (
        SocialAccount.objects.get().user == county.people["fagai"]
        and SocialAccount.objects.get().extra_data == {}
    )


def test_is_not_linked_by_a_number_that_nobody_confirmed(oidc, county):
    oidc["settings"]["mobile_claim"] = "phone_number"
    User.objects.filter(username="fagai").update(mobile="13900000001")
    assert round_trip(Client()).status_code == 403


def test_takes_no_link_from_another_account(linked, sign_in, county):
    assert round_trip(sign_in("fagai"), LINK).status_code == 302
    assert SocialAccount.objects.get().user == county.people["zhujian"]


def test_asks_who_it_is_before_it_links_or_unlinks(oidc, sign_in):
    page = sign_in("zhujian", proved=False)
    assert page.post(LINK)["Location"].startswith("/accounts/proof/password")


def test_is_unlinked_by_its_owner_alone(linked, sign_in):
    assert sign_in("fagai").post(f"/accounts/own/linked/{linked.pk}/cut").status_code == 404
    assert sign_in("zhujian").post(f"/accounts/own/linked/{linked.pk}/cut").status_code == 302
    assert not SocialAccount.objects.exists()
    assert [entry.act for entry in Entry.objects.order_by("pk")] == ["link-account", "unlink-account"]


# --- DingTalk, WeChat, Feishu: the right door, and what comes back through it -------------------------------------


@pytest.fixture
def switched_on(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {
        house: {"APPS": [{"client_id": f"{house}-id", "secret": "s", "key": ""}]} for house in PLATFORMS
    }


@pytest.mark.parametrize("house", PLATFORMS)
def test_leads_to_the_right_door_with_state(switched_on, house):
    _adapter, door, client = PLATFORMS[house]
    address = left_to(Client(), f"/accounts/by/{house}")
    asked = parse_qs(urlsplit(address).query)
    assert address.startswith(f"{door}?") and asked[client] == [f"{house}-id"] and asked["state"]
    assert asked["redirect_uri"] == [f"http://testserver/accounts/by/{house}/back"]


@pytest.mark.parametrize(
    ("house", "token", "profile", "code"),
    [
        (
            "dingtalk",
            {"accessToken": "t", "refreshToken": "r", "expireIn": 7200},
            {"openId": "u-1", "unionId": "u-1", "nick": "示例"},
            "authCode",
        ),
        (
            "weixin",
            {"access_token": "t", "openid": "u-1", "unionid": "u-1"},
            {"openid": "u-1", "unionid": "u-1"},
            "code",
        ),
        (
            "feishu",
            {"code": 0, "data": {"access_token": "t", "expires_in": 7200}, "app_access_token": "a"},
            {"code": 0, "data": {"open_id": "u-1", "name": "示例"}},
            "code",
        ),
    ],
)
def test_links_and_signs_in_with_what_the_platform_answers(
    switched_on, sign_in, monkeypatch, house, token, profile, code
):
    """Their servers are played: what they answer is written in their manuals."""

    class Answer:
        def __init__(self, body: dict) -> None:
            self.body, self.status_code, self.text, self.headers = (
                body,
                200,
                "",
                {"content-type": "application/json"},
            )
            self.content = b""

        def json(self) -> dict:
            return copy.deepcopy(self.body)

        def raise_for_status(self) -> None:
            pass

    def play(self, method: str, address: str, **more):
        known = ("userAccessToken", "access_token")
        return Answer(token if any(word in address for word in known) else profile)

    monkeypatch.setattr(requests.Session, "request", play)
    page = sign_in("zhujian")
    for client, path in ((page, f"/accounts/by/{house}/link"), (Client(), f"/accounts/by/{house}")):
        state = parse_qs(urlsplit(left_to(client, path)).query)["state"][0]
        assert client.get(f"/accounts/by/{house}/back?{code}=c&state={state}").status_code == 302
        assert is_in(client)
    assert SocialAccount.objects.get().extra_data == {}
