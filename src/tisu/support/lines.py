"""A task force on one axis of days: its own time, and each task from the day it was given to the day it was done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tisu.foundation import clock
from tisu.loop.cards import Card, light_of
from tisu.loop.models import Matter
from tisu.support.models import TaskForce
from tisu.web.clockbar import ClockBar, Span


@dataclass(frozen=True)
class Lane:
    """One task: where its bar lies, in thousandths of the axis; `due` is where its limit stands, if within sight."""

    title: str
    href: str
    units: str
    light: str
    span: Span
    due: int | None
    days: str


@dataclass(frozen=True)
class Axis:
    """From the beginning to the last day that anything on it has. `now` is nothing once it is over."""

    bar: ClockBar
    lanes: list[Lane]
    now: int | None
    due: int


def axis_of(force: TaskForce, tasks: Iterable[Matter]) -> Axis:
    tasks = list(tasks)
    last = force.dissolved_on or clock.today()
    ends = [clock.local_day(task.closed_at or task.due_at) for task in tasks if task.closed_at or task.due_at]
    bar = ClockBar(start=force.since, due=max([force.due_on, *ends]), today=last)
    return Axis(
        bar,
        [_lane(bar, task, last) for task in tasks],
        None if force.is_dissolved else bar.at(clock.today()),
        bar.at(force.due_on),
    )


def _lane(bar: ClockBar, task: Matter, last: date) -> Lane:
    card = Card(task)
    first, until = (
        clock.local_day(task.registered_at),
        clock.local_day(task.closed_at) if task.closed_at else last,
    )
    span = bar.span(first, max(first, until))
    return Lane(
        title=card.title,
        href=card.href,
        units=card.units,
        light=light_of(task),
        span=Span(span.x, max(span.width, 8)),  # a task of one day is seen too
        due=bar.at(clock.local_day(task.due_at)) if task.due_at else None,
        days=f"{first:%m-%d} – {until:%m-%d}",
    )
