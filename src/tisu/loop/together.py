"""One act on many matters. Each goes through perform() by itself, in a transaction of its own: what is refused is
named with its sentence, and the rest go on.

Which actions can be taken so stands in the table of actions (`together`). Their forms ask nothing that differs from
matter to matter but by region, type and walls; so what is foreseen costs the same for two matters and for a hundred.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tisu.loop.actions import ACTIONS, Action
from tisu.loop.actor import Actor, person
from tisu.loop.done import done_sentence
from tisu.loop.faults import NotVisible, Refusal, Unacceptable
from tisu.loop.fields import UnitField, UnitsField
from tisu.loop.forms import ActionForm
from tisu.loop.models import Event, Matter
from tisu.loop.perform import admitted, perform, plain, validated
from tisu.loop.suiting import suitable

MOST = 100
_TICK = re.compile(r"([0-9A-Z]{5}-[0-9A-Z]{5})\.([0-9]{1,9})", re.ASCII)
ACTED_TOGETHER = tuple(action for action in ACTIONS.values() if action.together)


@dataclass(frozen=True)
class Chosen:
    """A matter that was ticked, and the version that the person saw."""

    matter: Matter
    seen: int

    @property
    def tick(self) -> str:
        return tick_of(self.matter.number, self.seen)


@dataclass(frozen=True)
class Outcome:
    """What became of one of them, or would, and the matter as it then is."""

    chosen: Chosen
    matter: Matter
    sentence: str = ""
    refused: bool = False


def tick_of(number: str, version: int) -> str:
    return f"{number}.{version}"


def ticks_in(given: Iterable[str]) -> dict[str, int]:
    """Versions by number; what is no tick is left out, and the first counts where one is ticked twice."""
    found = filter(None, map(_TICK.fullmatch, given))
    ticks: dict[str, int] = {}
    for each in found:
        ticks.setdefault(each[1], int(each[2]))
    return ticks


def choose(user: Any, ticks: dict[str, int]) -> list[Chosen]:
    """In one order however they were ticked; one that this person does not see is as if it were not there."""
    rows = Matter.objects.visible_to(user).filter(number__in=ticks).for_cards().order_by("pk")
    return [Chosen(matter, ticks[matter.number]) for matter in rows]


def open_together(matter: Matter, user: Any) -> list[Action]:
    """What this person may do to it among others; the list has read assignments and walls."""
    return suitable(matter, person(user), [action.code for action in ACTED_TOGETHER])


def form_for(action: Action, chosen: list[Chosen], **given: Any) -> ActionForm:
    """The one form for all of them, with the units that the least walled one may be given to."""
    matter = min((each.matter for each in chosen), key=lambda matter: len(matter.walled_units))
    return action.form(matter=matter, auto_id=f"{action.code}-%s", **given)


def foreseen(
    action: Action, chosen: list[Chosen], actor: Actor, data: dict[str, Any] | None = None
) -> list[Outcome]:
    """What would be refused before anything is written; without `data`, what no data could mend.

    perform() has the last word: what hangs on a matter's own past (urged today already) is found only there.
    """
    return [
        Outcome(each, each.matter, str(refusal.sentence) if refusal else "", refused=refusal is not None)
        for each, refusal in _refusals(action, chosen, actor, data)
    ]


def _refusals(
    action: Action, chosen: list[Chosen], actor: Actor, data: dict[str, Any] | None
) -> list[tuple[Chosen, Refusal | None]]:
    judged: dict[tuple, Refusal | None] = {}
    found = []
    for each in chosen:
        refusal = _refusal_at_the_door(action, each, actor) or _elsewhere(action, each, chosen[0])
        if refusal is None and data is not None:
            key = _what_the_form_hangs_on(each.matter)
            if key not in judged:
                judged[key] = _refusal_of_data(action, each.matter, data)
            refusal = judged[key]
        found.append((each, refusal))
    return found


def _what_the_form_hangs_on(matter: Matter) -> tuple:
    return matter.region_id, matter.matter_type_id, frozenset(matter.walled_units)


def _refusal_at_the_door(action: Action, each: Chosen, actor: Actor) -> Refusal | None:
    try:
        admitted(each.matter, action.code, actor, each.seen, each.matter.version)
    except Refusal as refusal:
        return refusal
    if not suitable(each.matter, actor, [action.code]):
        return Unacceptable(
            _("“%(action)s” does not suit this matter as it stands; see the matter itself.")
            % {"action": action.label}
        )
    return None


def _elsewhere(action: Action, each: Chosen, first: Chosen) -> Refusal | None:
    """A unit's code means another unit in another region."""
    names_units = any(isinstance(field, UnitField | UnitsField) for field in action.form.base_fields.values())
    if names_units and each.matter.region_id != first.matter.region_id:
        return Unacceptable(_("It is of another region than the first one: do it by itself."))
    return None


def _refusal_of_data(action: Action, matter: Matter, data: dict[str, Any]) -> Refusal | None:
    try:
        validated(action, matter, data)
    except Refusal as refusal:
        return refusal
    return None


def carry_out(action: Action, chosen: list[Chosen], user: Any, data: dict[str, Any]) -> list[Outcome]:
    """Done one by one. Sent a second time, what was done stands as done, and nothing happens twice."""
    actor, refused, gone = person(user), {}, set()
    for each, refusal in _refusals(action, chosen, actor, data):
        try:
            if refusal:
                raise refusal
            perform(each.matter.pk, action.code, actor=actor, data=data, expected_version=each.seen)
        except NotVisible:
            gone.add(each.matter.pk)
        except Refusal as why:
            refused[each.matter.pk] = str(why.sentence)
    left = [each for each in chosen if each.matter.pk not in gone]
    for pk in _done_before(action, [each for each in left if each.matter.pk in refused], user, data):
        del refused[pk]
    now = Matter.objects.for_cards().in_bulk([each.matter.pk for each in left])
    return [_became(each, action, now[each.matter.pk], refused.get(each.matter.pk, "")) for each in left]


def _became(each: Chosen, action: Action, now: Matter, refused: str) -> Outcome:
    return Outcome(each, now, refused or done_sentence(action.code, now), refused=bool(refused))


def _done_before(action: Action, refused: list[Chosen], user: Any, data: dict[str, Any]) -> set[int]:
    """Those on which this person did just this, in these words, after the version that they had ticked."""
    by_key = {each.matter.pk: each for each in refused}
    events = Event.objects.filter(matter__in=by_key, action=action.code, actor=user).select_related("content")
    return {
        event.matter_id
        for event in events
        if event.version > by_key[event.matter_id].seen
        and _says(event, action, by_key[event.matter_id].matter, data)
    }


def _says(event: Event, action: Action, matter: Matter, data: dict[str, Any]) -> bool:
    try:
        asked = plain(validated(action, matter, data))
    except Refusal:
        return False
    return asked.items() <= (event.content.body or {}).items()
