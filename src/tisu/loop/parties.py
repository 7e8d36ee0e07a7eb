"""What an actor is to one matter. Actions name these parties; buttons, checks and tests read the same table."""

from collections.abc import Callable, Iterator

from tisu.accounts.standing import Standing
from tisu.loop.actor import Actor
from tisu.loop.models import Event, Matter, Request, Watch
from tisu.loop.queries import HANDLING_ACTS, HEAD_ROLES, OFFICE_ROLES, OVERSIGHT_ROLES, UNIT_ROLES
from tisu.orgs.models import Duty, Role


def accuses_office(matter: Matter) -> bool:
    return any(wall.unit_id and wall.unit.duty == Duty.OFFICE for wall in matter.standing_walls)


def _oversees(standing: Standing, matter: Matter, *codes: str) -> bool:
    """By a post over the matter's own region: one that is seen by another post is not overseen by this one."""
    return any(matter.region_id.startswith(role.region) for role in standing.having(*codes))


def _is_dispatcher(standing: Standing, matter: Matter) -> bool:
    """The office; supervision instead where the report accuses the office, and for what supervision opened."""
    if _oversees(standing, matter, *OFFICE_ROLES):
        return True
    own = matter.opened_by_unit_id in standing.units(Role.SUPERVISION)
    return _oversees(standing, matter, Role.SUPERVISION) and (own or accuses_office(matter))


def _is_arbiter(standing: Standing, matter: Matter) -> bool:
    """Decides what is asked for: the dispatcher, but nobody whose unit handles it; then supervision instead."""
    if any(row.unit_id in standing.all_units for row in matter.current_assignments):
        return False
    office_handles = any(row.unit.duty == Duty.OFFICE for row in matter.current_assignments)
    return _is_dispatcher(standing, matter) or (
        office_handles and _oversees(standing, matter, Role.SUPERVISION)
    )


def _is_overseer_apart(standing: Standing, matter: Matter) -> bool:
    """Office or supervision, whichever does not handle it itself."""
    handling = {row.unit_id for row in matter.current_assignments}
    return _is_supervisor(standing, matter) and not handling & standing.all_units


def _is_lead(standing: Standing, matter: Matter) -> bool:
    return matter.lead is not None and matter.lead.unit_id in standing.units(*UNIT_ROLES)


def _is_lead_head(standing: Standing, matter: Matter) -> bool:
    return matter.lead is not None and matter.lead.unit_id in standing.units(*HEAD_ROLES)


def _is_co_unit(standing: Standing, matter: Matter) -> bool:
    return any(row.unit_id in standing.units(*UNIT_ROLES) for row in matter.co_assignments)


def _is_supervisor(standing: Standing, matter: Matter) -> bool:
    return _oversees(standing, matter, *OVERSIGHT_ROLES)


def _is_verifier(standing: Standing, matter: Matter) -> bool:
    """Four eyes: office or supervision, and neither lead nor co-unit, submitter nor handler."""
    return _is_overseer_apart(standing, matter) and not _has_handled(standing, matter)


def _is_checker(standing: Standing, matter: Matter) -> bool:
    """Who looks into it after it was closed: a verifier, but not the one who passed it (loop.md §4, point 6)."""
    return _is_verifier(standing, matter) and not _has_passed(standing, matter)


def _has_handled(standing: Standing, matter: Matter) -> bool:
    """A list that was read for this person (MatterQuerySet.for_actor) knows it already, of their own hand."""
    if hasattr(matter, "handled_by_reader") and len(standing.hands) == 1:
        return matter.handled_by_reader
    return Event.objects.filter(matter=matter, actor__in=standing.hands, action__in=HANDLING_ACTS).exists()


def _has_passed(standing: Standing, matter: Matter) -> bool:
    passed = Event.objects.filter(matter=matter, actor__in=standing.hands, action="pass", cycle=matter.cycle)
    return passed.exists()


def _is_leader(standing: Standing, matter: Matter) -> bool:
    """Whoever sees it as a leader. Of several posts it is the one in charge of a unit that handles it, or watching."""
    leading = list(standing.having(Role.COUNTY_LEADER))
    if not leading or len(standing.bound) == 1:
        return bool(leading)
    charge = frozenset().union(*(role.in_charge_of for role in leading))
    if any(row.unit_id in charge for row in matter.current_assignments):
        return True
    return Watch.objects.filter(matter=matter, post__in=standing.posts(Role.COUNTY_LEADER)).exists()


def _is_decider(standing: Standing, matter: Matter) -> bool:
    """May decide requests of some kind; which ones, the table of decisions says."""
    return _is_supervisor(standing, matter) or _is_leader(standing, matter)


def _is_author(standing: Standing, matter: Matter) -> bool:
    """The unit that opened it, while it is a draft."""
    return matter.opened_by_unit_id in standing.units(*UNIT_ROLES)


def is_requester(standing: Standing, matter: Matter) -> bool:
    """The person who raised it, or where a firm did, whoever acts for that firm (queries.raised_by)."""
    if matter.for_firm_id is None:
        return matter.requester_id == standing.user.pk
    return bool(standing.enterprises) and matter.for_firm.root_id in standing.enterprises


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
    "requester": is_requester,
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
    return any(_faces(actor, matter, names))


def may_decide(actor: Actor, matter: Matter, request: Request, names: tuple[str, ...]) -> bool:
    """One of the parties, and not the one who asked, nor by cover of the one who did."""
    return any(request.filed_by_id not in face.hands for face in _faces(actor, matter, names))


def signing(actor: Actor, matter: Matter, names: tuple[str, ...], asked_by: int | None = None) -> Actor:
    """The same actor, signing by the role that makes them one of these parties (and not the one who asked).

    Of several roles that do, the party named first decides, then the person's own before one they stand in for.
    """
    if actor.standing is None or actor.instructs or len(actor.standing.roles) < 2:
        return actor
    found = (
        role
        for name in names
        for face in _faces(actor, matter, (name,))
        if asked_by not in face.hands
        for role in face.roles
        if PARTIES[name](face.by(role), matter)
    )
    return actor.signing_as(next(found, None))


def _faces(actor: Actor, matter: Matter, names: tuple[str, ...]) -> Iterator[Standing]:
    """As whom this person is one of the parties."""
    persons = [PARTIES[name] for name in names if name not in NO_PERSONS]
    return (face for face in actor.standing.faces if any(is_it(face, matter) for is_it in persons))
