"""Second factors: who needs one, who has one, and when it was last shown in this session.

Which roles need one is a table (`settings.MFA_REQUIRED`); pages behind a wall need one shown a short while ago from
everybody (`gates.behind_second_factor`). Proof stands in the session, so asking for it costs no query.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of

EVERYONE = "everyone"
PROVES = "mfa"  # what allauth calls the record of a second factor
# Not shown at sign-in, and none by themselves: they stand in for a factor that was lost.
STAND_INS = (Authenticator.Type.RECOVERY_CODES,)
# A code stays good for one period before and one after its own, so it is remembered for all three.
REMEMBERED = timedelta(seconds=90)


def is_needed_by(user: User) -> bool:
    """Whether one of this person's roles today does not go without a second factor, whichever they act as now."""
    needed: Iterable[str] = settings.MFA_REQUIRED
    return EVERYONE in needed or (
        bool(needed) and any(role.code in needed for role in standing_of(user).bound)
    )


def factors_of(user: User):
    """A person's own second factors; recovery codes are none."""
    return Authenticator.objects.filter(user=user).exclude(type__in=STAND_INS).order_by("pk")


def has_one(user: User) -> bool:
    return factors_of(user).exists()


def without_needed_factor() -> list[User]:
    """Who can sign in, needs a second factor today and has none."""
    if not settings.MFA_REQUIRED:
        return []
    own = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type__in=STAND_INS)
    return [user for user in User.objects.filter(~Exists(own), is_active=True) if is_needed_by(user)]


def is_asked_at_sign_in(user: User) -> bool:
    """The factor that a demonstration gives its accounts is for walled pages alone (architecture.md §2)."""
    return any(not is_given(row) for row in factors_of(user))


def is_given(row: Authenticator) -> bool:
    """Made by the demonstration, which shows its code to everyone. In a real installation there is none."""
    return settings.DEMONSTRATION and bool(row.data.get("given"))


def last_proof(request: HttpRequest) -> datetime | None:
    """When a second factor was last shown in this session."""
    records = get_authentication_records(request, request.user)
    times = [record["at"] for record in records if record.get("method") == PROVES]
    return datetime.fromtimestamp(max(times), UTC) if times else None


def is_proved(request: HttpRequest, within: timedelta | None = None) -> bool:
    """Whether a second factor was shown in this session, or within so much time. Real time, like the session's."""
    last = last_proof(request)
    return last is not None and (within is None or timezone.now() - last < within)


def prove(request: HttpRequest, row: Authenticator) -> None:
    """Setting a factor up shows it."""
    record_authentication(request, row.user, PROVES, id=row.pk, type=row.type, reauthenticated=True)


def is_first_use(user: User, code: str) -> bool:
    """A code of an app is taken once, also by whoever reads it over a shoulder and is quick."""
    return cache.add(f"app-code:{user.pk}:{code}", 1, REMEMBERED.total_seconds())
