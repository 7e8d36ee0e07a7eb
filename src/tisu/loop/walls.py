"""Building, repeating and lifting walls. A wall overrules every other rule from the moment it stands.

A wall is built before one matter and stands before all where the same words stand: what it is merged with, what it
was split from, its parts, and the rest of it. Those walls name the matter they come from (`inherited_from`) and go
with the first one. See docs/walls.md.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from tisu.foundation import clock
from tisu.loop.interests import part_firms, share_firms
from tisu.loop.kin import kin_of
from tisu.loop.models import Matter, Wall
from tisu.loop.models.wall import WallQuerySet
from tisu.orgs.models import Unit

ACCUSED = "accused"  # the reason of a wall that an accusation built


def wall_off(matter: Matter, unit: Unit, *, reason: str) -> None:
    """Close a matter to a unit, its staff, and the leaders in charge of it."""
    _build_own(matter, {"unit_id": unit.pk, "user_id": None}, reason)


def recuse(matter: Matter, user, *, reason: str) -> None:
    """Close a matter to one person, and to whoever stands in for that person (回避)."""
    _build_own(matter, {"unit_id": None, "user_id": user.pk}, reason)


def wall_alike(matter: Matter, walls: Iterable[Wall], *, inherited_from: Matter | None = None) -> None:
    """Repeat walls on a matter where the same words stand.

    `inherited_from` is what is being merged into it: what is handled together is walled together, so its walls
    come over, and those of the other one go back.
    """
    walls = [wall for wall in walls if wall.stands]
    if inherited_from is None:
        for wall in walls:
            _stand_before(matter.pk, _against(wall), wall.reason, None)
        return
    back = list(matter.walls.standing())
    share_firms(matter, inherited_from)
    _carry(walls, kin_of(matter, apart=inherited_from))
    _carry(back, kin_of(inherited_from, apart=inherited_from))


def lift_inherited(matter: Matter, origin: Matter) -> None:
    """End the walls that two matters had from each other while one was merged into the other."""
    here, there = kin_of(matter, apart=origin), kin_of(origin, apart=origin)
    crossed = Q(matter__in=here, inherited_from__in=there) | Q(matter__in=there, inherited_from__in=here)
    _end(Wall.objects.standing().filter(crossed), apart=origin)
    part_firms(matter, origin)


def lift(wall: Wall) -> None:
    """End a wall and what went with it. Where another wall still reaches, it goes on standing."""
    gone_with_it = Q(pk=wall.pk) | Q(inherited_from=wall.matter_id, **_against(wall))
    _end(Wall.objects.standing().filter(gone_with_it))
    wall.refresh_from_db(fields=["lifted_at"])


def _end(walls: WallQuerySet, *, apart: Matter | None = None) -> None:
    """Lift these, then let what still stands of its own nearby reach again as far as it reaches."""
    freed = Matter.objects.filter(pk__in=list(walls.values_list("matter_id", flat=True)))
    walls.update(lifted_at=clock.now())
    near = set().union(*(kin_of(matter, apart=apart) for matter in freed))
    own = Wall.objects.standing().filter(matter__in=near, inherited_from__isnull=True)
    for wall in own.select_related("matter"):
        _carry([wall], kin_of(wall.matter, apart=apart))


# --- Rows ------------------------------------------------------------------------------------------------


def _against(wall: Wall) -> dict[str, Any]:
    return {"unit_id": wall.unit_id, "user_id": wall.user_id}


def _build_own(matter: Matter, against: dict[str, Any], reason: str) -> None:
    """A wall that stood here already because of another matter is from now on this one's own.

    That someone is accused outweighs any other reason.
    """
    wall, is_new = _stand_before(matter.pk, against, reason, None)
    if not is_new and (wall.inherited_from_id or reason == ACCUSED):
        wall.inherited_from, wall.reason = None, reason
        wall.save(update_fields=["inherited_from", "reason"])
    _carry([wall], kin_of(matter))


def _carry(walls: Iterable[Wall], matters: set[int]) -> None:
    """Repeat walls before other matters, each with the matter that it comes from."""
    for wall in walls:
        origin = wall.inherited_from_id or wall.matter_id
        for key in matters - {wall.matter_id, origin}:
            _stand_before(key, _against(wall), wall.reason, origin)


def _stand_before(
    matter_id: int, against: dict[str, Any], reason: str, origin: int | None
) -> tuple[Wall, bool]:
    return Wall.objects.get_or_create(
        matter_id=matter_id,
        **against,
        lifted_at=None,
        defaults={"reason": reason, "built_at": clock.now(), "inherited_from_id": origin},
    )
