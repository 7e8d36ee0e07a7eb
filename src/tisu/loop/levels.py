"""The levels at which a clock is looked at again: a table by kind, and the moment each one falls on.

Every moment lies in office hours: nobody is told at night (loop.md §4, point 9).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from tisu.foundation import clock
from tisu.foundation.workdays import Calendar, add_workdays
from tisu.loop.models import Clock, ClockKind, Rules
from tisu.loop.reckoning import Deadline

WARN, DUE, FIRST_ESCALATION = 1, 2, 3
JUST_AFTER = timedelta(seconds=1)


@dataclass(frozen=True)
class Level:
    """`number` orders the levels of a clock; `rule` is the standing rule that acts, with its version."""

    number: int
    rule: str


class Dates(NamedTuple):
    """What of a deadline the moments of its levels follow from."""

    due_at: datetime
    due_on: date
    warn_at: datetime
    calendar: Calendar


# What happens at the warning and at the due moment, by kind of clock; what comes after is escalation.
RULES: dict[str, dict[int, str]] = {
    ClockKind.SCREEN: {WARN: "warn/1", DUE: "overdue/1"},
    ClockKind.ACCEPT: {DUE: "auto-accept/1"},
    ClockKind.SOLVE: {WARN: "warn/1", DUE: "urge/1"},
    ClockKind.CO_OPERATE: {WARN: "warn/1", DUE: "overdue/1"},
    ClockKind.REPORT: {DUE: "overdue/1"},
    ClockKind.VERIFY: {WARN: "warn/1", DUE: "overdue/1"},
}
ESCALATION = "escalate/1"
ESCALATED = frozenset({ClockKind.SOLVE})
STANDING_RULES = sorted({rule for each in RULES.values() for rule in each.values()} | {ESCALATION})


def levels_of(row: Clock, rules: Rules) -> list[Level]:
    """The levels of a clock, lowest first."""
    found = [Level(number, rule) for number, rule in RULES[row.kind].items()]
    if row.kind in ESCALATED:
        found += [Level(FIRST_ESCALATION + place, ESCALATION) for place in range(len(rules.escalate_after))]
    return found


def moment_of(level: Level, deadline: Deadline | Dates, rules: Rules) -> datetime:
    """When a level is reached, moved on to the next office hour."""
    calendar = deadline.calendar
    if level.number == WARN:
        return calendar.next_opening(deadline.warn_at)
    if level.number == DUE:
        return calendar.next_opening(deadline.due_at + JUST_AFTER)
    day = add_workdays(deadline.due_on, rules.escalate_after[level.number - FIRST_ESCALATION], calendar)
    return calendar.next_opening(clock.moment(day, time.min))


def alarm_after(row: Clock, deadline: Deadline | Dates, rules: Rules, reached: int) -> datetime | None:
    """The moment of the next level above the highest one `reached`; None when there is none left."""
    coming = [level for level in levels_of(row, rules) if level.number > reached]
    return moment_of(coming[0], deadline, rules) if coming else None
