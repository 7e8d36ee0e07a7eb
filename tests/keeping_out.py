"""Each sort of wall: whom it keeps out of the secret matters of a world, and how it is built.

Written as rows where there are many; what goes along with another matter is left to the house.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cast import MONDAY
from tisu.loop.models import ConflictOfInterest, Matter, Wall
from tisu.loop.stages import Result
from tisu.loop.walls import recuse, wall_off
from worlds import KEPT_OUT, SECRET, World

REASON = "近亲属在该单位任职"
STANDING_IN = ("secretary", "fagai-head")  # bound like the leader, and like the clerk on leave, without a row
BY_PERSON = tuple(name for name in KEPT_OUT if name not in STANDING_IN)
UNITS = ("yingshangban", "duchashi", "jiwei", "zhujian", "fagai", "gongdian")
NO_UNIT = ("firm", "observer")


@dataclass(frozen=True)
class Sort:
    """One way of being kept out. `by_interest`: it is the secret firm that keeps out.

    `thorough` read everything that pages lead to and press every button; all of them under the first sort, and under
    the others those whose lists are the longest, because it takes a minute.
    """

    build: Callable[[World], None]
    thorough: tuple[str, ...]
    kept_out: tuple[str, ...] = KEPT_OUT
    by_interest: bool = False

    @property
    def world(self) -> dict[str, Any]:
        return {"keep_out": self.build, "by_interest": self.by_interest}


def _secret() -> QuerySet[Matter]:
    return Matter.objects.filter(number__startswith=SECRET)


def _before(matters: Iterable[Matter], against: list[dict[str, Any]]) -> None:
    Wall.objects.bulk_create(
        Wall(matter=matter, reason=REASON, built_at=MONDAY, **each) for matter in matters for each in against
    )


def _recused(it: World) -> list[dict[str, Any]]:
    return [{"user": it.county.people[name]} for name in BY_PERSON]


def by_recusal(it: World) -> None:
    _before(_secret(), _recused(it))


def by_unit(it: World) -> None:
    """Units, their staff, the leaders in charge of them, and who stands in for those."""
    _before(_secret(), [{"unit": it.county.units[code]} for code in UNITS])


def by_interest(it: World) -> None:
    """In the firm that the secret reports and tasks concern; nothing is written about any of these."""
    for name in BY_PERSON:
        ConflictOfInterest.objects.create(
            user=it.county.people[name], enterprise=it.county.firms[1], since=MONDAY.date(), reason=REASON
        )


def by_kinship(it: World) -> None:
    """Before one of those that hang together (merged, split, the rest) alone; the others stand behind what it brings."""
    kin = {"merged_into": None, "merged_matters": None, "parent": None, "children": None}
    _before(_secret().filter(**kin), _recused(it))
    merged, split = _secret().exclude(merged_into=None), _secret().filter(result=Result.SPLIT)
    rests = _secret().exclude(parent=None).exclude(parent__result=Result.SPLIT)
    for matter in [*merged, *split, *rests]:
        wall_off(matter, it.county.units["zhujian"], reason=REASON)
        for each in _recused(it):
            recuse(matter, each["user"], reason=REASON)


SORTS = {
    "recusal": Sort(by_recusal, ("office-lead", "leader", "zhujian-head", "firm")),
    "unit": Sort(
        by_unit, ("leader", "zhujian-head"), tuple(name for name in KEPT_OUT if name not in NO_UNIT)
    ),
    "interest": Sort(by_interest, ("office-lead", "firm"), by_interest=True),
    "kinship": Sort(by_kinship, ("office-lead", "zhujian-head")),
}
