"""What waits to be decided, and by whom: read for buttons, cards and the desk."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet

from tisu.accounts.standing import Standing
from tisu.loop.actor import Actor
from tisu.loop.effects import REQUESTS
from tisu.loop.models import Event, Matter, Request, RequestState
from tisu.loop.parties import may_decide
from tisu.loop.queries import OFFICE_ROLES, OVERSIGHT_ROLES, UNIT_ROLES, MatterQuerySet
from tisu.loop.stages import Stage
from tisu.orgs.models import Role

# Which posts can be one of the parties that decide; whether they are in this matter, parties.py says.
ROLES_OF = {
    "arbiter": OVERSIGHT_ROLES,
    "overseer_apart": OVERSIGHT_ROLES,
    "checker": OVERSIGHT_ROLES,
    "leader": (Role.COUNTY_LEADER,),
}


def decidable(matter: Matter, actor: Actor) -> list[Request]:
    """The waiting requests of a matter that this actor may decide: never one's own."""
    return [
        row
        for row in matter.requests.all()
        if row.is_waiting and may_decide(actor, matter, row, REQUESTS[row.kind].deciders)
    ]


def own(matter: Matter, actor: Actor) -> list[Request]:
    """The waiting requests that this actor's unit asked for."""
    units = actor.standing.units(*UNIT_ROLES)
    return [
        row
        for row in matter.requests.all()
        if row.is_waiting and (row.filed_by_id == actor.user.pk or row.unit_id in units)
    ]


def to_decide(standing: Standing, rows: MatterQuerySet) -> MatterQuerySet:
    """The matters where something waits for this person's decision: never one's own, always one's part."""
    condition = Q(stage=Stage.PENDING_APPROVAL) if standing.has(Role.COUNTY_LEADER) else Q(pk__in=())
    for face in standing.faces:
        condition |= _decided_by(face, rows)
    return rows.filter(Q(stage=Stage.PENDING_APPROVAL) | Q(pk__in=_asked()), condition)


def _decided_by(face: Standing, rows: MatterQuerySet) -> Q:
    theirs = Request.objects.filter(matter=OuterRef("pk"), state=RequestState.FILED)
    theirs = theirs.exclude(filed_by__in=face.hands)
    condition = Q(pk__in=())
    for party, roles in ROLES_OF.items():
        if face.has(*roles):
            kinds = [kind for kind, decided in REQUESTS.items() if party in decided.deciders]
            condition |= Q(Exists(theirs.filter(kind__in=kinds))) & PARTS[party](face, rows)
    return condition


def _asked() -> QuerySet:
    """Where anything waits at all: a short list, from which the database may start."""
    return Request.objects.filter(state=RequestState.FILED).values("matter")


def _dispatched(standing: Standing, rows: MatterQuerySet) -> Q:
    """The office has all; supervision what accuses the office, what the office handles and what it opened itself."""
    if standing.has(*OFFICE_ROLES):
        return _apart(standing, rows)
    own = (
        rows.walled_from_office()
        | rows.handled_by_office()
        | Q(opened_by_unit__in=standing.units(Role.SUPERVISION))
    )
    return own & _apart(standing, rows)


def _apart(standing: Standing, rows: MatterQuerySet) -> Q:
    return ~Q(rows.assigned_to(standing.all_units))


def _checked(standing: Standing, rows: MatterQuerySet) -> Q:
    """Neither what one's own unit or hand worked on, nor what one passed oneself."""
    passed = Event.objects.filter(matter=OuterRef("pk"), cycle=OuterRef("cycle"), action="pass")
    own_hand = Q(rows.handled_by(standing.hands)) | Q(Exists(passed.filter(actor__in=standing.hands)))
    return ~Q(rows.assigned_to(standing.all_units)) & ~own_hand


EVERY = Q()
PARTS: dict[str, Callable[[Standing, MatterQuerySet], Q]] = {
    "arbiter": _dispatched,
    "overseer_apart": _apart,
    "checker": _checked,
    "leader": lambda _standing, _rows: EVERY,
}
