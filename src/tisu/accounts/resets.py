"""A lost password is given back by two persons: one begins, another confirms and hands over a code that is used once.

Neither alone gets into the account, neither is its owner, and all of it stands in the ledger. Begun, it waits a day to
be confirmed; confirmed, a day to be used.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tisu.accounts.covers import HEADS
from tisu.accounts.models import PasswordReset, PostHolding, User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.foundation.digests import keyed_digest, keyed_digests
from tisu.foundation.numbering import as_typed, grouped, random_code
from tisu.foundation.telling import tell
from tisu.orgs.models import ADMINISTRATORS, Role

PURPOSE = "password reset"
WAITS = timedelta(hours=24)
CODE_SIGNS = 16  # 80 bits


def may_begin(actor: User, user: User) -> bool:
    """The security administrator; for one of those, whose colleague may be away, the system administrator too."""
    standing = standing_of(actor)
    if actor.pk == user.pk:
        return False
    return standing.has(Role.SECURITY_ADMIN) or (
        standing.has(Role.SYSTEM_ADMIN) and standing_of(user).has(Role.SECURITY_ADMIN)
    )


@transaction.atomic
def begin(*, actor: User, user: User, reason: str, takes_factors: bool = False) -> PasswordReset:
    """One at a time: what was begun before is void."""
    if not may_begin(actor, user):
        raise ValidationError(_("You cannot do this to your own account: another administrator must."))
    User.objects.select_for_update().get(pk=user.pk)
    if not (asked := confirmers(user, but=actor)):
        raise ValidationError(
            _(
                "Nobody could confirm it: appoint a second security administrator, or a head of the person's unit."
            )
        )
    PasswordReset.objects.filter(user=user).delete()
    row = PasswordReset.objects.create(user=user, begun_by=actor, reason=reason, takes_factors=takes_factors)
    _record(actor, "begin-reset", row, reason=reason)
    subject = _("%(person)s asks for a new password: confirm it, once you know that it is they.")
    tell(
        rule="reset-begun/1", about=None, period=str(row.pk), recipients=asked,
        subject=subject % {"person": user}, url="/resets", urgent=True,
    )  # fmt: skip
    return row


def confirmers(user: User, *, but: User) -> list[User]:
    """Who may confirm a reset of this person.

    - another security administrator;
    - for one of the administrators, each of the others;
    - the heads of the person's units; where there is no other head, and for who holds no post, the head of the office.
    """
    roles = {Role.SECURITY_ADMIN}
    units = set()
    for role in standing_of(user).bound:
        if role.code in ADMINISTRATORS:
            roles |= ADMINISTRATORS
        elif role.post_id and not role.on_behalf:
            units.add(role.unit_id)
    held = PostHolding.objects.on().filter(user__is_active=True).exclude(user__in=[user, but])
    heads = held.filter(post__role__in=HEADS, post__unit__in=units)
    if not heads.exists() and not roles & {Role.SYSTEM_ADMIN}:
        heads = held.filter(post__role=Role.OFFICE_LEAD)
    found = held.filter(post__role__in=roles) | heads
    return list(User.objects.filter(pk__in=found.values("user")))


def waiting_for(actor: User) -> list[PasswordReset]:
    """What this person may confirm now."""
    rows = _waiting().exclude(begun_by=actor).exclude(user=actor).select_related("user", "begun_by")
    return [row for row in rows if actor in confirmers(row.user, but=row.begun_by)]


@transaction.atomic
def confirm(*, actor: User, key: int) -> str:
    """The code, told once to who confirms. ValidationError when it is no longer there to be confirmed by them."""
    row = _waiting().select_for_update(of=("self",)).filter(pk=key).first()
    if row is None or actor.pk == row.begun_by_id or actor not in confirmers(row.user, but=row.begun_by):
        raise ValidationError(
            _("There is nothing to confirm any more: it was confirmed, refused or begun anew.")
        )
    code = random_code(CODE_SIGNS)
    row.confirmed_by, row.confirmed_at, row.digest = actor, timezone.now(), keyed_digest(PURPOSE, code)
    row.save()
    _record(actor, "confirm-reset", row, begun_by=row.begun_by.username)
    return grouped(code, 4)


@transaction.atomic
def refuse(*, actor: User, key: int) -> None:
    row = next((row for row in waiting_for(actor) if row.pk == key), None)
    if row is None:
        raise ValidationError(
            _("There is nothing to confirm any more: it was confirmed, refused or begun anew.")
        )
    row.delete()
    _record(actor, "refuse-reset", row)


def usable(username: str, code: str) -> PasswordReset | None:
    """The reset that this code is of, together with its account's name and in time."""
    rows = PasswordReset.objects.filter(confirmed_at__gt=timezone.now() - WAITS, user__is_active=True)
    return rows.filter(user__username=username, digest__in=keyed_digests(PURPOSE, as_typed(code))).first()


def spent_resets() -> QuerySet[PasswordReset]:
    """What was not confirmed or not used in time."""
    ago = timezone.now() - WAITS
    return PasswordReset.objects.filter(
        Q(begun_at__lt=ago, confirmed_at__isnull=True) | Q(confirmed_at__lt=ago)
    )


def _waiting() -> QuerySet[PasswordReset]:
    return PasswordReset.objects.filter(confirmed_at__isnull=True, begun_at__gt=timezone.now() - WAITS)


def _record(actor: User, act: str, row: PasswordReset, *, reason: str = "", **details: object) -> None:
    about = f"{row.user.name} ({row.user.username})"
    details |= {"factors": "removed"} if row.takes_factors else {}
    record(
        act=act,
        about=about,
        actor=actor,
        signed=standing_of(actor).label_as(Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN, *HEADS),
        reason=reason,
        **details,
    )
