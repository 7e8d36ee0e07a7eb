"""Matters in plain values: what events, clocks and actions look like to a page, the API and a print."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tisu.accounts.standing import Standing, standing_of
from tisu.foundation import clock
from tisu.foundation.signatures import as_read
from tisu.loop.actions import ACTIONS, Action
from tisu.loop.clocks import deadline_of
from tisu.loop.fields import TextsField, UnitField, UnitsField, WholeNumberField
from tisu.loop.kinds import kind_of
from tisu.loop.models import Audience, Clock, ClockKind, Event, Matter, Request
from tisu.loop.parties import is_requester
from tisu.loop.queries import OVERSIGHT_ROLES
from tisu.loop.reasons import in_words, told_outside

# A requester reads how far it is, not what offices write to each other.
STEPS_FOR_REQUESTER = frozenset(
    {
        "register",
        "screen",
        "assign",
        "accept",
        "submit",
        "fail",
        "pass",
        "hand_over",
        "refuse_acceptance",
        "split",
        "grant",
        "resume",
        "reopen",
        "merge",
        "unmerge",
        "redate",
        "succeed",
    }
)
# What a requester reads of a step besides that it was taken: why the clock stands, and the new day.
PARTS_FOR_REQUESTER = {
    "grant": ("request_kind", "until", "due_now"),
    "resume": ("due_now",),
    "redate": ("moved",),
    "succeed": ("from_unit", "unit"),
}
SYSTEM_LINES = frozenset(
    {
        "register",
        "erase",
        "begin_verification",
        "withdraw",
        "auto_accept",
        "redate",
        "withdraw_request",
        "succeed",
    }
)
# What everyone who sees the matter may read of an event that is for the office.
OPEN_PARTS = {"rate": ("solved", "satisfaction")}
# What happens to a matter otherwise than through an action of the table.
WITHOUT_ACTION = {"register": pgettext_lazy("act", "Registered"), "erase": _("Content taken out")}


def events_for(matter: Matter, user) -> list[dict[str, Any]]:
    """The timeline this reader may have, oldest first.

    Office-only content stays with office and supervision; a requester reads the steps without what units wrote
    to each other; nobody reads the number of another matter that they do not see.
    """
    standing = standing_of(user)
    rows = matter.events.select_related("content").order_by("seq")
    if is_only_requester(standing, matter):
        return [_event(row, _for_requester(row)) for row in rows if row.action in STEPS_FOR_REQUESTER]
    told = [_event(row, _body(row, standing)) for row in rows]
    _leave_out_unseen(told, user)
    if kind_of(matter).is_screened and not standing.has(*OVERSIGHT_ROLES):
        told[0]["by"] = gettext("reporter")  # who entered it would tell how it came in
    return told


def _leave_out_unseen(told: list[dict[str, Any]], user) -> None:
    """What it was merged into is named to who sees that one too (loop/relations.py says it in words)."""
    merges = [event for event in told if "parent" in event["data"]]
    if not merges:
        return
    numbers = {event["data"]["parent"] for event in merges}
    seen = set(Matter.objects.visible_to(user).filter(number__in=numbers).values_list("number", flat=True))
    for event in merges:
        if event["data"]["parent"] not in seen:
            event["data"] = {name: value for name, value in event["data"].items() if name != "parent"}


def _for_requester(row: Event) -> dict[str, Any]:
    body = row.content.body or {}
    return {name: body[name] for name in PARTS_FOR_REQUESTER.get(row.action, ()) if name in body}


def requests_for(matter: Matter, user) -> list[dict[str, Any]]:
    """What was asked for and how it was decided; not for whoever merely raised the matter."""
    if is_only_requester(standing_of(user), matter):
        return []
    return [_request(row) for row in matter.requests.all()]


def _request(row: Request) -> dict[str, Any]:
    return {
        "request": row.number,
        "kind": row.kind,
        "state": row.state,
        "cycle": row.cycle,
        "reason": row.reason,
        "data": row.data,
        "by": as_read(row.signed),
        "at": clock.local(row.filed_at),
        "decided_by": as_read(row.decided_signed) or None,
        "decided_at": clock.local(row.decided_at) if row.decided_at else None,
        "opinion": row.opinion or None,
    }


def is_only_requester(standing: Standing, matter: Matter) -> bool:
    return is_requester(standing, matter) and not standing.has(*OVERSIGHT_ROLES)


def _body(row: Event, standing: Standing) -> dict[str, Any]:
    body = row.content.body or {}
    if row.audience == Audience.OFFICE and not standing.has(*OVERSIGHT_ROLES):
        return {name: body[name] for name in OPEN_PARTS.get(row.action, ()) if name in body}
    return body


def _event(row: Event, body: dict[str, Any]) -> dict[str, Any]:
    action = ACTIONS.get(row.action)
    return {
        "seq": row.seq,
        "action": row.action,
        "label": str(action.label if action else WITHOUT_ACTION[row.action]),
        "by": as_read(row.signed),
        "at": clock.local(row.at),
        "from_stage": row.from_stage or None,
        "stage": row.to_stage,
        "version": row.version,
        "cycle": row.cycle,
        "data": body,
        "erased_under": row.content.erased_under or None,
    }


def clocks_for(matter: Matter, user) -> list[dict[str, Any]]:
    """Every clock; to whoever merely raised the matter only how long handling takes."""
    rows = matter.clocks.select_related("assignment__unit").prefetch_related("pauses", "adjustments")
    outside = is_only_requester(standing_of(user), matter)
    if outside:
        rows = rows.filter(kind=ClockKind.SOLVE)
    told = []
    for row in rows:
        row.matter = matter  # its type and region are at hand already
        told.append(describe_clock(row, told_outside if outside else in_words))
    return told


def describe_clock(row: Clock, say: Callable[[str], str] = in_words) -> dict[str, Any]:
    """A clock with its arithmetic: start (not counted), amount, what is taken out, what is added, due, calendar."""
    deadline = deadline_of(row)
    return {
        "kind": row.kind,
        "cycle": row.cycle,
        "unit_code": row.assignment.unit.code if row.assignment else None,
        "started_at": clock.local(row.started_at),
        "started_on": deadline.started_on,
        "amount": row.amount,
        "unit": row.unit,
        "pauses": [
            {"from": begun, "until": resumed, "reason": say(pause.reason)}
            for (begun, resumed), pause in zip(deadline.paused, row.pauses.all(), strict=True)
        ],
        "extensions": [
            {"working_days": each.amount, "by": as_read(each.approved_by), "at": clock.local(each.at)}
            for each in row.adjustments.all()
        ],
        "original_due_on": clock.local_day(row.first_due_at)
        if row.first_due_at
        else deadline.original_due_on,
        "due_at": clock.local(deadline.due_at),
        "warn_at": clock.local(deadline.warn_at),
        "stopped_at": clock.local(row.stopped_at) if row.stopped_at else None,
        "provisional": deadline.provisional,
        "kept": deadline.kept,
        "calendar": deadline.calendar.version,
        "void": row.is_void,
    }


_TYPES: tuple[tuple[type[forms.Field], str], ...] = (
    (UnitsField, "units"),
    (UnitField, "unit"),
    (TextsField, "texts"),
    (WholeNumberField, "number"),
    (forms.DateField, "date"),
    (forms.ChoiceField, "choice"),
    (forms.CharField, "text"),
)


def describe_action(action: Action, matter: Matter) -> dict[str, Any]:
    """An action with the data it asks for."""
    form = action.form(matter=matter)
    return {
        "action": action.code,
        "label": str(action.label),
        "data": [_asked(name, field) for name, field in form.fields.items()],
    }


def _asked(name: str, field: forms.Field) -> dict[str, Any]:
    asked = {
        "name": name,
        "label": str(field.label or name),
        "required": field.required,
        "type": next((code for kind, code in _TYPES if isinstance(field, kind)), "list"),
    }
    if isinstance(field, UnitField | UnitsField):
        return asked
    if choices := getattr(field, "choices", None):
        asked["choices"] = [value for value, _label in choices if value]
    return asked
