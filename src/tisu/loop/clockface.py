"""A matter's clocks as its page shows them: the one it is judged by as a bar, the others as rows, each with its
arithmetic folded under it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.loop.clocks import deadline_of
from tisu.loop.daywords import left_words, reckoned, remaining_words, told_first
from tisu.loop.models import Clock, ClockKind, Matter
from tisu.loop.reckoning import Deadline
from tisu.loop.stages import Light
from tisu.web.clockbar import ClockBar
from tisu.web.templatetags.web import han_date

# A matter's clocks with all that their arithmetic needs, in a fixed number of queries.
CLOCKS = Prefetch(
    "clocks", Clock.objects.select_related("assignment__unit").prefetch_related("pauses", "adjustments")
)


def with_clocks(*matters: Matter) -> None:
    """Read the clocks of these matters at once; what is asked of them afterwards costs no query."""
    prefetch_related_objects(matters, CLOCKS)


def clock_of(matter: Matter, *kinds: str) -> Clock | None:
    """The clock of the first of these kinds in the present cycle."""
    rows = [row for row in matter.clocks.all() if row.cycle == matter.cycle and not row.is_void]
    found = ([row for row in rows if row.kind == kind] for kind in kinds)
    return next((of_kind[-1] for of_kind in found if of_kind), None)


def judging(matter: Matter) -> Clock | None:
    """The clock a matter is judged by: handling once assigned, screening until then."""
    return clock_of(matter, ClockKind.SOLVE, ClockKind.SCREEN)


def clock_face(matter: Matter, *, for_requester: bool = False) -> dict[str, Any] | None:
    """None where no clock runs. A stopped clock is drawn up to the day it stopped, not up to today."""
    with_clocks(matter)
    row = judging(matter)
    if row is None or (for_requester and row.kind != ClockKind.SOLVE):
        return None
    deadline = deadline_of(row)
    return {
        "bar": _bar(matter, row, deadline),
        "is_stopped": row.stopped_at is not None,
        "is_screening": row.kind == ClockKind.SCREEN,
        "summary": remaining_words(matter),
        "explanation": reckoned(row, deadline, for_requester=for_requester),
        "provisional": deadline.provisional,
    }


def _bar(matter: Matter, row: Clock, deadline: Deadline) -> ClockBar:
    return ClockBar(
        deadline.started_on,
        deadline.due_on,
        clock.local_day(row.stopped_at) if row.stopped_at else clock.today(),
        str(matter.light),
        deadline.paused,
        deadline.original_due_on if deadline.extended else None,
        told_first(row, deadline),
    )


def limits_of(matter: Matter) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The other limits of this cycle, and those that are over: earlier cycles, earlier reports, what was returned."""
    main = judging(matter)
    now, before = [], []
    for row in matter.clocks.all():
        if main is None or row.pk != main.pk:
            (now if _is_of_now(row, matter) else before).append(row)
    return [_limit(row, matter) for row in now], [_limit(row, matter) for row in reversed(before)]


def _is_of_now(row: Clock, matter: Matter) -> bool:
    """The latest of its kind and of its unit's part, in the present cycle."""
    if row.cycle != matter.cycle or row.is_void:
        return False
    return row.pk == max(each.pk for each in _alike(row, matter.clocks.all()))


def _alike(row: Clock, rows: Iterable[Clock]) -> Iterable[Clock]:
    part = (row.kind, row.assignment_id, row.cycle)
    return (each for each in rows if (each.kind, each.assignment_id, each.cycle) == part and not each.is_void)


def _limit(row: Clock, matter: Matter) -> dict[str, Any]:
    """The parameters of a row of web/components/limits.html."""
    deadline = deadline_of(row)
    return {
        "label": row.get_kind_display(),
        "who": str(row.assignment.unit) if row.assignment else "",
        "light": _light(row, matter),
        "left": _left(row, matter),
        "due": deadline.due_at,
        "provisional": deadline.provisional and row.is_running,
        "note": _note(row, matter),
        "explanation": reckoned(row, deadline),
    }


def _light(row: Clock, matter: Matter) -> str:
    """A void limit judges nobody and has none."""
    if row.is_void:
        return ""
    if row.stopped_at:
        return "met" if row.stopped_at <= row.due_at else "missed"
    if matter.is_suspended:
        return Light.GREY
    if clock.now() < row.warn_at:
        return Light.GREEN
    return Light.YELLOW if clock.now() <= row.due_at else Light.RED


def _left(row: Clock, matter: Matter) -> str:
    if row.is_void or (matter.is_suspended and row.is_running):
        return ""
    if row.stopped_at:
        return _("stopped on %(day)s") % {"day": han_date(row.stopped_at)}
    return left_words(row.due_at, matter.region_id)


def _note(row: Clock, matter: Matter) -> str:
    if row.is_void:
        return _("does not count: it went back")
    return "" if row.cycle == matter.cycle else _("handled for time no. %(cycle)s") % {"cycle": row.cycle}
