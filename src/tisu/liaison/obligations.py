"""What a leader's post owes: a contact in each month, an on-site meeting in each quarter (S36, S37).

Pure functions of dates. Nothing of it is stored: obligations are derived from pairings, holders, leaves and the days of
contacts, each time that somebody asks (ADR 0040).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tisu.liaison.periods import Period, days_of

LATE = 20  # who comes after this day of the last month has too little of it left


class Outcome(StrEnum):
    MET = "met"
    MISSED = "missed"
    OPEN = "open"
    EXCUSED = "excused"


@dataclass(frozen=True)
class Span:
    """From `since` up to, not including, `until`; without one, for good."""

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def touches(self, first: date, last: date) -> bool:
        return self.since <= last and (self.until is None or self.until > first) and self.until != self.since


@dataclass(frozen=True)
class Facts:
    """Of one post: when it was paired, when somebody held it, when its holder was on approved leave."""

    paired: Sequence[Span]
    held: Sequence[Span] = ()
    away: Sequence[Span] = ()


def outcome_of(period: Period, facts: Facts, is_met: bool, today: date) -> Outcome | None:
    """None where nothing is owed: the post is not paired on the last day, or the period has not begun.

    The last day is a day on which it can still be met. What was done counts, also where it would have been excused.
    """
    first, last = days_of(period)
    if first > today or not any(span.holds(last) for span in facts.paired):
        return None
    if is_met:
        return Outcome.MET
    if _is_excused(first, last, facts):
        return Outcome.EXCUSED
    return Outcome.MISSED if today > last else Outcome.OPEN


def _is_excused(first: date, last: date, facts: Facts) -> bool:
    """Paired after the 20th; nobody at the post on the last day who was there by the 20th; or on leave all the time."""
    late = last.replace(day=LATE)
    begun = min(span.since for span in facts.paired if span.touches(first, last))
    if begun > late:
        return True
    if all(span.since > late for span in facts.held if span.holds(last)):
        return True
    return _cover(facts.away, max(first, begun), last)


def _cover(spans: Iterable[Span], first: date, last: date) -> bool:
    """Whether these, one after the other, leave no day out."""
    day = first
    for span in sorted(spans, key=lambda each: each.since):
        if span.holds(day):
            if span.until is None or span.until > last:
                return True
            day = span.until
    return day > last


@dataclass(frozen=True)
class Tally:
    """How many obligations there were, and what became of them. What is excused is not due."""

    met: int = 0
    missed: int = 0
    pending: int = 0
    excused: int = 0

    @classmethod
    def of(cls, outcomes: Iterable[Outcome | None]) -> "Tally":
        found = [each for each in outcomes if each is not None]
        return cls(
            *(found.count(each) for each in (Outcome.MET, Outcome.MISSED, Outcome.OPEN, Outcome.EXCUSED))
        )

    @property
    def due(self) -> int:
        return self.met + self.missed + self.pending


def a_week_before(last: date) -> date:
    return last - timedelta(days=7)
