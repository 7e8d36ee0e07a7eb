"""After a calendar notice: every running clock is reckoned anew, matter by matter, until none is left.

A clock says under which calendar its dates were reckoned, so the job needs no list of its own: it goes on where
it stopped, and two workers never do one twice. Clocks whose dates stay only note the new version, many at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db import transaction
from django.db.models import Q

from tisu.foundation.calendars import calendar_of, current_version, draft_calendar
from tisu.foundation.duerows import Aside
from tisu.foundation.prepared import Blank, Prepared
from tisu.loop.actor import rule
from tisu.loop.clocks import Clocks, dates_of, deadline_of, is_ordered_since, refresh, told_under
from tisu.loop.faults import Conflict
from tisu.loop.models import Clock, Matter
from tisu.loop.perform import perform
from tisu.orgs.models import within

ASIDE = Aside()
BATCH = 500
RULE = "calendar/1"
UNCHANGED = ("due_at", "warn_at", "provisional", "alarm_at")


def behind(version: str = ""):
    """Running clocks that were reckoned under another calendar than the newest.

    As two ranges, which the index finds empty at once; “not equal” would read every running clock.
    """
    version = version or current_version()
    return Clock.objects.running().filter(Q(reckoned_under__lt=version) | Q(reckoned_under__gt=version))


def is_behind(matter: Matter) -> bool:
    """The same of one matter, whose few clocks are read rather than asked about."""
    return any(version != current_version() for version in _UNDER(matter=matter.pk))


_UNDER = Prepared(
    lambda: (
        Clock.objects.running()
        .filter(matter=Blank("matter"))
        .order_by()
        .values_list("reckoned_under", flat=True)
    )
)


def take_batch() -> bool:
    """One batch: what stays is noted in one statement, what moves goes through the one door, each on its own."""
    rows, moving = _noted(current_version())
    for matter_pk in moving:
        redate_matter(matter_pk)
    return rows > 0


@transaction.atomic
def _noted(version: str) -> tuple[int, list[int]]:
    """How many clocks were looked at, and the matters whose dates move. Whoever acts on one keeps it for now."""
    behind_it = (
        behind(version)
        .exclude(pk__in=ASIDE.keys)
        .order_by("pk")
        .select_for_update(of=("self",), skip_locked=True)
    )
    rows = list(_with_facts(behind_it)[:BATCH])
    same = {row.pk for row in rows if _stays(row)}
    Clock.objects.filter(pk__in=same).update(reckoned_under=version)
    return len(rows), list(dict.fromkeys(row.matter_id for row in rows if row.pk not in same))


def _with_facts(rows):
    return rows.select_related("matter__matter_type").prefetch_related("pauses", "adjustments", "alarms")


def _stays(row: Clock) -> bool:
    """Nothing to write but the calendar it stands under. An order that has come since is written down as well."""
    newest = calendar_of(row.matter.region_id)
    with ASIDE.unless_it_fails(row.pk):
        dates = dates_of(row, newest)
    return all(dates[name] == getattr(row, name) for name in UNCHANGED) and not is_ordered_since(row, newest)


@transaction.atomic
def redate_matter(matter_pk: int) -> None:
    """Bring one matter's running clocks under the newest calendar, by an act of its own where a date moves."""
    try:
        perform(matter_pk, "redate", actor=rule(RULE), data={}, expected_version=None)
    except Conflict:  # only a warning moved, or someone ended it meanwhile: no date to tell of
        for row in _with_facts(behind().filter(matter=matter_pk)):
            newest = calendar_of(row.matter.region_id)
            refresh(row, newest, calendar=told_under(row, newest))
        matter = Matter.objects.get(pk=matter_pk)
        Matter.objects.filter(pk=matter_pk).update(**Clocks(matter).dates())


@dataclass(frozen=True)
class Moved:
    """One deadline that a notice would move."""

    matter: Matter
    kind: str
    due_was: datetime
    due_now: datetime
    provisional_was: bool
    provisional_now: bool
    kept: bool


def moved_by(draft, region: str, user=None) -> Iterator[Moved]:
    """What a notice that is not yet published would move, of the matters this person may see, or of all. Writes
    nothing.

    A town may have notices of its own beside it, so each matter is reckoned by the calendar of its region.
    """
    calendars, ordered = cache(lambda code: draft_calendar(draft, code)), bool(draft.order)
    seen = Matter.objects.visible_to(user) if user else Matter.objects.all()
    matters = seen.filter(within("region_id", region))
    rows = Clock.objects.running().filter(matter__in=matters)
    for row in _with_facts(rows.order_by("due_at", "pk")).iterator(chunk_size=BATCH):
        becomes = deadline_of(row, calendars(row.matter.region_id), ordered=ordered)
        moves = (becomes.due_at, becomes.provisional) != (row.due_at, row.provisional)
        if moves or (becomes.kept and not deadline_of(row).kept):
            yield Moved(
                row.matter,
                row.kind,
                row.due_at,
                becomes.due_at,
                row.provisional,
                becomes.provisional,
                becomes.kept,
            )
