"""Who is concerned by a matter: the groups of people that messages go to.

Every group is asked of the database at the moment of the act, so a post that was filled, a wall that was built or a
unit that joined a moment ago counts. The questions are prepared, because a worker asks them for every row.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from tisu.accounts.models import User
from tisu.enterprises.models import Enterprise, Mandate
from tisu.foundation import clock
from tisu.foundation.prepared import Blank, Prepared
from tisu.loop.models import Assignment, Matter, Watch
from tisu.loop.parties import accuses_office
from tisu.loop.queries import OFFICE_ROLES, OVERSIGHT_ROLES
from tisu.loop.stages import GONE
from tisu.loop.superiors import leaders_who_see
from tisu.orgs.models import Duty, Role

UNIT_POSTS = (Role.DEPT_LEAD, Role.DEPT_CLERK, *OVERSIGHT_ROLES)
Recipients = Callable[[Matter], Iterable[User]]


def people_of(units: Iterable[int], *roles: str) -> QuerySet[User]:
    """Who holds a post of these roles in these units today, or stands in for its holder."""
    return of_posts(unit__in=list(units), role__in=roles)


def of_posts(day: Any = None, **post: Any) -> QuerySet[User]:
    """Who holds such a post today, or stands in for its holder."""
    facts = {f"post__{name}": value for name, value in post.items()}
    held, stood_in = (
        User._meta.get_field(relation).related_model.objects.on(day).filter(**facts).order_by()
        for relation in ("holdings", "delegations")
    )
    people = Q(pk__in=held.values("user")) | Q(pk__in=stood_in.values("user"))
    return User.objects.filter(people, is_active=True)


def _asked(**post: Any) -> QuerySet[User]:
    """All that a message asks of a person: who they are, and which language they read."""
    return of_posts(Blank("day", date), **post).only("username", "language")


def _handling(**facts: Any) -> QuerySet:
    """The units that handle the matter that is asked about."""
    rows = Assignment.objects.filter(matter=Blank("matter"), **facts).exclude(state__in=GONE)
    return rows.order_by().values("unit")


def _overseers(*roles: str) -> Prepared:
    return Prepared(lambda: _asked(role__in=roles, unit__region=Blank("region", str)))


_LEAD = Prepared(lambda: _asked(unit__in=_handling(is_lead=True), role__in=UNIT_POSTS))
_HANDLERS = Prepared(lambda: _asked(unit__in=_handling(), role__in=UNIT_POSTS))
_ANYONE_HANDLING = Prepared(lambda: _asked(unit__in=_handling(), role__in=Role.values))
_WATCHERS = Prepared(
    lambda: _asked(pk__in=Watch.objects.filter(matter=Blank("matter")).order_by().values("post"))
)
_OFFICE, _SUPERVISION = _overseers(*OFFICE_ROLES), _overseers(Role.SUPERVISION)
_OVERSIGHT = _overseers(*OVERSIGHT_ROLES)


def lead(matter: Matter) -> Iterable[User]:
    return _LEAD(matter=matter.pk, day=clock.today())


def handlers(matter: Matter) -> Iterable[User]:
    """Lead and co-units."""
    return _HANDLERS(matter=matter.pk, day=clock.today())


def office(matter: Matter) -> Iterable[User]:
    """Whoever dispatches it: the office of the region; supervision where the office is accused, or what it opened."""
    if accuses_office(matter):
        return _of_region(_SUPERVISION, matter)
    opened_by = matter.opened_by_unit
    own = opened_by is not None and opened_by.duty == Duty.SUPERVISION
    return _of_region(_OVERSIGHT if own else _OFFICE, matter)


def arbiters(matter: Matter) -> Iterable[User]:
    """Whoever decides what the lead unit asks for: the office, or supervision where the office handles it itself."""
    handling = {row.unit.duty for row in matter.current_assignments}
    return _of_region(_SUPERVISION, matter) if Duty.OFFICE in handling else office(matter)


def verifiers(matter: Matter) -> Iterable[User]:
    """Office and supervision, without those whose unit handles it."""
    handling = {user.pk for user in _ANYONE_HANDLING(matter=matter.pk, day=clock.today())}
    return [user for user in _of_region(_OVERSIGHT, matter) if user.pk not in handling]


def _of_region(overseers: Prepared, matter: Matter) -> Iterable[User]:
    return overseers(region=matter.region_id, day=clock.today())


def watchers(matter: Matter) -> Iterable[User]:
    return _WATCHERS(matter=matter.pk, day=clock.today())


def leaders(matter: Matter) -> Iterable[User]:
    """The county leaders who see it, and may decide what is asked of a leader."""
    return of_posts(pk__in=[post.pk for post in leaders_who_see(matter)])


def requester(matter: Matter) -> Iterable[User]:
    """Who raised it; where a firm did, all who act for it today."""
    if matter.for_firm_id:
        kin = Enterprise.objects.kin_of([matter.for_firm_id])
        return User.objects.filter(
            pk__in=Mandate.objects.on().filter(enterprise__in=kin).values("user"), is_active=True
        )
    return [matter.requester] if matter.requester else []
