"""The session engine (settings.SESSION_ENGINE): Django's in the database, on rows that say whose they are.

A session of someone who signed in ends twelve hours after that, or when nothing was asked of it for two.
"""

import hashlib
import re
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from tisu.accounts.models import Device, OpenSession, User
from tisu.accounts.standing import standing_of

VISIT = "signed in"  # where, how and when, in the session's own data
NOTED_EVERY = timedelta(minutes=5)
DEVICES = (
    (re.compile(r"iPad|Tablet|Android(?!.*Mobile)", re.I), Device.TABLET),
    (re.compile(r"Mobile|iPhone|Android|HarmonyOS", re.I), Device.PHONE),
    (re.compile(r"Windows|Macintosh|Linux|X11|CrOS", re.I), Device.COMPUTER),
)


def kept_as(key: str) -> str:
    """What stands in the table for a cookie's key."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    """Django's, but for three things: the digest of its key, the columns that say whose it is, and its end."""

    @classmethod
    def get_model_class(cls) -> type[OpenSession]:
        return OpenSession

    def load(self) -> dict[str, Any]:
        row = OpenSession.objects.live().filter(pk=kept_as(self.session_key)).first()
        if row is None:
            self._session_key = None
            return {}
        note_seen(row)
        return self.decode(row.session_data)

    def exists(self, session_key: str) -> bool:
        return OpenSession.objects.filter(pk=kept_as(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            OpenSession.objects.filter(pk=kept_as(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> OpenSession:
        row = super().create_model_instance(data)
        row.pk = kept_as(row.pk)
        if visit := SESSION_KEY in data and data.get(VISIT):
            row.user_id, row.device = int(data[SESSION_KEY]), visit["device"]
            row.address, row.signed_in_at = visit["address"], parse_datetime(visit["at"])
            row.last_seen_at = timezone.now()
            row.expire_date = end_of(row)
        return row


def note_seen(row: OpenSession) -> None:
    """When somebody was last there, to five minutes. It is bookkeeping: a busy database keeps no page from anyone."""
    if row.last_seen_at is None or timezone.now() - row.last_seen_at < NOTED_EVERY:
        return
    row.last_seen_at = timezone.now()
    with suppress(DatabaseError):
        OpenSession.objects.filter(pk=row.pk).update(last_seen_at=row.last_seen_at, expire_date=end_of(row))


def end_of(row: OpenSession) -> datetime:
    return min(row.ends_at_the_latest, row.last_seen_at + settings.SESSION_IDLE)


def note_visit(sender: type, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """At each sign-in: when, on what sort of device, and for staff from where."""
    request.session[VISIT] = {
        "at": timezone.now().isoformat(),
        "device": device_of(request.META.get("HTTP_USER_AGENT", "")),
        "address": _address_of(request) if _is_staff(user) else None,
    }


def device_of(user_agent: str) -> str:
    return next((device for words, device in DEVICES if words.search(user_agent)), Device.OTHER).value


def _is_staff(user: User) -> bool:
    """Who holds a post or stands in for one. A firm's or an observer's address is kept nowhere."""
    return any(role.post_id for role in standing_of(user).bound)


def _address_of(request: HttpRequest) -> str | None:
    with suppress(PermissionDenied):  # a request that came over no network
        return DefaultAccountAdapter().get_client_ip(request)
    return None
