"""Deciding: what may be granted by whom, and what granting it does, in one table (REQUESTS)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.moves import Move, move
from tisu.loop.effects.assigning import transfer
from tisu.loop.effects.requests import lapse, refuse_late_pause, settle
from tisu.loop.faults import Conflict, NotAllowed, Unacceptable
from tisu.loop.models import ClockKind, Request, RequestKind
from tisu.loop.parties import is_party, may_decide, signing
from tisu.loop.queries import UNIT_ROLES
from tisu.loop.reasons import is_listed
from tisu.loop.stages import OPEN, Stage


@dataclass(frozen=True)
class Decided:
    """How one kind of request is decided: `deciders` are parties, `step` is where granting takes the matter."""

    deciders: tuple[str, ...]
    step: Move
    grant: Callable[[Any, Request], None]


def grant(act) -> None:
    """What was asked for happens now. Whoever asked does not grant it."""
    request = _waiting(act)
    decided = _decidable(act, request)
    if not decided.step.starts_from(act.matter.stage):
        raise Conflict(
            _("“%(kind)s” cannot be granted now: the matter is at “%(stage)s”.")
            % {"kind": request.get_kind_display(), "stage": Stage(act.matter.stage).label}
        )
    act.step = decided.step
    _settled(act, request, "grant", act.data["opinion"])
    decided.grant(act, request)


def decline(act) -> None:
    request = _waiting(act)
    _decidable(act, request)
    _settled(act, request, "decline", act.data["reason"])


def withdraw_request(act) -> None:
    """Only whoever's unit asked."""
    request = _waiting(act)
    own = act.actor.standing.units(*UNIT_ROLES)
    if request.filed_by_id != act.actor.user.pk and request.unit_id not in own:
        raise NotAllowed(_("Only the unit that asked may withdraw its request."))
    act.actor = act.actor.signing_for(request.unit_id, *UNIT_ROLES)
    _settled(act, request, "withdraw", "")


def _waiting(act) -> Request:
    number = act.data["request"]
    found = next((each for each in act.matter.requests.all() if each.number == number), None)
    if found is None:
        raise Unacceptable.at(
            "request", _("This matter has no request with the number %(number)s.") % {"number": number}
        )
    if not found.is_waiting:
        raise Conflict(
            _("This request has been decided already: %(state)s.") % {"state": found.get_state_display()}
        )
    return found


def _decidable(act, request: Request) -> Decided:
    decided = REQUESTS[request.kind]
    if not is_party(act.actor, act.matter, decided.deciders):
        raise NotAllowed(_("This kind of request is for someone else to decide."))
    if act.actor.user:
        if not may_decide(act.actor, act.matter, request, decided.deciders):
            raise NotAllowed(_("Whoever asked does not decide: another person must."))
        act.actor = signing(act.actor, act.matter, decided.deciders, asked_by=request.filed_by_id)
    return decided


def _settled(act, request: Request, code: str, opinion: str) -> None:
    act.body["request_kind"] = request.kind
    settle(act, request, code, opinion)


# --- what granting does -----------------------------------------------------------------------------------


def _extend(act, request: Request) -> None:
    """From the original due day (case 31), and once, suspended or not (case 33)."""
    row, days = act.clocks.of(ClockKind.SOLVE), request.data["working_days"]
    if request.filed_at > row.due_at:
        raise Conflict(_("The due day has passed: an extension is asked for before it."))
    was = clock.local_day(row.due_at)
    act.clocks.extend(days, request=request, approved_by=act.actor.signed, at=act.at)
    act.body |= {"working_days": days, "due_was": was.isoformat(), "due_now": _day(row.due_at)}


def _suspend(act, request: Request) -> None:
    """From now until the day that was named. A reason that the type does not list needs an opinion."""
    refuse_late_pause(act)
    if not is_listed(request.reason, act.matter.matter_type.rules.suspension_reasons) and not request.opinion:
        raise Unacceptable.at(
            "opinion", _("The reason is not one of those listed: say why the suspension is granted.")
        )
    until = clock.moment(date.fromisoformat(request.data["until"]), time.min)
    if until <= act.at:
        raise Conflict(_("The day until which it was to be suspended has come: decline the request."))
    was = act.clocks.of(ClockKind.SOLVE).due_at
    act.clocks.pause(at=act.at, until=until, reason=request.reason, request=request)
    act.facts["suspended_until"] = until
    act.body |= {
        "until": request.data["until"],
        "due_was": _day(was),
        "due_now": _day(act.clocks.of(ClockKind.SOLVE).due_at),
    }


def resume(act) -> None:
    """By hand now, by rule as of the day that was named, however late the rule runs; that day is counted."""
    matter = act.matter
    if not matter.suspended_until:
        raise Conflict(_("It is not suspended."))
    at = matter.suspended_until if act.actor.rule else min(act.at, matter.suspended_until)
    if any(row.pauses.filter(resumed_at=None, paused_at__gt=at).exists() for row in act.clocks.running()):
        raise Conflict(_("It cannot be resumed before it was suspended."))
    act.clocks.end_pauses(at=at)
    act.facts["suspended_until"] = None
    act.body["due_now"] = _day(act.clocks.of(ClockKind.SOLVE).due_at)


def _cancel(act, request: Request) -> None:
    lapse(act, act.matter.requests.all().exclude(pk=request.pk))
    act.body["reason"] = request.reason
    act.clocks.end_pauses(at=act.at)
    act.clocks.stop_all(at=act.at)
    act.facts |= {"suspended_until": None, "verifying": False, "proposed_result": ""}


def _transfer(act, request: Request) -> None:
    lapse(act, act.matter.requests.all().exclude(pk=request.pk))
    act.body["unit"] = request.data["unit"]
    transfer(act, request)


def _change_content(act, request: Request) -> None:
    act.facts["text"] = request.data["text"]


def _note(act, request: Request) -> None:
    """The decision itself is what counts; whoever computes rates reads it from the request."""


def _day(moment) -> str:
    return clock.local_day(moment).isoformat()


_P = Stage.IN_PROGRESS
REQUESTS: dict[str, Decided] = {
    RequestKind.EXTENSION: Decided(("arbiter", "leader"), move("grant", [_P]), _extend),
    RequestKind.SUSPENSION: Decided(("overseer_apart",), move("grant", [_P]), _suspend),
    RequestKind.TRANSFER: Decided(
        ("arbiter",), move("grant", [Stage.ASSIGNED, _P], Stage.ASSIGNED), _transfer
    ),
    RequestKind.CANCELLATION: Decided(("leader",), move("grant", OPEN, Stage.CANCELLED), _cancel),
    RequestKind.CONTENT_CHANGE: Decided(("arbiter",), move("grant", OPEN), _change_content),
    RequestKind.RATING_APPEAL: Decided(("checker",), move("grant", [Stage.CLOSED]), _note),
    RequestKind.FACT_CHECK: Decided(("checker",), move("grant", [Stage.CLOSED]), _note),
}
DECIDERS = tuple(sorted({party for decided in REQUESTS.values() for party in decided.deciders}))
