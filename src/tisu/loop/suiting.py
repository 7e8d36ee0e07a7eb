"""Which of the actions open to a person suit a matter now: what would be refused in any case is not offered.

perform() has the last word all the same.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

from tisu.accounts.standing import Standing
from tisu.foundation import clock
from tisu.loop.actions import ACTIONS, Action
from tisu.loop.actor import Actor
from tisu.loop.models import Matter, RequestKind, RequestState
from tisu.loop.perform import open_actions
from tisu.loop.queries import UNIT_ROLES
from tisu.loop.stages import CO_SETTLED, HANDLED_HERE, SCREENED_OUT, AssignmentState, Screening
from tisu.loop.waiting import decidable, own


def _is_screened_out(matter: Matter) -> bool:
    return bool(matter.screened_as) and matter.screened_as not in HANDLED_HERE


def _co_states(matter: Matter) -> set[str]:
    return {row.state for row in matter.co_assignments}


def _own_part_is_open(matter: Matter, standing: Standing) -> bool:
    units = standing.units(*UNIT_ROLES)
    return any(row.unit_id in units and row.state not in CO_SETTLED for row in matter.co_assignments)


def _in_time(matter: Matter) -> bool:
    return matter.due_at is not None and clock.now() <= matter.due_at


def _waits(matter: Matter, kind: str) -> bool:
    return any(row.is_waiting and row.kind == kind for row in matter.requests.all())


def _had(matter: Matter, kind: str) -> int:
    """How many of a kind were granted in this cycle."""
    return sum(
        row.kind == kind and row.state == RequestState.APPROVED and row.cycle == matter.cycle
        for row in matter.requests.all()
    )


def _may_extend(matter: Matter, _standing: Standing) -> bool:
    rules = matter.matter_type.rules
    kind = RequestKind.EXTENSION
    return _in_time(matter) and not _waits(matter, kind) and _had(matter, kind) < rules.extensions


def _may_suspend(matter: Matter, _standing: Standing) -> bool:
    kind = RequestKind.SUSPENSION
    if matter.is_suspended or not _in_time(matter) or _waits(matter, kind):
        return False
    return _had(matter, kind) < matter.matter_type.rules.suspensions


def _may_reopen(matter: Matter, _standing: Standing) -> bool:
    last = matter.closed_at + timedelta(days=matter.matter_type.rules.reopen_days)
    return matter.result not in SCREENED_OUT and clock.today() <= clock.local_day(last)


def _may_appeal(matter: Matter, _standing: Standing) -> bool:
    appealed = any(
        row.kind == RequestKind.RATING_APPEAL and row.cycle == matter.cycle for row in matter.requests.all()
    )
    return not appealed and matter.ratings.filter(cycle=matter.cycle).exists()


SUITS: dict[str, Callable[[Matter, Standing], bool]] = {
    "grant": lambda matter, standing: bool(decidable(matter, Actor(standing))),
    "decline": lambda matter, standing: bool(decidable(matter, Actor(standing))),
    "withdraw_request": lambda matter, standing: bool(own(matter, Actor(standing))),
    "request_extension": _may_extend,
    "request_suspension": _may_suspend,
    "request_transfer": lambda matter, _: (
        not matter.is_suspended and not _waits(matter, RequestKind.TRANSFER)
    ),
    "request_cancellation": lambda matter, _: not _waits(matter, RequestKind.CANCELLATION),
    "request_content_change": lambda matter, _: not _waits(matter, RequestKind.CONTENT_CHANGE),
    "resume": lambda matter, _: matter.is_suspended,
    "submit": lambda matter, _: not matter.is_suspended,
    "unmerge": lambda matter, _: matter.merged_into.is_open,
    "reopen": _may_reopen,
    "appeal_rating": _may_appeal,
    "assign": lambda matter, _: not _is_screened_out(matter),
    "hand_over": lambda matter, _: _is_screened_out(matter) or not matter.screened_as,
    "split": lambda matter, _: not matter.is_bare,
    "co_done": _own_part_is_open,
    "co_confirm": lambda matter, _: AssignmentState.DONE in _co_states(matter),
    "co_waive": lambda matter, _: bool(_co_states(matter) & {AssignmentState.SENT, AssignmentState.ACCEPTED}),
    "withdraw": lambda matter, _: not matter.verifying,
    "begin_verification": lambda matter, _: not matter.verifying,
}


def suitable(matter: Matter, actor: Actor, codes: Iterable[str] = ACTIONS) -> list[Action]:
    """All of them, or of these `codes`: a card has few buttons, and asks for no more."""
    if matter.screened_as == Screening.DISCIPLINE:
        codes = {"hand_over"}.intersection(codes)
    return [
        action
        for action in open_actions(matter, actor, codes)
        if action.code not in SUITS or SUITS[action.code](matter, actor.standing)
    ]
