"""The way back for who lost the password: by a code on the phone, or by one that two persons gave."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tisu.accounts.factor_forms import SecondFactorForm
from tisu.accounts.factors import has_one, is_needed_by
from tisu.accounts.locking import close_all
from tisu.accounts.mobile import as_mobile
from tisu.accounts.models import PasswordReset, TextCode, User
from tisu.accounts.standing import standing_of
from tisu.accounts.text_codes import count_code, make_code, sender
from tisu.audit.record import record
from tisu.foundation.digests import keyed_digest

MOST_OF_AN_ADDRESS = 10
HOUR = 3600


def ask_for_code(request: HttpRequest, login: str) -> TextCode:
    """The same work and the same answer, whether anybody has this name or number."""
    count_address(request)
    count_code(keyed_digest("lost", login.lower()))
    user = owner_of(login)
    known = user is not None and user.is_active and user.mobile and user.mobile_confirmed_at and sender()
    return make_code(user if known else None, TextCode.Purpose.RESET, user.mobile if known else "")


def count_address(request: HttpRequest) -> None:
    """By the hour, and not by the address but its digest (adapter.py)."""
    key = f"lost:{get_adapter().get_client_ip(request)}"
    asked = cache.get(key, 0)
    if asked >= MOST_OF_AN_ADDRESS:
        raise ValidationError(_("Too many attempts from here within an hour: try again later."))
    cache.set(key, asked + 1, HOUR)


def owner_of(login: str) -> User | None:
    number = as_mobile(login)
    return (
        User.objects.filter(mobile=number).first() if number else User.objects.filter(username=login).first()
    )


def check_factor(user: User, code: str) -> None:
    """The phone alone gives nothing back where two factors are asked for: who has the phone in hand has both."""
    if has_one(user):
        form = SecondFactorForm({"code": code}, user=user)
        if not form.is_valid():
            raise ValidationError({"factor": form.errors["code"]})
    elif is_needed_by(user):
        raise ValidationError(
            _(
                "This account needs a second factor and has none: two persons give the password back, see below."
            )
        )


@transaction.atomic
def choose_by_text(row: TextCode, password: str) -> User:
    user = _new_password(row.user, password)
    row.delete()
    _record(user, "reset-by-text")
    return user


@transaction.atomic
def choose_by_reset(row: PasswordReset, password: str) -> User:
    """With the password go, where it was begun so, the second factors that were lost too."""
    row = PasswordReset.objects.select_for_update(of=("self",)).get(pk=row.pk)
    user = _new_password(row.user, password)
    if row.takes_factors:
        Authenticator.objects.filter(user=user).delete()
    row.delete()
    _record(user, "use-reset")
    return user


def _new_password(user: User, password: str) -> User:
    user = User.objects.select_for_update().get(pk=user.pk)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    close_all(user)
    return user


def _record(user: User, act: str) -> None:
    about = f"{user.name} ({user.username})"
    record(act=act, about=about, actor=user, signed=standing_of(user).label)
