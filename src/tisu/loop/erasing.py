"""Lawful erasure: what events said is emptied under a named rule, and the chain still verifies (loop.md §3)."""

from typing import Any

from django.db import transaction

from tisu.accounts.hand_overs import forget_notes
from tisu.documents.claiming import forget_papers
from tisu.foundation import clock
from tisu.foundation.moves import advance, move
from tisu.inbox.services import forget_told
from tisu.loop.actor import Actor
from tisu.loop.effects import NOTHING_LEFT
from tisu.loop.findable import make_findable
from tisu.loop.interests import forget_firms
from tisu.loop.models import Audience, EventContent, Matter, Pause, write_event
from tisu.loop.models.event import ERASE
from tisu.loop.reasons import STRETCHES, SUSPENSIONS
from tisu.loop.stages import Stage

DISCIPLINE_RULE = "discipline-report/1"
MATTERS, DECISIONS = "matters", "decisions"  # the lists of a hand-over in which there may be a note about one
_ERASE = move(ERASE, Stage.values)


@transaction.atomic
def erase_content(matter: Matter, *, rule: str, by: Actor | None = None) -> None:
    """Empty what every event of a matter says, under a named rule. Number, time and officer stay."""
    erase_held(_held(matter), rule=rule, by=by)


@transaction.atomic
def erase_matter(matter: Matter, *, rule: str, by: Actor | None = None) -> None:
    """Empty a matter whose words stand in another one that must leave no content. Its course stays."""
    row = _held(matter)
    erase_held(row, rule=rule, by=by, **NOTHING_LEFT)
    make_findable(row)


def _held(matter: Matter) -> Matter:
    return Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)


def erase_held(row: Matter, *, rule: str, by: Actor | None, **facts: Any) -> None:
    """An erasure is an act of its own, by its rule: its event names the events that were emptied.

    The caller holds the matter's row. What stands in other rows of it goes with what events said.
    """
    at, signed = clock.now(), by.signed if by else rule
    advance(row, _ERASE, seen_version=row.version, **facts)
    emptied = EventContent.objects.filter(event__matter=row).erase(rule=rule, by=signed, at=at)
    _empty_rows(row)
    write_event(
        body={"rule": rule, "events": emptied, "by": signed},
        matter=row,
        action=ERASE,
        actor=by.user if by else None,
        signed=rule,
        at=at,
        from_stage=row.stage,
        to_stage=row.stage,
        version=row.version,
        cycle=row.cycle,
        audience=Audience.OFFICE,
    )


def _empty_rows(row: Matter) -> None:
    """What was typed about a matter outside of its events, and what people were told of it.

    A listed reason of a pause is a code, and the arithmetic needs it: only what was typed goes.
    """
    row.requests.update(reason="", data={}, opinion="")
    if row.is_bare:
        forget_firms(row)
    row.assignments.update(requirement="", handler="")
    row.ratings.erase()
    typed = Pause.objects.filter(clock__matter=row).exclude(reason__in=(*SUSPENSIONS, *STRETCHES))
    typed.update(reason="")
    forget_told(("matter", row.pk))
    forget_papers(("matter", row.pk))
    forget_notes(MATTERS, row.pk)
    for key in row.requests.values_list("pk", flat=True):
        forget_notes(DECISIONS, key)
