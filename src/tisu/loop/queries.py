"""Reading matters: who sees which, what each desk list holds, what a light is in a WHERE clause."""

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from tisu.accounts.standing import Standing, read_once, standing_of
from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.loop.stages import GONE, OPEN, Light
from tisu.orgs.models import Duty, Role, within

OFFICE_ROLES = (Role.OFFICE_LEAD, Role.OFFICE_STAFF)
OVERSIGHT_ROLES = (*OFFICE_ROLES, Role.SUPERVISION)
HEAD_ROLES = (Role.DEPT_LEAD, Role.OFFICE_LEAD)
UNIT_ROLES = (Role.DEPT_LEAD, Role.DEPT_CLERK, *OVERSIGHT_ROLES)
HANDLING_ACTS = ("accept", "return", "report", "co_done", "co_confirm", "co_waive", "submit", "withdraw")


class MatterQuerySet(models.QuerySet):
    def visible_to(self, user) -> "MatterQuerySet":
        """The matters a person may see (loop.md §1).

        - office and supervision: those of their region;
        - lead and co-units: theirs, from assignment on, until returned;
        - a county leader, and the secretary: those of units in the leader's charge, and those the post watches;
        - whoever raised it: their own; what was raised for a firm, whoever acts for the firm today;
        - discipline: what was handed to it;
        - administrators: none, whatever else they are;
        - a wall against the person, their unit, or a unit in their charge overrules all of it, and so does an
          interest in a firm concerned, shown or not; who stands in for a post is bound like its holder.
        """
        if not user.is_authenticated:
            return self.none()
        standing = standing_of(user)
        if standing.is_administrator:
            return self.none()
        return self.reached_by(standing).outside_walls(standing)

    def reached_by(self, standing: Standing) -> "MatterQuerySet":
        """What the roles alone would show: never without `outside_walls`."""
        return self.filter(self._reach(standing))

    def _reach(self, standing: Standing) -> Q:
        reach = raised_by(standing)
        for region in standing.regions(*OVERSIGHT_ROLES):
            reach |= within("region_id", region)
        if units := _beyond_oversight(standing) | _in_charge(standing):
            reach |= Q(self.assigned_to(units))
        if posts := standing.posts(Role.COUNTY_LEADER):
            reach |= Q(Exists(self._rows("watches").filter(matter=OuterRef("pk"), post__in=posts)))
        if units := standing.units(Role.DISCIPLINE):
            reach |= Q(handed_to__in=units)
        return reach

    def outside_walls(self, standing: Standing) -> "MatterQuerySet":
        outside = self.exclude(self._walls_against(standing))
        if firms := interests_of(standing):
            kept = self._rows("concerned_firms").filter(enterprise__in=firms).values("matter")
            outside = outside.exclude(enterprise__in=firms).exclude(pk__in=kept)
        return outside

    def walled_off(self, standing: Standing) -> "MatterQuerySet":
        """Those that a wall keeps from this person: for what stands on a matter and is read without it."""
        return self.filter(self._walls_against(standing))

    def _walls_against(self, standing: Standing) -> Exists:
        against = Q(user__in=standing.persons) | Q(unit__in=standing.all_units)
        return Exists(self._rows("walls").standing().filter(against, matter=OuterRef("pk")))

    def concerning(self, firm) -> "MatterQuerySet":
        """Whether or not they show it: for walls alone, never for a list of the firm's matters."""
        kin = type(firm).objects.kin_of([firm.pk]).values("pk")
        kept = self._rows("concerned_firms").filter(matter=OuterRef("pk"), enterprise__in=kin)
        return self.filter(Q(enterprise__in=kin) | Exists(kept))

    def assigned_to(self, units, **facts) -> Exists:
        rows = self._rows("assignments").exclude(state__in=GONE)
        return Exists(rows.filter(matter=OuterRef("pk"), unit__in=units, **facts))

    def among_those_of(self, units) -> Q:
        """The same as a list of keys to start from, for units that seldom handle anything."""
        return Q(pk__in=self._rows("assignments").filter(unit__in=units).values("matter"))

    def handled_by(self, persons) -> Exists:
        rows = self._rows("events").filter(actor__in=persons, action__in=HANDLING_ACTS)
        return Exists(rows.filter(matter=OuterRef("pk")))

    def for_actor(self, user) -> "MatterQuerySet":
        """Carry along whether this person handled each one, so that asking who may verify costs no query."""
        return self.annotate(handled_by_reader=self.handled_by({user.pk}))

    def _rows(self, relation: str) -> models.QuerySet:
        return self.model._meta.get_field(relation).related_model.objects.all()

    # --- what a list or a figure asks for ---

    def open(self) -> "MatterQuerySet":
        return self.filter(stage__in=OPEN)

    def at(self, stage: str) -> "MatterQuerySet":
        return self.filter(stage=stage)

    def under(self, light: str) -> "MatterQuerySet":
        return self.filter(light_is(light))

    def walled_from_office(self) -> Q:
        """The report accuses the office itself: supervision takes the office's place."""
        walls = self._rows("walls").standing().filter(unit__duty=Duty.OFFICE)
        return Q(Exists(walls.filter(matter=OuterRef("pk"))))

    def handled_by_office(self) -> Q:
        """The office is itself one of the units: what is asked for there, supervision decides."""
        rows = self._rows("assignments").exclude(state__in=GONE)
        return Q(Exists(rows.filter(matter=OuterRef("pk"), unit__duty=Duty.OFFICE)))

    def for_rows(self) -> "MatterQuerySet":
        """Everything that a row of a list shows, in a fixed number of queries."""
        return self.prefetch_related(self.with_units("assignments"))

    def for_ticking(self) -> "MatterQuerySet":
        """The same where it is asked of each row what can be done to it among others."""
        return self.for_rows().prefetch_related(self.with_units("walls"))

    def for_cards(self) -> "MatterQuerySet":
        """The same for a card, which also offers the next thing to do."""
        return self.for_rows().select_related("matter_type").prefetch_related(self.with_units("walls"))

    def for_acting(self) -> "MatterQuerySet":
        """The same where everything is offered that can be done."""
        return self.for_cards().prefetch_related("requests")

    def with_units(self, relation: str) -> Prefetch:
        """The rows of a matter and the unit of each, read in one query."""
        return Prefetch(relation, self.hanging(relation))

    def hanging(self, relation: str) -> models.QuerySet:
        """All rows of this relation with the unit of each, whichever matter they hang on."""
        return self._rows(relation).select_related("unit")


class MatterManager(models.Manager.from_queryset(MatterQuerySet)):
    """What a person may see is built once for their standing, and narrowed by each list that a page draws.

    Walls are part of the question each time. The interests are looked up when it is built: who acts is asked again
    when the matter is held (perform.py).
    """

    def visible_to(self, user) -> MatterQuerySet:
        # Of a related manager it would be all, and not its own rows; of another database, the wrong ones.
        is_whole = type(self) is MatterManager and self._db is None
        if not is_whole:
            return self.get_queryset().visible_to(user)
        return _seen(standing_of(user), self.model).all()


@read_once
def _seen(standing: Standing, model: type[models.Model]) -> MatterQuerySet:
    return MatterQuerySet(model).visible_to(standing.user)


def raised_by(standing: Standing) -> Q:
    """What a person raised on their own account, and what any of its people raised for a firm that they act for."""
    own = Q(requester=standing.user, for_firm=None)
    if not standing.enterprises:
        return own
    return own | Q(for_firm__in=Enterprise.objects.kin_of(standing.enterprises).values("pk"))


@read_once
def interests_of(standing: Standing) -> frozenset[int]:
    """The firms that this person, or whoever they stand in for, has an interest in today: seldom any.

    An interest in a firm is one in every row of the register that is the same firm. Looked up once for a request; who
    acts on a matter is asked again when it is held (perform.py).
    """
    rows = standing.user.conflicts.model.objects.on(standing.day).filter(user__in=standing.persons)
    firms = frozenset(rows.values_list("enterprise", flat=True))
    if not firms:
        return firms
    return frozenset(Enterprise.objects.kin_of(firms).values_list("pk", flat=True))


def _beyond_oversight(standing: Standing) -> set[int]:
    """Units whose matters are not seen by the region already, as those of the office and of supervision are."""
    seen = standing.having(*OVERSIGHT_ROLES)
    return standing.units(*UNIT_ROLES) - {role.unit_id for role in seen}


def _in_charge(standing: Standing) -> set[int]:
    return set().union(*(role.in_charge_of for role in standing.having(Role.COUNTY_LEADER)))


def light_is(light: str) -> Q:
    """A light as a condition, the same rule as Matter.light. A stopped clock is read at its stop."""
    if light in (Light.ON_TIME, Light.LATE):
        return Q(verdict=light)
    now = clock.now()
    running, stopped = Q(stopped_at__isnull=True), Q(stopped_at__isnull=False)
    late = running & Q(due_at__lt=now) | stopped & Q(due_at__lt=models.F("stopped_at"))
    warned = running & Q(warn_at__lte=now) | stopped & Q(warn_at__lte=models.F("stopped_at"))
    held = Q(suspended_until__gt=now)
    free = Q(suspended_until__isnull=True) | Q(suspended_until__lte=now)
    by_light = {
        Light.RED: free & late,
        Light.YELLOW: free & warned & ~late,
        Light.GREEN: free & (Q(due_at__isnull=True) | ~warned),
        Light.GREY: held,
    }
    return Q(stage__in=OPEN) & by_light[Light(light)]
