"""Going to another house to sign in or to link its account, and coming back."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.dingtalk.views import DingTalkOAuth2Adapter
from allauth.socialaccount.providers.feishu.views import FeishuOAuth2Adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.weixin.views import WeixinOAuth2Adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from tisu.accounts.linked import failed, label_of, unlink
from tisu.accounts.provider import OidcAdapter

OWN = "mfa_index"
ADAPTERS = {
    "dingtalk": DingTalkOAuth2Adapter,
    "weixin": WeixinOAuth2Adapter,
    "feishu": FeishuOAuth2Adapter,
}
# What libraries raise over an answer of another house that is not what it should be.
UNREADABLE = (OAuth2Error, RequestException, KeyError, ValueError, TypeError, AttributeError)


@never_cache
@require_POST
def go(request: HttpRequest, house: str) -> HttpResponse:
    """To sign in with its account."""
    return _leave(request, house, AuthProcess.LOGIN, next_url=_wanted(request))


@never_cache
@require_POST
@reauthentication_required(app="allauth.socialaccount")
def link(request: HttpRequest, house: str) -> HttpResponse:
    """To link its account with one's own."""
    return _leave(request, house, AuthProcess.CONNECT)


def _leave(request: HttpRequest, house: str, process: str, **more: Any) -> HttpResponse:
    """By a page that leads on by itself: a redirect after a form would need every address over there in the policy."""
    try:
        provider = get_adapter().get_provider(request, house)
    except SocialApp.DoesNotExist as fault:
        raise Http404 from fault
    try:
        there = provider.redirect(request, process, **more)
    except UNREADABLE:
        return failed(request, house)
    if "Location" not in there:
        return there
    context = {"address": there["Location"], "house": label_of(house)}
    return render(request, "accounts/leaving.html", context)


@never_cache
@require_safe
def back(request: HttpRequest, house: str) -> HttpResponse:
    """From there, with a code for this very session; whatever else is made up is refused in a sentence."""
    try:
        adapter = OidcAdapter(request, house) if house == "oidc" else ADAPTERS[house](request)
        adapter.get_provider()
    except SocialApp.DoesNotExist as fault:
        raise Http404 from fault
    try:
        return OAuth2CallbackView.adapter_view(adapter)(request)
    except UNREADABLE:
        return failed(request, house)


@require_POST
@reauthentication_required(app="allauth.socialaccount")
def cut(request: HttpRequest, pk: int) -> HttpResponse:
    if not unlink(request.user, pk):
        raise Http404
    messages.success(request, _("It is no longer linked."))
    return redirect(OWN)


def _wanted(request: HttpRequest) -> str | None:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe else None
