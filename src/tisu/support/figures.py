"""What the records come to: how much of what was asked was granted, how long it took, which task forces ended in time.

Every rate has its numerator and its denominator. Only what was decided is counted: what waits is neither met nor not.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from tisu.foundation import clock
from tisu.foundation.calendars import calendar_of
from tisu.foundation.workdays import count_workdays
from tisu.loop.stages import Result
from tisu.support.factors import Factor
from tisu.support.force_queries import TaskForceQuerySet
from tisu.support.queries import FactorRequestQuerySet
from tisu.support.states import State


@dataclass
class Line:
    """One factor by one measure. `requests` all, `decided` those that were granted, refused or closed, `met` those of
    which anything was granted; amounts are of the decided ones. Days are working days from asking to closing."""

    factor: str
    measure: str
    requests: int = 0
    decided: int = 0
    met: int = 0
    asked: int = 0
    granted: int = 0
    days: list[int] = field(default_factory=list)

    @property
    def share(self) -> float | None:
        """Granted of asked; where nothing is counted, requests met of requests decided."""
        whole, part = (self.asked, self.granted) if self.measure else (self.decided, self.met)
        return part / whole if whole else None

    @property
    def mean_days(self) -> float | None:
        return sum(self.days) / len(self.days) if self.days else None


# How a request ends that was neither met nor not.
TAKEN_AWAY = (Result.WITHDRAWN, Result.UNFOUNDED)
_NEEDED = (
    "factor", "measure", "asked", "granted", "asked_on", "matter__closed_at", "matter__region_id", "matter__result", "state",
)  # fmt: skip


def lines_of(rows: FactorRequestQuerySet) -> list[Line]:
    """One query; days are counted by the calendar of each request's region."""
    found: dict[tuple[str, str], Line] = {}
    known: dict[tuple[str, date, date], int] = defaultdict(int)
    for factor, measure, asked, granted, asked_on, closed_at, region, result, state in (
        rows.with_state().order_by().values_list(*_NEEDED)
    ):
        line = found.setdefault((factor, measure), Line(factor, measure))
        line.requests += 1
        if state == State.ENDED or result in TAKEN_AWAY:
            continue
        if granted is not None or state in (State.UNMET, State.DONE):
            line.decided += 1
            line.met += bool(granted) if measure else state != State.UNMET
            line.asked, line.granted = line.asked + (asked or 0), line.granted + (granted or 0)
        if closed_at:
            span = (region, asked_on, max(asked_on, clock.local_day(closed_at)))
            if span not in known:
                known[span] = count_workdays(span[1], span[2], calendar_of(region))
            line.days.append(known[span])
    order = list(Factor)
    return sorted(found.values(), key=lambda line: (order.index(line.factor), line.measure))


@dataclass(frozen=True)
class Rate:
    """So many of so many. `went_on` of those in time did so after their leader had looked again."""

    part: int
    whole: int
    went_on: int = 0

    @property
    def said(self) -> str:
        return f"{self.part / self.whole:.0%} ({self.part}/{self.whole})" if self.whole else ""


def on_time_rate(rows: TaskForceQuerySet) -> Rate:
    """Of those that are over or should be: dissolved by their day, and never let slip before."""
    due = [force for force in _with_continuations(rows) if force.is_dissolved or force.is_overdue]
    in_time = [force for force in due if force.is_on_time]
    return Rate(len(in_time), len(due), sum(1 for force in in_time if force.continuations.all()))


def _with_continuations(rows: TaskForceQuerySet) -> Iterable:
    return rows.prefetch_related("continuations")
