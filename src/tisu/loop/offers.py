"""What a page offers a person to do on a matter: the actions open to them, each with the form it needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from tisu.documents.fields import DocumentsField
from tisu.loop.actions import ACTIONS, Action
from tisu.loop.actor import Actor, person
from tisu.loop.desk import DeskList
from tisu.loop.faults import Refusal
from tisu.loop.fields import ChecklistField, PapersField, UnitField, UnitsField
from tisu.loop.forms import ActionForm
from tisu.loop.models import Matter
from tisu.loop.papers import may_be_passed_on
from tisu.loop.request_forms import DecideForm
from tisu.loop.screening_forms import ScreenForm
from tisu.loop.suiting import suitable
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

LISTS = (UnitsField, ChecklistField, PapersField, DocumentsField)
# Decided by one tap; what may be said besides stands in a fold.
AT_ONCE = frozenset({"approve"})


@dataclass(frozen=True)
class Offer:
    """One action as a page draws it. What asks for something has its `form`, or the address that `opens` it."""

    action: Action
    url: str
    form: ActionForm | None
    hidden: dict[str, Any]
    style: str = "quiet"
    is_open: bool = False
    opens: str = ""

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


def page_offers(
    matter: Matter, user: Any, tried: Tried | None = None, asked: str = "", back: str = ""
) -> list[Offer]:
    """All that is open to the reader; one stands open: what was tried and refused or `asked` for (it leads `back` to
    where it was asked for), or else the first."""
    actor = person(user)
    actions = {action.code: action for action in suitable(matter, actor)}
    first = next((code for code in FIRST if code in actions), None)
    wanted = tried.code if tried else asked
    opened, choices = wanted if wanted in actions else first, UnitChoices()
    codes = sorted(actions, key=lambda code: code != first)
    return [
        _offer(
            actions[code], matter, actor, choices, first=code == first, opened=code == opened, tried=tried,
            extra={"back": back} if back and code == wanted else None,
        )
        for code in codes
    ]  # fmt: skip


def desk_offers(
    matter: Matter,
    user: Any,
    desk_list: DeskList,
    choices: UnitChoices,
    back: str,
    tried: Tried | None = None,
    asked: str = "",
) -> list[Offer]:
    """The one next action of a list, and the quiet ones beside it. Their forms are fetched when they are `asked` for:
    drawn on every card they would be most of the page."""
    actor = person(user)
    buttons = (*desk_list.actions, *desk_list.seconds)
    actions = {action.code: action for action in suitable(matter, actor, buttons)}
    first = next((code for code in desk_list.actions if code in actions), None)
    seconds = [code for code in desk_list.seconds if code in actions and code != first]
    extra = {"card": desk_list.code, "back": back}
    return [
        _offer(
            actions[code], matter, actor, choices, first=code == first,
            opened=code == (tried.code if tried else asked), folded=True, tried=tried, extra=extra,
        )
        for code in filter(None, [first, *seconds])
    ]  # fmt: skip


def single_offer(
    matter: Matter, user: Any, codes: Iterable[str], back: str, choices: UnitChoices
) -> Offer | None:
    """The first of these actions that is open to the reader, folded."""
    actor = person(user)
    for action in suitable(matter, actor, codes):
        return _offer(action, matter, actor, choices, first=False, opened=False, extra={"back": back})
    return None


def _offer(
    action: Action,
    matter: Matter,
    actor: Actor,
    choices: UnitChoices,
    *,
    first: bool,
    opened: bool,
    folded: bool = False,
    tried: Tried | None = None,
    extra: dict | None = None,
) -> Offer:
    url = reverse("loop:act", args=[matter.number, action.code])
    hidden = {"expected_version": matter.version} | (extra or {})
    apart = folded and not (opened or action.is_plain or action.code in AT_ONCE)
    return Offer(
        action=action,
        url=url,
        form=None if action.is_plain or apart else _form(action, matter, actor, choices, tried),
        hidden=hidden,
        style="primary" if first else "danger" if action.code in SETBACKS else "quiet",
        is_open=opened,
        opens=f"{url}?{urlencode(hidden)}" if apart else "",
    )


def _form(
    action: Action, matter: Matter, actor: Actor, choices: UnitChoices, tried: Tried | None
) -> ActionForm:
    """Bound to what was typed where this action was refused, so that nothing is typed twice."""
    mine = tried is not None and tried.code == action.code
    form = action.form(
        data=tried.data if mine else None, matter=matter, auto_id=f"{action.code}-{matter.number}-%s"
    )
    if isinstance(form, ScreenForm):
        form.offer_papers([(str(each.pk), each.name) for each in may_be_passed_on(matter, actor.user)])
    if isinstance(form, DecideForm):
        form.offer(own(matter, actor) if action.code == "withdraw_request" else decidable(matter, actor))
    give_units(form, choices)
    if mine:
        add_faults(form, tried.refusal)
    return form


def give_units(form: ActionForm, choices: UnitChoices) -> None:
    for name, field in form.fields.items():
        if isinstance(field, UnitField | UnitsField) and not form.units_depend_on_matter:
            blank = [] if isinstance(field, UnitsField) else [("", "—")]
            field.widget.choices = blank + choices.of(form, name)


def add_faults(form: ActionForm, refusal: Refusal) -> None:
    """What the effects found wrong stands beside its field like what the form found itself."""
    form.full_clean()
    for name, sentences in refusal.errors.items():
        for sentence in sentences:
            if name in form.fields and str(sentence) not in map(str, form.errors.get(name, ())):
                form.add_error(name, sentence)


def takes_papers(code: str) -> bool:
    return code in ACTIONS and "documents" in ACTIONS[code].form.base_fields


def typed(code: str, post: QueryDict) -> dict[str, Any]:
    """The data of an act as the page sent it: lists where several may be chosen."""
    action = ACTIONS.get(code)
    fields = action.form.base_fields if action else {}
    return {
        name: post.getlist(name) if isinstance(field, LISTS) else post.get(name, "")
        for name, field in fields.items()
    }
