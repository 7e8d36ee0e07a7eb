"""Many kinds of things on one axis of time: a lane for each kind, whole years beside each other, today a hairline.

Points of one month stand together as one mark with their number, so that a picture of a thousand things has as many marks
as of fifty. What lasts is a bar; bars that overlap lie below each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

FULL = 1000
MOST_YEARS = 6
MOST_TRACKS, TRACK = 3, 12  # how many, and how high in the units of the picture


class Happening(Protocol):
    day: date
    label: str
    last: date | None
    is_open: bool


@dataclass(frozen=True)
class Point:
    """What happened in one month: where it lies, how much it is, and in words."""

    x: int
    count: int
    words: str

    @property
    def size(self) -> str:
        return "many" if self.count > 4 else "some" if self.count > 1 else "one"


@dataclass(frozen=True)
class Stretch:
    x: int
    width: int
    track: int
    words: str
    goes_on: bool = False

    @property
    def y(self) -> int:
        return self.track * TRACK + 2


@dataclass(frozen=True)
class Lane:
    code: str
    label: Any
    points: Sequence[Point] = ()
    stretches: Sequence[Stretch] = ()
    count: int = 0

    @property
    def tracks(self) -> int:
        return max((each.track + 1 for each in self.stretches), default=1)

    @property
    def height(self) -> int:
        return self.tracks * TRACK


@dataclass(frozen=True)
class Axis:
    """Whole years, the last of them this one or a later one in which something ends."""

    years: range
    today: date

    @property
    def first(self) -> date:
        return date(self.years.start, 1, 1)

    @property
    def last(self) -> date:
        return date(self.years.stop - 1, 12, 31)

    def at(self, day: date) -> int:
        days = (self.last - self.first).days + 1
        return min(max((day - self.first).days * FULL // days, 0), FULL)

    def shows(self, first: date, last: date) -> bool:
        return first <= self.last and last >= self.first

    @property
    def now(self) -> int:
        return self.at(self.today)

    def bounds(self) -> list[int]:
        """Where one year ends and the next begins."""
        return [self.at(date(year, 1, 1)) for year in self.years[1:]]


@dataclass(frozen=True)
class Picture:
    axis: Axis
    lanes: Sequence[Lane] = field(default_factory=tuple)


def picture_of(lanes: Iterable[tuple[str, Any, Sequence[Happening]]], today: date) -> Picture:
    """`lanes` are code, label and what happened; a lane in which nothing did is left out."""
    known = [(code, label, rows) for code, label, rows in lanes if rows]
    axis = _axis([row for _code, _label, rows in known for row in rows], today)
    return Picture(axis, [_lane(axis, code, label, rows) for code, label, rows in known])


def _axis(rows: Iterable[Happening], today: date) -> Axis:
    days = [day for row in rows for day in (row.day, row.last or row.day)] or [today]
    end = min(max(max(days).year, today.year), today.year + 1)
    begin = min(min(days).year, today.year)
    return Axis(range(max(begin, end - MOST_YEARS + 1), end + 1), today)


def _lane(axis: Axis, code: str, label: Any, rows: Sequence[Happening]) -> Lane:
    ends = [(row, row.last or (axis.today if row.is_open else row.day)) for row in rows]
    lasting = sorted(((row, end) for row, end in ends if end > row.day), key=lambda pair: pair[0].day)
    points = [row for row, end in ends if end <= row.day]
    return Lane(code, label, _points(axis, points), _stretches(axis, lasting), len(rows))


def _points(axis: Axis, rows: Iterable[Happening]) -> list[Point]:
    months: dict[date, list[Happening]] = {}
    for row in rows:
        if axis.shows(row.day, row.day):
            months.setdefault(row.day.replace(day=1), []).append(row)
    return [
        Point(axis.at(month.replace(day=15)), len(found), str(found[0].label))
        for month, found in sorted(months.items())
    ]


def _stretches(axis: Axis, rows: Iterable[tuple[Happening, date]]) -> list[Stretch]:
    """Each on the first track that is free; those for which none is lie on the last one."""
    free = [0] * MOST_TRACKS
    found = []
    for row, last in rows:
        if not axis.shows(row.day, last):
            continue
        x, end = axis.at(row.day), max(axis.at(last), axis.at(row.day) + 4)
        track = next((n for n, until in enumerate(free) if until <= x), MOST_TRACKS - 1)
        free[track] = max(free[track], end + 4)
        found.append(Stretch(x, end - x, track, str(row.label), row.is_open or last > axis.today))
    return found
