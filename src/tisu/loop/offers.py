"""What a page offers a person to do on a matter: the actions open to them, each with the form it needs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from tisu.accounts.standing import Standing
from tisu.foundation import clock
from tisu.loop.actions import ACTIONS, Action
from tisu.loop.actor import Actor, person
from tisu.loop.desk import DeskList
from tisu.loop.faults import Refusal
from tisu.loop.fields import UnitField, UnitsField
from tisu.loop.forms import ActionForm
from tisu.loop.models import Matter, RequestKind, RequestState
from tisu.loop.perform import open_actions
from tisu.loop.queries import UNIT_ROLES
from tisu.loop.request_forms import DecideForm
from tisu.loop.stages import CO_SETTLED, HANDLED_HERE, SCREENED_OUT, AssignmentState, Screening
from tisu.loop.waiting import decidable, own
from tisu.orgs.models import Unit

# The one that a matter's page opens by itself: the first of these that is open to the reader.
FIRST = (
    "approve",
    "grant",
    "request_approval",
    "screen",
    "assign",
    "hand_over",
    "accept",
    "submit",
    "co_done",
    "report",
    "pass",
    "rate",
    "instruct",
)
HANDLERS = frozenset({"lead_unit", "co_units"})
SETBACKS = frozenset(
    {
        "return", "fail", "refuse_acceptance", "refuse", "decline", "withdraw", "co_waive", "withdraw_request",
        "request_cancellation",
    }
)  # fmt: skip
# Seldom needed: a page keeps them behind one more fold.
SELDOM = frozenset(
    {
        "request_extension", "request_suspension", "request_transfer", "request_cancellation",
        "request_content_change", "withdraw_request", "escalate", "merge", "unmerge", "reopen", "appeal_rating",
        "split", "co_waive",
    }
)  # fmt: skip

# Decided by one tap; what may be said besides stands in a fold.
AT_ONCE = frozenset({"approve"})


@dataclass(frozen=True)
class Offer:
    """One action as a page draws it."""

    action: Action
    url: str
    form: ActionForm | None
    hidden: dict[str, Any]
    style: str = "quiet"
    is_open: bool = False

    @property
    def code(self) -> str:
        return self.action.code

    @property
    def is_seldom(self) -> bool:
        return self.code in SELDOM and self.style != "primary"

    @property
    def is_at_once(self) -> bool:
        return self.code in AT_ONCE


@dataclass(frozen=True)
class Tried:
    """An act that was refused: what was typed, and why it was not carried out."""

    code: str
    data: dict[str, Any]
    refusal: Refusal


class UnitChoices:
    """The units of each region, read once for all the forms of a page."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, type[ActionForm]], list[Unit]] = {}

    def of(self, form: ActionForm, field: str) -> list[tuple[str, str]]:
        """An accused unit is not offered as a handler; naming it as accused stays possible."""
        walled = form.matter.walled_units if field in HANDLERS else set()
        choice = form.matter.region_id, type(form)
        if choice not in self._known:
            self._known[choice] = list(form.units())
        return [(unit.code, str(unit)) for unit in self._known[choice] if unit.pk not in walled]


def _is_screened_out(matter: Matter) -> bool:
    return bool(matter.screened_as) and matter.screened_as not in HANDLED_HERE


def _co_states(matter: Matter) -> set[str]:
    return {row.state for row in matter.co_assignments}


def _own_part_is_open(matter: Matter, standing: Standing) -> bool:
    units = standing.units(*UNIT_ROLES)
    return any(row.unit_id in units and row.state not in CO_SETTLED for row in matter.co_assignments)


# What would be refused in any case is not offered; perform() has the last word all the same.
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
    if matter.suspended_until or not _in_time(matter) or _waits(matter, kind):
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
        not matter.suspended_until and not _waits(matter, RequestKind.TRANSFER)
    ),
    "request_cancellation": lambda matter, _: not _waits(matter, RequestKind.CANCELLATION),
    "request_content_change": lambda matter, _: not _waits(matter, RequestKind.CONTENT_CHANGE),
    "resume": lambda matter, _: bool(matter.suspended_until),
    "submit": lambda matter, _: not matter.suspended_until,
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


def suitable(matter: Matter, actor: Actor) -> list[Action]:
    if matter.screened_as == Screening.DISCIPLINE:
        return [action for action in open_actions(matter, actor) if action.code == "hand_over"]
    return [
        action
        for action in open_actions(matter, actor)
        if action.code not in SUITS or SUITS[action.code](matter, actor.standing)
    ]


def page_offers(matter: Matter, user: Any, tried: Tried | None = None) -> list[Offer]:
    """All that is open to the reader, the first one open; after a refusal the one that was tried."""
    actor = person(user)
    actions = {action.code: action for action in suitable(matter, actor)}
    first = next((code for code in FIRST if code in actions), None)
    opened, choices = tried.code if tried and tried.code in actions else first, UnitChoices()
    codes = sorted(actions, key=lambda code: code != first)
    return [
        _offer(actions[code], matter, actor, choices, first=code == first, opened=code == opened, tried=tried)
        for code in codes
    ]


def desk_offers(
    matter: Matter,
    user: Any,
    desk_list: DeskList,
    choices: UnitChoices,
    back: str,
    tried: Tried | None = None,
) -> list[Offer]:
    """The one next action of a list, and the quiet ones beside it."""
    actor = person(user)
    actions = {action.code: action for action in suitable(matter, actor)}
    first = next((code for code in desk_list.actions if code in actions), None)
    seconds = [code for code in desk_list.seconds if code in actions and code != first]
    extra = {"card": desk_list.code, "back": back}
    return [
        _offer(
            actions[code], matter, actor, choices,
            first=code == first, opened=bool(tried) and tried.code == code, tried=tried, extra=extra,
        )
        for code in filter(None, [first, *seconds])
    ]  # fmt: skip


def single_offer(
    matter: Matter, user: Any, codes: Iterable[str], back: str, choices: UnitChoices
) -> Offer | None:
    """The first of these actions that is open to the reader, folded."""
    actor = person(user)
    actions = {action.code: action for action in suitable(matter, actor)}
    code = next((code for code in codes if code in actions), None)
    if code is None:
        return None
    return _offer(actions[code], matter, actor, choices, first=False, opened=False, extra={"back": back})


def _offer(
    action: Action,
    matter: Matter,
    actor: Actor,
    choices: UnitChoices,
    *,
    first: bool,
    opened: bool,
    tried: Tried | None = None,
    extra: dict | None = None,
) -> Offer:
    return Offer(
        action=action,
        url=reverse("loop:act", args=[matter.number, action.code]),
        form=None if action.is_plain else _form(action, matter, actor, choices, tried),
        hidden={"expected_version": matter.version} | (extra or {}),
        style="primary" if first else "danger" if action.code in SETBACKS else "quiet",
        is_open=opened,
    )


def _form(
    action: Action, matter: Matter, actor: Actor, choices: UnitChoices, tried: Tried | None
) -> ActionForm:
    """Bound to what was typed where this action was refused, so that nothing is typed twice."""
    mine = tried is not None and tried.code == action.code
    form = action.form(
        data=tried.data if mine else None, matter=matter, auto_id=f"{action.code}-{matter.number}-%s"
    )
    if isinstance(form, DecideForm):
        form.offer(own(matter, actor) if action.code == "withdraw_request" else decidable(matter, actor))
    for name, field in form.fields.items():
        if isinstance(field, UnitField | UnitsField) and not form.units_depend_on_matter:
            blank = [] if isinstance(field, UnitsField) else [("", "—")]
            field.widget.choices = blank + choices.of(form, name)
    if mine:
        add_faults(form, tried.refusal)
    return form


def add_faults(form: ActionForm, refusal: Refusal) -> None:
    """What the effects found wrong stands beside its field like what the form found itself."""
    form.full_clean()
    for name, sentences in refusal.errors.items():
        for sentence in sentences:
            if name in form.fields and str(sentence) not in map(str, form.errors.get(name, ())):
                form.add_error(name, sentence)


def typed(code: str, post: QueryDict) -> dict[str, Any]:
    """The data of an act as the page sent it: lists where several may be chosen."""
    action = ACTIONS.get(code)
    fields = action.form.base_fields if action else {}
    return {
        name: post.getlist(name) if isinstance(field, UnitsField) else post.get(name, "")
        for name, field in fields.items()
    }
