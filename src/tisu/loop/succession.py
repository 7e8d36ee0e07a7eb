"""When a unit has ended and another goes on with its work: walls first, then its open matters, one at a time.

Not only on the day itself: what is reopened or taken apart later, and was that unit's, goes on there too.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from tisu.foundation import clock
from tisu.foundation.duerows import Aside
from tisu.inbox.models import Message
from tisu.loop.actor import rule
from tisu.loop.models import Assignment, Matter, Wall
from tisu.loop.perform import perform
from tisu.loop.someone_left import EMPTY_PLACE, tell_of_empty_places
from tisu.loop.stages import GONE
from tisu.loop.walls import wall_off
from tisu.orgs.models import Unit, UnitChange

RULE = "unit-change/1"
ASIDE = Aside()
TRIES = 50  # rows looked at in one step


def take_succession() -> bool:
    """One step. False when nothing waits."""
    return _take_wall() or _take_matter()


def due_successions() -> int:
    return _walls().count() + _matters().count()


def open_matters_of(unit: Unit) -> int:
    rows = Matter.objects.open()
    return rows.filter(rows.assigned_to([unit.pk])).count()


def _walls() -> QuerySet[Wall]:
    """Those that stand against a unit that is no more and were not built against one that goes on with its work.

    One that was lifted there since is not built again.
    """
    into = UnitChange.successors.through.objects.filter(
        unitchange__unit=OuterRef("unit"), unitchange__done_at__isnull=False
    )
    there = Wall.objects.filter(
        Q(lifted_at__isnull=True) | Q(built_at__gte=OuterRef("unitchange__done_at")),
        matter=OuterRef(OuterRef("matter")),
        unit=OuterRef("unit"),
    )
    return Wall.objects.standing().filter(Exists(into.filter(~Exists(there))))


@transaction.atomic
def _take_wall() -> bool:
    wall = _walls().select_related("matter", "unit").order_by("pk").first()
    if wall is None:
        return False
    for unit in Unit.objects.filter(pk__in=_successors(wall.unit)):
        wall_off(wall.matter, unit, reason=wall.reason)
    tell_of_empty_places([wall.matter_id])
    return True


def _successors(unit: Unit) -> QuerySet:
    return UnitChange.successors.through.objects.filter(
        unitchange__unit=unit, unitchange__done_at__isnull=False
    ).values("unit")


def _matters() -> QuerySet[Matter]:
    """Open ones that a unit which is no more still handles; where its heir is kept out, until the office was told."""
    ended = Assignment.objects.exclude(state__in=GONE).filter(
        matter=OuterRef("pk"), unit__until__lte=clock.today(), unit__heir__isnull=False
    )
    kept_out = Wall.objects.standing().filter(matter=OuterRef("matter"), unit=OuterRef("unit__heir"))
    told = Message.objects.filter(about_kind="matter", about_key=OuterRef("pk"), rule=EMPTY_PLACE)
    led_in_vain = ended.filter(Exists(kept_out), is_lead=True)
    return Matter.objects.open().filter(
        Exists(ended.exclude(Exists(kept_out))) | Exists(led_in_vain) & ~Exists(told)
    )


def _take_matter() -> bool:
    for pk in _matters().exclude(pk__in=ASIDE.keys).order_by("pk").values_list("pk", flat=True)[:TRIES]:
        with ASIDE.unless_it_fails(pk), transaction.atomic():
            if _taken(Matter.objects.get(pk=pk)):
                return True
    return False


def _taken(matter: Matter) -> bool:
    """It went on, or the office was told that nobody is left to go on with it."""
    if any(_goes_on(part, matter) for part in matter.current_assignments):
        perform(matter.pk, "succeed", actor=rule(RULE), data={}, expected_version=None)
        return True
    tell_of_empty_places([matter.pk])
    return Message.objects.filter(about_kind="matter", about_key=matter.pk, rule=EMPTY_PLACE).exists()


def _goes_on(part: Assignment, matter: Matter) -> bool:
    unit = part.unit
    return unit.heir_id is not None and unit.heir_id not in matter.walled_units and not unit.is_in_force()
