"""Bearer tokens of the HTTP API. They live on real time, like sessions."""

import secrets

from django.utils import timezone

from tisu.accounts.models import TOKEN_LIFE, ApiToken, User
from tisu.foundation.digests import keyed_digest, keyed_digests

PURPOSE = "token"


def issue_token(user: User) -> str:
    """A new token, shown once; only its keyed digest is kept."""
    token = secrets.token_urlsafe(32)
    ApiToken.objects.create(
        user=user, digest=keyed_digest(PURPOSE, token), expires_at=timezone.now() + TOKEN_LIFE
    )
    return token


def bearer(token: str) -> User | None:
    """The person a live token belongs to, or None."""
    live = ApiToken.objects.filter(
        digest__in=keyed_digests(PURPOSE, token), expires_at__gt=timezone.now(), user__is_active=True
    )
    found = live.select_related("user").first()
    return found.user if found else None
