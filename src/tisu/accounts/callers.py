"""Who calls an address that is open to strangers too."""

from contextlib import suppress

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.utils import check_csrf

from tisu.accounts.models import User
from tisu.accounts.tokens import bearer


def caller_of(request: HttpRequest) -> User | None:
    """The signed-in person, by token or by the session of a page that sends its CSRF token; else a stranger."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme:
        return bearer(token.strip()) if scheme.lower() == "bearer" else None
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or check_csrf(request):
        return None
    return user


def address_of(request: HttpRequest) -> str:
    """Whence a request comes, or "" where only a proxy's address is known or none. It may be counted by
    (foundation.buckets); of a stranger it is written nowhere."""
    if settings.BEHIND_TLS and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return ""
    with suppress(PermissionDenied):  # a request that came over no network, or not through the proxies
        return DefaultAccountAdapter().get_client_ip(request)
    return ""
