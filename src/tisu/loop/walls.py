"""Building, repeating and lifting walls. A wall overrules every other rule from the moment it stands."""

from collections.abc import Iterable

from tisu.foundation import clock
from tisu.loop.models import Matter, Wall
from tisu.orgs.models import Unit


def wall_off(matter: Matter, unit: Unit, *, reason: str) -> None:
    """Close a matter to a unit, its staff, and the leaders in charge of it."""
    _build(matter, unit_id=unit.pk, user_id=None, reason=reason)


def recuse(matter: Matter, user, *, reason: str) -> None:
    """Close a matter to one person, and to whoever stands in for that person (回避)."""
    _build(matter, unit_id=None, user_id=user.pk, reason=reason)


def wall_alike(matter: Matter, walls: Iterable[Wall], *, inherited_from: Matter | None = None) -> None:
    """Repeat walls on a matter where the same words stand."""
    for wall in walls:
        if wall.stands:
            _build(
                matter,
                unit_id=wall.unit_id,
                user_id=wall.user_id,
                reason=wall.reason,
                inherited_from=inherited_from,
            )


def lift_inherited(matter: Matter, origin: Matter) -> None:
    """End the walls that a matter had from one that was merged into it."""
    Wall.objects.standing().filter(matter=matter, inherited_from=origin).update(lifted_at=clock.now())


def lift(wall: Wall) -> None:
    wall.lifted_at = clock.now()
    wall.save(update_fields=["lifted_at"])


def _build(matter: Matter, *, unit_id, user_id, reason: str, inherited_from: Matter | None = None) -> None:
    Wall.objects.get_or_create(
        matter=matter,
        unit_id=unit_id,
        user_id=user_id,
        lifted_at=None,
        defaults={"reason": reason, "built_at": clock.now(), "inherited_from": inherited_from},
    )
