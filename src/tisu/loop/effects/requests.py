"""Asking: for more time, a pause, another unit, an end, other words. Deciding stands in decisions.py.

Work goes on while a request waits, and so does the clock.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tisu.foundation.listed import listed
from tisu.foundation.moves import advance, begin, move
from tisu.loop.faults import Conflict, Unacceptable
from tisu.loop.models import ClockKind, Rating, Request, RequestKind, RequestState, Watch
from tisu.loop.queries import UNIT_ROLES
from tisu.loop.superiors import leaders_who_see, superiors_of

_S = RequestState
REQUEST_MOVES = {
    "grant": move("grant", [_S.FILED], _S.APPROVED),
    "decline": move("decline", [_S.FILED], _S.REFUSED),
    "withdraw": move("withdraw", [_S.FILED], _S.WITHDRAWN),
    "lapse": move("lapse", [_S.FILED], _S.LAPSED),
}


def file(act, kind: str, *, by_rule: str = "", **data: Any) -> Request:
    """One waiting request of a kind at a time. What a rule asks for names no person, only the rule."""
    matter = act.matter
    known = list(matter.requests.all())
    if any(each.kind == kind and each.is_waiting for each in known):
        raise Conflict(
            _("A request for this waits already (%(kind)s): withdraw it or wait for the decision.")
            % {"kind": RequestKind(kind).label}
        )
    row = Request(
        matter=matter,
        number=max((each.number for each in known), default=0) + 1,
        kind=kind,
        cycle=matter.cycle,
        reason=act.data.get("reason", ""),
        data=data,
        unit_id=None if by_rule else _own_unit(act),
        filed_by=None if by_rule else act.actor.user,
        signed=by_rule or act.actor.signed,
        filed_at=act.at,
    )
    act.body["request"] = row.number
    return begin(row, RequestState.FILED)


def _own_unit(act) -> int | None:
    """The unit in whose name a person asks: of several, the one that handles the matter."""
    if act.actor.standing is None:
        return None
    own = {act.actor.role.unit_id} if act.actor.role else act.actor.standing.units(*UNIT_ROLES)
    handling = [row.unit_id for row in act.matter.current_assignments if row.unit_id in own]
    return next(iter([*handling, *sorted(own)]), None)


def request_extension(act) -> None:
    """Asked for before it is due, as often as the type allows (loop.md §1, row 14)."""
    row, rules = act.clocks.of(ClockKind.SOLVE), act.matter.matter_type.rules
    if row is None or act.at > row.due_at:
        raise Conflict(_("The due day has passed: an extension is asked for before it."))
    granted = _granted(act, RequestKind.EXTENSION)
    if granted >= rules.extensions:
        raise Conflict(
            ngettext(
                "It has been extended %(n)d time already; this type of matter allows no more.",
                "It has been extended %(n)d times already; this type of matter allows no more.",
                granted,
            )
            % {"n": granted}
        )
    file(act, RequestKind.EXTENSION, working_days=act.data["working_days"])


def request_suspension(act) -> None:
    """Before it is due, as often as the type allows (loop.md §1, row 13; case 25)."""
    matter, rules = act.matter, act.matter.matter_type.rules
    refuse_late_pause(act)
    if matter.suspended_until:
        raise Conflict(_("It is suspended already."))
    granted = _granted(act, RequestKind.SUSPENSION)
    if granted >= rules.suspensions:
        raise Conflict(
            ngettext(
                "It has been suspended %(n)d time already; this type of matter allows no more.",
                "It has been suspended %(n)d times already; this type of matter allows no more.",
                granted,
            )
            % {"n": granted}
        )
    file(act, RequestKind.SUSPENSION, until=act.data["until"].isoformat())


def _granted(act, kind: str) -> int:
    """How often in this cycle, whichever unit asked."""
    rows = act.matter.requests.filter(kind=kind, state=RequestState.APPROVED, cycle=act.matter.cycle)
    return rows.count()


def refuse_late_pause(act) -> None:
    row = act.clocks.of(ClockKind.SOLVE)
    if row is None or act.at > row.due_at:
        raise Conflict(_("The due day has passed: a suspension would not undo that."))


def request_transfer(act) -> None:
    file(act, RequestKind.TRANSFER, unit=act.data["unit"].code)


def request_cancellation(act) -> None:
    """A leader decides; where none sees the matter, the next superior is made to watch it."""
    file(act, RequestKind.CANCELLATION)
    matter = act.matter
    if not leaders_who_see(matter) and (posts := superiors_of(matter)):
        Watch.objects.create(matter=matter, post=posts[0], level=0, since=act.at)


def request_content_change(act) -> None:
    file(act, RequestKind.CONTENT_CHANGE, text=act.data["text"])


def appeal_rating(act) -> None:
    """The lead unit may object to the rating that counts; all ratings are kept (loop.md §1, row 21)."""
    rating = Rating.objects.filter(matter=act.matter, cycle=act.matter.cycle).last()
    if rating is None:
        raise Conflict(_("Nobody has rated it, so there is nothing to object to."))
    if act.matter.requests.filter(kind=RequestKind.RATING_APPEAL, cycle=act.matter.cycle).exists():
        raise Conflict(_("The rating has been objected to once; that decision stands."))
    file(act, RequestKind.RATING_APPEAL, solved=rating.solved, satisfaction=rating.satisfaction)


def lapse(act, requests: Iterable[Request]) -> None:
    """What waits has nothing left to wait for."""
    for request in requests:
        if request.is_waiting:
            settle(act, request, "lapse")


def waits_for_nothing(act) -> None:
    """Nothing is submitted while a request is open (loop.md §1, row 9)."""
    waiting = [each.get_kind_display() for each in act.matter.requests.all() if each.is_waiting]
    if waiting:
        raise Unacceptable(
            _("Still waiting for a decision: %(kinds)s. Withdraw the request, or wait for the decision.")
            % {"kinds": listed(waiting)}
        )


def settle(act, request: Request, code: str, opinion: str = "") -> None:
    """End the waiting of a request: granted, declined, withdrawn or lapsed."""
    advance(
        request,
        REQUEST_MOVES[code],
        seen_version=request.version,
        decided_by=act.actor.user,
        decided_signed=act.actor.signed,
        decided_at=act.at,
        opinion=opinion,
    )
