"""Setting up and removing one's own second factors. Each leaves an entry in the ledger; secrets are in none."""

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.factors import factors_of
from tisu.accounts.mfa import MfaAdapter
from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record

Codes = list[str]
MOST_PASSKEYS = 10


@transaction.atomic
def add_app(user: User, secret: str) -> tuple[Authenticator, Codes]:
    """An authenticator app, one for each person. With the first factor come recovery codes, told only now."""
    _held_fast(user)
    if _of(user, Authenticator.Type.TOTP):
        raise ValidationError(_("You have an app already: remove it first, then set up another one."))
    row = TOTP.activate(user, secret).instance
    _record(user, "add-factor", row)
    return row, _first_codes(user)


@transaction.atomic
def add_passkey(user: User, name: str, credential: dict) -> tuple[Authenticator, Codes]:
    """A passkey; several may be there, one on each device."""
    _held_fast(user)
    if _of(user, Authenticator.Type.WEBAUTHN).count() >= MOST_PASSKEYS:
        raise ValidationError(_("You have %(most)s passkeys: remove one first.") % {"most": MOST_PASSKEYS})
    row = WebAuthn.add(user, name, credential).instance
    _record(user, "add-factor", row)
    return row, _first_codes(user)


@transaction.atomic
def new_codes(user: User) -> Codes:
    """New recovery codes; the ones before are void. Without a factor they would stand in for nothing."""
    _held_fast(user)
    if not factors_of(user).exists():
        raise ValidationError(_("Recovery codes stand in for a second factor: set one up first."))
    _of(user, Authenticator.Type.RECOVERY_CODES).delete()
    row = RecoveryCodes.activate(user).instance
    _record(user, "new-recovery-codes", row)
    return row.wrap().get_unused_codes()


@transaction.atomic
def remove_factor(user: User, key: int) -> None:
    """The last factor takes the recovery codes along; whose work needs one keeps one."""
    _held_fast(user)
    row = factors_of(user).get(pk=key)
    if not MfaAdapter().can_delete_authenticator(row):
        raise MfaAdapter().validation_error("cannot_delete_authenticator")
    row.delete()
    if not factors_of(user).exists():
        _of(user, Authenticator.Type.RECOVERY_CODES).delete()
    _record(user, "remove-factor", row)


def codes_left(user: User) -> int | None:
    """How many recovery codes were not used yet; None for who has none."""
    row = _of(user, Authenticator.Type.RECOVERY_CODES).first()
    return app_settings.RECOVERY_CODE_COUNT - row.data["used_mask"].bit_count() if row else None


def _first_codes(user: User) -> Codes:
    return [] if _of(user, Authenticator.Type.RECOVERY_CODES) else new_codes(user)


def _of(user: User, kind: str):
    return Authenticator.objects.filter(user=user, type=kind)


def _held_fast(user: User) -> None:
    """Two forms at once are one after the other."""
    User.objects.select_for_update().get(pk=user.pk)


def _record(user: User, act: str, row: Authenticator) -> None:
    record(act=act, about=user.username, actor=user, signed=standing_of(user).label, kind=row.type)
