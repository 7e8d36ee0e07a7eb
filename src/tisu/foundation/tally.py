"""Counting by arithmetic: how many working days lie before a day, and which day is the nth.

A century costs what a week costs: the week's pattern is computed, the days on which a calendar departs from it
are found by bisection. `reach` and `passed` leave out pauses, of whatever is counted.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import date
from itertools import accumulate
from typing import Any

SATURDAY = 5


class Tally:
    """Working days by the number of their day (date.toordinal), day 1 being a Monday."""

    def __init__(self, off: Iterable[date], working: Iterable[date]) -> None:
        """`working` outweighs `off`; days that are so by the week's pattern change nothing."""
        working = frozenset(working)
        turned = [(day.toordinal(), 1) for day in working if day.weekday() >= SATURDAY]
        turned += [(day.toordinal(), -1) for day in frozenset(off) - working if day.weekday() < SATURDAY]
        turned.sort()
        self._turned = [day for day, _shift in turned]
        self._shift = [0, *accumulate(shift for _day, shift in turned)]
        self._through = [
            _weekdays_through(day) + shift for day, shift in zip(self._turned, self._shift[1:], strict=True)
        ]

    def before(self, day: int) -> int:
        """Working days before the day of this number."""
        return _weekdays_through(day - 1) + self._shift[bisect_left(self._turned, day)]

    def nth(self, n: int) -> int:
        """The number of the nth working day there is, from 1."""
        place = bisect_left(self._through, n)
        day = _nth_weekday(n - self._shift[place])
        if place < len(self._turned) and day >= self._turned[place]:
            return self._turned[place]
        return day


def reach(begin: Any, amount: Any, paused: Iterable[tuple], before: Callable, at: Callable) -> Any:
    """The first point by which `amount` has passed since `begin` outside of the pauses.

    `before(point)` is what lies before a point; `at(sum)` the first point before which that much lies.
    """
    owed = before(begin) + amount
    for first, resumed in union(paused):
        if resumed > begin:
            if at(owed) <= first:
                break
            owed += before(resumed) - before(max(first, begin))
    return at(owed)


def passed(begin: Any, end: Any, paused: Iterable[tuple], before: Callable) -> Any:
    """What lies between two points outside of the pauses."""
    total = before(end) - before(begin)
    for first, resumed in union(paused):
        if first < end and resumed > begin:
            total -= before(min(resumed, end)) - before(max(first, begin))
    return total


def union(paused: Iterable[tuple]) -> list[tuple]:
    """The pauses as stretches that do not touch each other, so that nothing is taken off twice."""
    merged: list[tuple] = []
    for first, resumed in sorted(pause for pause in paused if pause[0] < pause[1]):
        if merged and first <= merged[-1][1]:
            first, resumed = merged[-1][0], max(merged.pop()[1], resumed)
        merged.append((first, resumed))
    return merged


def _weekdays_through(day: int) -> int:
    weeks, rest = divmod(day, 7)
    return weeks * SATURDAY + min(rest, SATURDAY)


def _nth_weekday(n: int) -> int:
    weeks, rest = divmod(n - 1, SATURDAY)
    return weeks * 7 + rest + 1
