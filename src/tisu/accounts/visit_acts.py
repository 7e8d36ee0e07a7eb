"""Ending sessions and programs: by whose they are, or by the security administrator for a reason."""

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tisu.accounts.models import ApiToken, OpenSession, User
from tisu.accounts.standing import standing_of
from tisu.accounts.tokens import live_tokens
from tisu.audit.record import record
from tisu.orgs.models import Role


def live_sessions(user: User):
    return OpenSession.objects.live().filter(user=user)


@transaction.atomic
def end_own_session(user: User, key: str) -> bool:
    """False when it has ended already, or was never this person's."""
    ended, _by_model = OpenSession.objects.filter(user=user, pk=key).delete()
    if ended:
        _record(user, "end-session", user)
    return bool(ended)


@transaction.atomic
def end_other_sessions(user: User, but: str) -> int:
    ended, _by_model = OpenSession.objects.filter(user=user).exclude(pk=but).delete()
    if ended:
        _record(user, "end-session", user, number=ended)
    return ended


@transaction.atomic
def end_own_token(user: User, key: object) -> bool:
    token = ApiToken.objects.filter(user=user, pk=key).first()
    if token is None:
        return False
    token.delete()
    _record(user, "end-token", user, name=token.name)
    return True


def open_things(user: User) -> list[tuple[str, str]]:
    """What the security administrator may end one by one: a code of it, and words."""
    sessions = [(f"session:{row.pk}", _said(row)) for row in live_sessions(user)]
    return sessions + [(f"token:{row.pk}", row.name or _("program of the day")) for row in live_tokens(user)]


@transaction.atomic
def end_one(*, actor: User, user: User, what: str, reason: str) -> None:
    """One of `open_things`; one that ended meanwhile has ended."""
    kind, _sign, key = what.partition(":")
    rows = OpenSession.objects if kind == "session" else ApiToken.objects
    rows.filter(user=user, pk=key).delete()
    _record(actor, f"end-{kind}", user, reason=reason)


def _said(row: OpenSession) -> str:
    return f"{row.get_device_display()} · {row.address or '—'} · {localtime(row.last_seen_at):%Y-%m-%d %H:%M}"


def _record(actor: User, act: str, user: User, *, reason: str = "", **details: object) -> None:
    about = f"{user.name} ({user.username})"
    record(
        act=act,
        about=about,
        actor=actor,
        signed=standing_of(actor).label_as(Role.SECURITY_ADMIN),
        reason=reason,
        **details,
    )
