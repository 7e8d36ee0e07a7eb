"""The one door: every change of a matter goes through perform(). See docs/loop.md.

Order of checks, always the same (architecture.md §2): 404 not visible · 403 not allowed · 409 stale version or
wrong stage · 422 what is missing. Then stage, facts, event, clocks and the room's own rows are written in one
transaction, or nothing is.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.moves import NoSuchMove, StaleState, advance
from tisu.foundation.prepared import Blank, Prepared
from tisu.foundation.signatures import as_written
from tisu.loop import aftermath
from tisu.loop.actions import ACTIONS, Action
from tisu.loop.actor import REPORTER, RESUMES, Actor, rule
from tisu.loop.effects import EFFECTS
from tisu.loop.erasing import DISCIPLINE_RULE, erase_held
from tisu.loop.faults import Conflict, NotAllowed, NotVisible, Unacceptable
from tisu.loop.findable import FOUND_BY, make_findable
from tisu.loop.interests import is_kept_out
from tisu.loop.kinds import kind_of
from tisu.loop.models import Event, Matter, write_event
from tisu.loop.parties import is_party, signing
from tisu.loop.performance import Performance
from tisu.loop.stages import Screening, Stage

CATCHING_UP = ("resume", "redate")  # what is caught up with, and so needs no catching up before


@transaction.atomic
def perform(
    matter: Matter | int,
    action: str,
    *,
    actor: Actor,
    data: dict[str, Any] | None = None,
    expected_version: int | None,
) -> Matter:
    """Carry out one action on one matter and return the matter as it then is.

    `matter` is the matter or its key; `expected_version` the version the actor last saw (None only for rules
    and receipts, which see none). Raises NotVisible, NotAllowed, Conflict or Unacceptable, and then nothing
    was written.
    """
    row = _locked(matter.pk if isinstance(matter, Matter) else matter, actor)
    seen = row.version
    if action not in CATCHING_UP and _catch_up(row):
        row = _locked(row.pk, actor)
    act = _checked(row, action, actor, {} if data is None else data, expected_version, seen)
    act.kind.guard(act)
    from_stage = row.stage
    if effect := EFFECTS.get(action):
        effect(act)
    _write(act)
    event = _record(act, from_stage)
    if act.facts.get("screened_as") == Screening.DISCIPLINE:
        erase_held(row, rule=DISCIPLINE_RULE, by=actor)
    act.kind.on_move(act, event)
    if act.facts.keys() & FOUND_BY:
        make_findable(row)
    aftermath.follow(act, event)
    for code, carried in aftermath.carried_by(act):
        row = perform(row.pk, code, actor=act.actor.carrying(), data=carried, expected_version=row.version)
    return row


def _catch_up(row: Matter) -> bool:
    """Do what the worker has not come to yet, so that nobody is judged by its delay: a pause that is over, dates
    under an older calendar than the one published. Refused with the act, it is undone with it."""
    from tisu.loop.redating import is_behind, redate_matter  # which go through this door themselves

    over = row.suspended_until is not None and row.suspended_until <= clock.now()
    if over:
        perform(row.pk, "resume", actor=rule(RESUMES), expected_version=None)
    if late := is_behind(row):
        redate_matter(row.pk)
    return over or late


def _locked(pk: int, actor: Actor) -> Matter:
    if actor.standing:
        row = _held(Matter.objects.visible_to(actor.user)).filter(pk=pk).first()
        row = row if row and not is_kept_out(row, actor.standing) else None
    else:
        may = actor.reporter_of == pk or (actor.rule and actor.reporter_of is None)
        row = _HELD.first(pk=pk) if may else None
    if row is None:
        raise NotVisible(_("There is no such matter, or it is not yours to see."))
    return row


def _held(rows: models.QuerySet) -> models.QuerySet:
    rows = rows.order_by().select_for_update(of=("self",))
    return rows.select_related("matter_type", "opened_by_unit")


_HELD = Prepared(lambda: _held(Matter.objects.filter(pk=Blank("pk"))))


def _checked(
    matter: Matter, code: str, actor: Actor, data: dict, expected_version: int | None, seen: int
) -> Performance:
    action = admitted(matter, code, actor, expected_version, seen)
    _refuse_ill_formed(actor, data, expected_version)
    cleaned, signed = validated(action, matter, data), signing(actor, matter, action.parties)
    return Performance(
        matter, action, signed, cleaned, clock.now(), kind_of(matter), action.step, body=plain(cleaned)
    )


def admitted(matter: Matter, code: str, actor: Actor, expected_version: int | None, seen: int) -> Action:
    """The action, where it is the actor's and the matter is where it starts from: what no data can mend."""
    action = ACTIONS.get(code)
    if action is None or (action.screened_only and not kind_of(matter).is_screened):
        raise NotVisible(_("There is no action “%(code)s” for this matter.") % {"code": code})
    if not is_party(actor, matter, action.parties):
        raise NotAllowed(action.refused)
    _refuse_stale(matter, action, expected_version, seen)
    return action


def validated(action: Action, matter: Matter, data: dict) -> dict[str, Any]:
    """The data as the action's form cleans them for this matter."""
    form = action.form(data=data, matter=matter)
    if not form.is_valid():
        raise Unacceptable(_sentence(form), {name: list(faults) for name, faults in form.errors.items()})
    return form.cleaned_data


def _refuse_stale(matter: Matter, action: Action, expected_version: int | None, seen: int) -> None:
    """`seen` is the version as it stood before what was overdue was caught up with."""
    if _is_version(expected_version) and expected_version != seen:
        raise Conflict.stale()
    if not action.step.starts_from(matter.stage):
        raise Conflict(
            _("“%(action)s” is not possible now: the matter is at “%(stage)s”.")
            % {"action": action.label, "stage": Stage(matter.stage).label}
        )


def _is_version(given: Any) -> bool:
    return isinstance(given, int) and not isinstance(given, bool)


def _refuse_ill_formed(actor: Actor, data: Any, expected_version: Any) -> None:
    """Only rules and receipts act without a version: a person says which one they saw."""
    if not isinstance(data, dict):
        raise Unacceptable.at("data", _("Give the data as an object of names and values."))
    if actor.user and not _is_version(expected_version):
        raise Unacceptable.at(
            "expected_version",
            _("One thing is missing: the version of the matter that you saw, a whole number."),
        )


def _sentence(form) -> str:
    """The first fault as a sentence that says where."""
    name, faults = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else None
    return _("%(field)s: %(fault)s") % {"field": label, "fault": faults[0]} if label else str(faults[0])


def plain(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What was asked for as an event says it."""
    said = {name: _plain(value) for name, value in cleaned.items()}
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return getattr(value, "code", None) or str(value)
    if isinstance(value, models.QuerySet | list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _write(act: Performance) -> None:
    facts = act.facts | (act.clocks.dates() if act.touched_clocks else {})
    try:
        advance(act.matter, act.step, seen_version=act.matter.version, **facts)
    except (StaleState, NoSuchMove) as stale:
        raise Conflict(
            _("Someone else acted at the same moment. Look at the matter again, then act.")
        ) from stale


def _record(act: Performance, from_stage: str) -> Event:
    matter = act.matter
    body = {name: value for name, value in act.body.items() if value not in (None, "", [])}
    return write_event(
        body=body,
        matter=matter,
        action=act.action.code,
        actor=act.actor.user,
        signed=_signed(act),
        at=act.at,
        from_stage=from_stage,
        to_stage=matter.stage,
        version=matter.version,
        cycle=matter.cycle,
        audience=act.action.audience,
    )


def _signed(act: Performance) -> str:
    """By post; but who raised a screened matter stays “reporter” to the units that read the timeline."""
    by_reporter = act.actor.user and act.matter.requester_id == act.actor.user.pk
    return as_written(REPORTER) if by_reporter and act.is_screened_kind else act.actor.signed


def open_actions(matter: Matter, actor: Actor, codes: Iterable[str] = ACTIONS) -> list[Action]:
    """The actions this actor may take on this matter now, in the order of the table; or of these `codes`."""
    screened = kind_of(matter).is_screened
    return [
        action
        for action in map(ACTIONS.__getitem__, codes)
        if action.step.starts_from(matter.stage)
        and (screened or not action.screened_only)
        and is_party(actor, matter, action.parties)
    ]
