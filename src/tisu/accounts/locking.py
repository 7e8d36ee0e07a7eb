"""What the security administrator does to accounts: lock, unlock, end sessions."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.services import is_last_system_administrator
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.foundation import clock


@transaction.atomic
def lock(*, actor: User, user: User, reason: str) -> None:
    """The person can no longer sign in, and whatever is open closes at once."""
    _not_oneself(actor, user)
    if is_last_system_administrator(user, clock.today()):
        raise ValidationError(
            _("This is the last system administrator: another one must be appointed first.")
        )
    close_all(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    _record(actor, "lock-account", user, reason)


@transaction.atomic
def unlock(*, actor: User, user: User, reason: str) -> None:
    User.objects.filter(pk=user.pk).update(is_active=True)
    _record(actor, "unlock-account", user, reason)


@transaction.atomic
def end_sessions(*, actor: User, user: User, reason: str) -> None:
    """Every browser and every program of this person has to sign in again."""
    close_all(user)
    _record(actor, "end-sessions", user, reason)


def close_all(user: User) -> None:
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.open_sessions.all().delete()
    user.tokens.all().delete()


def _not_oneself(actor: User, user: User) -> None:
    if actor.pk == user.pk:
        raise ValidationError(
            _("You cannot do this to your own account: another security administrator must.")
        )


def _record(actor: User, act: str, user: User, reason: str) -> None:
    record(
        act=act,
        about=f"{user.name} ({user.username})",
        actor=actor,
        signed=standing_of(actor).label,
        reason=reason,
    )
