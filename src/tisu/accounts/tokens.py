"""Bearer tokens of the HTTP API. They live on real time, like sessions."""

import secrets
from contextlib import suppress
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tisu.accounts.models import TOKEN_LIFE, ApiToken, User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.foundation.digests import keyed_digest, keyed_digests

PURPOSE = "token"
MOST_TOKENS = 20
NOTED_EVERY = timedelta(minutes=5)


def issue_token(user: User, *, name: str = "", life: timedelta = TOKEN_LIFE) -> str:
    """A new token, shown once; only its keyed digest is kept."""
    token = secrets.token_urlsafe(32)
    ApiToken.objects.create(
        user=user, name=name, digest=keyed_digest(PURPOSE, token), expires_at=timezone.now() + life
    )
    return token


@transaction.atomic
def make_named_token(user: User, name: str, life: timedelta) -> str:
    """A token for a program that stays, made by its owner on a page."""
    User.objects.select_for_update().get(pk=user.pk)
    if live_tokens(user).count() >= MOST_TOKENS:
        raise ValidationError(_("You have %(most)s tokens: end one first.") % {"most": MOST_TOKENS})
    record(act="make-token", about=user.username, actor=user, signed=standing_of(user).label, name=name)
    return issue_token(user, name=name, life=life)


def live_tokens(user: User) -> models.QuerySet:
    return ApiToken.objects.filter(user=user, expires_at__gt=timezone.now()).order_by("-made_at")


def bearer(token: str) -> User | None:
    """The person a live token belongs to, or None."""
    live = ApiToken.objects.filter(
        digest__in=keyed_digests(PURPOSE, token), expires_at__gt=timezone.now(), user__is_active=True
    )
    found = live.select_related("user").first()
    if found is None:
        return None
    _note_used(found)
    return found.user


def _note_used(token: ApiToken) -> None:
    """When it was last used, to five minutes: bookkeeping, which keeps nothing from anyone."""
    if timezone.now() - token.last_used_at >= NOTED_EVERY:
        with suppress(DatabaseError):
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=timezone.now())
