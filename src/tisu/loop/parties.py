"""What an actor is to one matter. Actions name these parties; buttons, checks and tests read the same table."""

from collections.abc import Callable

from tisu.accounts.standing import Standing
from tisu.loop.actor import Actor
from tisu.loop.models import Event, Matter
from tisu.loop.queries import HANDLING_ACTS, HEAD_ROLES, OFFICE_ROLES, OVERSIGHT_ROLES, UNIT_ROLES
from tisu.orgs.models import Duty, Role


def accuses_office(matter: Matter) -> bool:
    return any(wall.unit_id and wall.unit.duty == Duty.OFFICE for wall in matter.standing_walls)


def _is_dispatcher(standing: Standing, matter: Matter) -> bool:
    """The office; supervision instead where the report accuses the office, and for what supervision opened."""
    if standing.has(*OFFICE_ROLES):
        return True
    own = matter.opened_by_unit_id in standing.units(Role.SUPERVISION)
    return standing.has(Role.SUPERVISION) and (own or accuses_office(matter))


def _is_arbiter(standing: Standing, matter: Matter) -> bool:
    """Decides what is asked for: the dispatcher, but nobody whose unit handles it; then supervision instead."""
    if any(row.unit_id in standing.all_units for row in matter.current_assignments):
        return False
    office_handles = any(row.unit.duty == Duty.OFFICE for row in matter.current_assignments)
    return _is_dispatcher(standing, matter) or (standing.has(Role.SUPERVISION) and office_handles)


def _is_overseer_apart(standing: Standing, matter: Matter) -> bool:
    """Office or supervision, whichever does not handle it itself."""
    handling = {row.unit_id for row in matter.current_assignments}
    return bool(standing.units(*OVERSIGHT_ROLES)) and not handling & standing.all_units


def _is_lead(standing: Standing, matter: Matter) -> bool:
    return matter.lead is not None and matter.lead.unit_id in standing.units(*UNIT_ROLES)


def _is_lead_head(standing: Standing, matter: Matter) -> bool:
    return matter.lead is not None and matter.lead.unit_id in standing.units(*HEAD_ROLES)


def _is_co_unit(standing: Standing, matter: Matter) -> bool:
    return any(row.unit_id in standing.units(*UNIT_ROLES) for row in matter.co_assignments)


def _is_supervisor(standing: Standing, matter: Matter) -> bool:
    return standing.has(*OVERSIGHT_ROLES)


def _is_verifier(standing: Standing, matter: Matter) -> bool:
    """Four eyes: office or supervision, and neither lead nor co-unit, submitter nor handler."""
    units = standing.units(*OVERSIGHT_ROLES)
    if not units or any(row.unit_id in standing.all_units for row in matter.current_assignments):
        return False
    return not _has_handled(standing, matter)


def _is_checker(standing: Standing, matter: Matter) -> bool:
    """Who looks into it after it was closed: a verifier, but not the one who passed it (loop.md §4, point 6)."""
    return _is_verifier(standing, matter) and not _has_passed(standing, matter)


def _has_handled(standing: Standing, matter: Matter) -> bool:
    """A list that was read for this person (MatterQuerySet.for_actor) knows it already."""
    if hasattr(matter, "handled_by_reader"):
        return matter.handled_by_reader
    return Event.objects.filter(matter=matter, actor=standing.user, action__in=HANDLING_ACTS).exists()


def _has_passed(standing: Standing, matter: Matter) -> bool:
    passed = Event.objects.filter(matter=matter, actor=standing.user, action="pass", cycle=matter.cycle)
    return passed.exists()


def _is_leader(standing: Standing, matter: Matter) -> bool:
    return standing.has(Role.COUNTY_LEADER)


def _is_decider(standing: Standing, matter: Matter) -> bool:
    """May decide requests of some kind; which ones, the table of decisions says."""
    return _is_supervisor(standing, matter) or _is_leader(standing, matter)


def _is_author(standing: Standing, matter: Matter) -> bool:
    """The unit that opened it, while it is a draft."""
    return matter.opened_by_unit_id in standing.units(*UNIT_ROLES)


def _is_requester(standing: Standing, matter: Matter) -> bool:
    return matter.requester_id == standing.user.pk


PARTIES: dict[str, Callable[[Standing, Matter], bool]] = {
    "dispatcher": _is_dispatcher,
    "arbiter": _is_arbiter,
    "overseer_apart": _is_overseer_apart,
    "lead": _is_lead,
    "lead_head": _is_lead_head,
    "co_unit": _is_co_unit,
    "supervisor": _is_supervisor,
    "verifier": _is_verifier,
    "checker": _is_checker,
    "leader": _is_leader,
    "decider": _is_decider,
    "author": _is_author,
    "requester": _is_requester,
}
NO_PERSONS = frozenset({"rule", "instruction"})


def is_party(actor: Actor, matter: Matter, names: tuple[str, ...]) -> bool:
    """Whether the actor is one of the named parties. A receipt makes its holder the requester and no more.

    `rule` and `instruction` are no persons: a standing rule, and what a leader's instruction carries.
    """
    if actor.rule:
        return "rule" in names
    if actor.instructs and "instruction" in names:
        return True
    if actor.standing is None:
        return "requester" in names and actor.reporter_of == matter.pk
    return any(PARTIES[name](actor.standing, matter) for name in names if name not in NO_PERSONS)
