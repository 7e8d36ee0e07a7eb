"""Accounts of other houses (DingTalk, WeChat, Feishu, OpenID Connect) that stand for an account here.

Nobody signs up with one. The person links it, signed in; or a server that is declared to be believed names the mobile
number that its owner has confirmed here. A second factor is asked for as after a password.
"""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.mobile import as_mobile
from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record

LABELS = {
    "dingtalk": gettext_lazy("DingTalk"),
    "weixin": gettext_lazy("WeChat"),
    "feishu": gettext_lazy("Feishu"),
    "oidc": gettext_lazy("Unified sign-in"),
}


def ways() -> list[dict[str, Any]]:
    """What is switched on here, as pages show it."""
    return [
        {"code": code, "label": label_of(code)} for code in LABELS if code in settings.SOCIALACCOUNT_PROVIDERS
    ]


def label_of(code: str) -> str:
    app = next(iter(settings.SOCIALACCOUNT_PROVIDERS.get(code, {}).get("APPS", [])), {})
    return app.get("name") or str(LABELS.get(code, code))


def linked_to(user: User):
    return SocialAccount.objects.filter(user=user).order_by("date_joined")


@transaction.atomic
def unlink(user: User, key: int) -> bool:
    row = linked_to(user).filter(pk=key).first()
    if row is None:
        return False
    row.delete()
    _record(user, "unlink-account", row.provider)
    return True


class LinkAdapter(DefaultSocialAccountAdapter):
    """allauth's hooks: apps from the environment alone, nobody signs up, faults in a sentence."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None):
        return [
            SocialApp(provider=code, **app)
            for code, given in settings.SOCIALACCOUNT_PROVIDERS.items()
            for app in given.get("APPS", [])
            if provider in (None, code) and client_id in (None, app["client_id"])
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict) -> User:
        """The other house's word on names and addresses is not taken over."""
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        sociallogin.email_addresses = []
        code = sociallogin.account.provider
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            if not sociallogin.is_existing and request.user.is_authenticated:
                _record(request.user, "link-account", code)
        elif not sociallogin.is_existing and not link_by_mobile(request, sociallogin):
            raise ImmediateHttpResponse(unlinked(request, code))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        return reverse("mfa_index")

    def on_authentication_error(self, request: HttpRequest, provider: Any, **more: Any) -> None:
        raise ImmediateHttpResponse(failed(request, provider.sub_id))


def link_by_mobile(request: HttpRequest, sociallogin: SocialLogin) -> bool:
    """Only where the server is declared to be believed, and the number was confirmed here by its owner."""
    app = sociallogin.provider.app
    claim = (app.settings or {}).get("mobile_claim") if app else ""
    told = sociallogin.account.extra_data
    if not claim or told.get(f"{claim}_verified") is False:
        return False
    number = as_mobile(str(told.get(claim, "")))
    found = (
        User.objects.filter(mobile=number, mobile_confirmed_at__isnull=False, is_active=True)
        if number
        else []
    )
    for user in found:
        sociallogin.connect(request, user)
        _record(user, "link-account", sociallogin.account.provider)
        return True
    return False


def unlinked(request: HttpRequest, code: str) -> HttpResponse:
    sentence = _(
        "This %(house)s account is linked with no account here. Sign in with your user name first, and link it under "
        "“How I sign in”."
    )
    return _said(request, code, sentence)


def failed(request: HttpRequest, code: str) -> HttpResponse:
    sentence = _(
        "Signing in with %(house)s did not work, or was broken off. Try again, or sign in with your user name."
    )
    return _said(request, code, sentence)


def _said(request: HttpRequest, code: str, sentence: str) -> HttpResponse:
    context = {"sentence": sentence % {"house": label_of(code)}}
    return render(request, "accounts/not_linked.html", context, status=403)


def keep_nothing(sender: type, instance: SocialAccount, **kwargs: Any) -> None:
    """Names, pictures and numbers that the other house tells are used for this moment and not kept."""
    instance.extra_data = {}


def _record(user: User, act: str, code: str) -> None:
    record(act=act, about=user.username, actor=user, signed=standing_of(user).label, house=code)
