"""Reckoning every cached date anew from the facts: what differs was written past the one door (loop.md §3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tisu.loop.clocks import Clocks, dates_of
from tisu.loop.models import Clock, Matter

CHUNK = 500


@dataclass(frozen=True)
class Difference:
    """One cached value that does not follow from the facts."""

    number: str
    what: str
    name: str
    cached: Any
    reckoned: Any

    def __str__(self) -> str:
        return f"{self.number} {self.what}.{self.name}: {self.cached} ≠ {self.reckoned}"


def differences(*, write: bool = False) -> Iterator[Difference]:
    """Every difference between cache and facts, clocks first; `write` mends them on the way."""
    yield from _of_clocks(write)
    yield from _of_matters(write)


def _of_clocks(write: bool) -> Iterator[Difference]:
    rows = Clock.objects.select_related("matter__matter_type").order_by("pk")
    rows = rows.prefetch_related("pauses", "adjustments", "alarms")
    for row in rows.iterator(chunk_size=CHUNK):
        try:
            reckoned = dates_of(row)
        except ValueError as fault:  # its calendar is not known here: restored without its notices
            yield Difference(row.matter.number, f"{row.kind} clock", "calendar", row.calendar, fault)
            continue
        found = list(_compare(row.matter.number, f"{row.kind} clock", row, reckoned))
        if found and write:
            Clock.objects.filter(pk=row.pk).update(**reckoned)
        yield from found


def _of_matters(write: bool) -> Iterator[Difference]:
    for matter in Matter.objects.order_by("pk").iterator(chunk_size=CHUNK):
        reckoned = Clocks(matter).dates()
        found = list(_compare(matter.number, "matter", matter, reckoned))
        if found and write:
            Matter.objects.filter(pk=matter.pk).update(**reckoned)
        yield from found


def _compare(number: str, what: str, row: Any, reckoned: dict[str, Any]) -> Iterator[Difference]:
    for name, value in reckoned.items():
        if getattr(row, name) != value:
            yield Difference(number, what, name, getattr(row, name), value)
