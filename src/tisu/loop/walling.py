"""What the security administrator does to walls: each act checked, with its reason, and in the ledger.

The administrator knows a matter by its number alone. Who is accused in a report is kept out of it for good
(docs/decisions/0017-an-accusation-is-not-lifted.md).
"""

from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.foundation import clock
from tisu.foundation.numbering import as_number
from tisu.loop.kin import kin_of
from tisu.loop.models import Matter, Wall
from tisu.loop.someone_left import someone_left, tell_of_empty_places
from tisu.loop.walls import ACCUSED, lift, recuse, wall_off
from tisu.orgs.models import Duty, Role, Unit, within


def walls_kept_by(user: User) -> QuerySet[Wall]:
    """The walls before matters of the administrator's own county, standing and lifted."""
    return Wall.objects.filter(within_any("matter__region_id", counties_of(user)))


def reason_in_words(wall: Wall) -> str:
    return _("accused in the report") if wall.reason == ACCUSED else wall.reason


def counties_of(user: User) -> set[str]:
    return standing_of(user).regions(Role.SECURITY_ADMIN)


@transaction.atomic
def build_wall(
    *, actor: User, number: str, reason: str, unit: Unit | None = None, user: User | None = None
) -> Wall:
    """Close a matter to a unit or a person, at once. ValidationError, naming the field, says why not."""
    matter = _matter_of(actor, number)
    refuse_oneself(actor, user)
    refuse_strangers(actor, user)
    _refuse_twice(matter, unit, user)
    near = kin_of(matter)
    with someone_left(near):
        if unit:
            wall_off(matter, unit, reason=reason)
        else:
            recuse(matter, user, reason=reason)
    wall = Wall.objects.standing().get(matter=matter, unit=unit, user=user)
    tell_of_empty_places(near)
    _record("build-wall", wall, actor, reason)
    return wall


@transaction.atomic
def lift_wall(*, actor: User, wall: Wall, reason: str) -> None:
    """End a wall and what went with it. ValidationError for one that stays (`stays_because`)."""
    wall = (
        Wall.objects.select_for_update(of=("self",)).select_related("matter", "unit", "user").get(pk=wall.pk)
    )
    refuse_oneself(actor, wall.user)
    if words := stays_because(wall):
        raise ValidationError(words)
    lift(wall)
    _record("lift-wall", wall, actor, reason)


def stays_because(wall: Wall) -> str:
    """Why this wall is not lifted by itself, in a sentence; empty where it may be."""
    if not wall.stands:
        return _("It has been lifted already.")
    if wall.inherited_from:
        return _("It goes with the wall at %(number)s, where the same words stand: lift that one.") % {
            "number": wall.inherited_from.number
        }
    if wall.reason == ACCUSED:
        return _(
            "Whoever reported was promised that the accused unit would never see it, so this wall stays. Where that "
            "unit alone can mend the matter, the office opens another one that tells nothing of the report."
        )
    return ""


# --- Checks ----------------------------------------------------------------------------------------------


def _matter_of(actor: User, number: str) -> Matter:
    """The matter, held so that nobody acts on it meanwhile. One of another county is as unknown as none."""
    rows = Matter.objects.filter(within_any("region_id", counties_of(actor)), number=as_number(number))
    matter = rows.select_for_update(of=("self",)).first()
    if matter is None:
        raise ValidationError(
            {
                "number": _(
                    "No matter of your county has the number %(number)s: compare it with what you were given."
                )
                % {"number": number}
            }
        )
    return matter


def _refuse_twice(matter: Matter, unit: Unit | None, user: User | None) -> None:
    standing = Wall.objects.standing().filter(
        matter=matter, unit=unit, user=user, inherited_from__isnull=True
    )
    if wall := standing.first():
        words = _("%(who)s has been kept from this matter since %(day)s already.")
        day = clock.local_day(wall.built_at)
        raise ValidationError({"unit" if unit else "user": words % {"who": unit or user, "day": day}})


def refuse_oneself(actor: User, user: User | None) -> None:
    if user and actor.pk == user.pk:
        raise ValidationError(_("This concerns your own account: another security administrator must do it."))


def refuse_strangers(actor: User, user: User | None) -> None:
    """Who works in other counties only is for their administrators; who has no post is anyone's."""
    regions = {role.region for role in standing_of(user).roles if role.region} if user else set()
    own = counties_of(actor)
    if regions and not any(a.startswith(b) or b.startswith(a) for a in regions for b in own):
        raise ValidationError({"user": _("%(person)s has no part in your county.") % {"person": user}})


def within_any(field: str, regions: set[str]) -> Q:
    """In one of these regions; in none where there is none."""
    return reduce(or_, (within(field, region) for region in regions), Q(pk__in=[]))


def units_of(actor: User) -> QuerySet[Unit]:
    """The units of the county that a wall can be built against."""
    units = Unit.objects.on().filter(within_any("region_id", counties_of(actor)))
    return units.exclude(duty=Duty.ADMINISTRATION)


# --- The ledger ------------------------------------------------------------------------------------------


def _record(act: str, wall: Wall, actor: User, reason: str) -> None:
    """By number; the others that it reaches by theirs."""
    reached = Wall.objects.filter(inherited_from=wall.matter, unit=wall.unit, user=wall.user)
    reached = reached.filter(lifted_at=wall.lifted_at).order_by("matter__number")
    record_wall(act, wall.matter, actor, reason, unit=wall.unit, user=wall.user,
                also=list(reached.values_list("matter__number", flat=True)))  # fmt: skip


def record_wall(
    act: str,
    matter: Matter,
    actor: User,
    reason: str,
    *,
    unit: Unit | None,
    user: User | None,
    also: list[str],
) -> None:
    against = {"unit": unit.code} if unit else {"person": user.username}
    record(
        act=act,
        about=matter.number,
        actor=actor,
        signed=standing_of(actor).label_as(Role.SECURITY_ADMIN),
        reason=reason,
        **against,
        **({"also": also} if also else {}),
    )
