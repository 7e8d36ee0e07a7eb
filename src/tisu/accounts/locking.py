"""What the security administrator does to accounts: lock, unlock, end sessions, give a first password."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.services import is_last_system_administrator, new_password
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.foundation import clock
from tisu.orgs.models import Role


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


@transaction.atomic
def give_first_password(*, actor: User, user: User, reason: str) -> str:
    """For an account that never had one: nobody could sign in yet, so nobody is impersonated. Shown once.

    Who had one gets it back by two persons (resets.py).
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.has_usable_password():
        raise ValidationError(_("This account has a password: a lost one is given back by two persons."))
    password = new_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    _record(actor, "reset-password", user, reason)
    return password


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
        signed=standing_of(actor).label_as(Role.SECURITY_ADMIN),
        reason=reason,
    )
