"""What waits to be decided, and by whom: read for buttons, cards and the desk."""

from django.db.models import Exists, OuterRef, Q

from tisu.accounts.standing import Standing
from tisu.loop.actor import Actor
from tisu.loop.effects import REQUESTS
from tisu.loop.models import Matter, Request, RequestState
from tisu.loop.parties import is_party
from tisu.loop.queries import OFFICE_ROLES, OVERSIGHT_ROLES, UNIT_ROLES, MatterQuerySet
from tisu.loop.stages import Stage
from tisu.orgs.models import Role

# Which posts can be one of the parties that decide; whether they are in this matter, parties.py says.
ROLES_OF = {
    "dispatcher": OFFICE_ROLES,
    "supervisor": OVERSIGHT_ROLES,
    "verifier": OVERSIGHT_ROLES,
    "leader": (Role.COUNTY_LEADER,),
}


def decidable(matter: Matter, actor: Actor) -> list[Request]:
    """The waiting requests of a matter that this actor may decide: never one's own."""
    return [
        row
        for row in matter.requests.all()
        if row.is_waiting
        and row.filed_by_id != actor.user.pk
        and is_party(actor, matter, REQUESTS[row.kind].deciders)
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
    """The matters where something waits for this person's decision."""
    kinds = [
        kind
        for kind, decided in REQUESTS.items()
        if any(standing.has(*ROLES_OF[party]) for party in decided.deciders)
    ]
    waiting = Request.objects.filter(matter=OuterRef("pk"), state=RequestState.FILED, kind__in=kinds)
    condition = Q(Exists(waiting.exclude(filed_by=standing.user)))
    if standing.has(Role.COUNTY_LEADER):
        condition |= Q(stage=Stage.PENDING_APPROVAL)
    return rows.filter(condition)
