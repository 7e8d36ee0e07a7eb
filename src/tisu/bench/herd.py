"""A load of a given size: originals copied until the county has so many matters, spread as after some years."""

import random
import secrets
import sys
from collections.abc import Iterator
from functools import cached_property
from itertools import cycle, islice
from typing import Any

from django.db import models, transaction

from tisu.audit.chain import genesis, sm3
from tisu.bench.family import Family, Mould, hanging, mould_of, moved, read_family
from tisu.bench.rows import Table, in_bulk
from tisu.foundation import clock
from tisu.foundation.models import SearchEntry
from tisu.foundation.numbering import new_number
from tisu.foundation.search import search_form
from tisu.loop.models import Clock, Event, Matter
from tisu.loop.stages import ENDED, Stage

AT_ONCE = 500  # matters in one transaction
ORIGINALS = 200  # more than are ever played: what comes after them in a database are copies
WEEKS = 104  # as far back as ended matters reach
# Of a hundred matters, after some years of work.
SPREAD = {
    Stage.CLOSED: 75, Stage.CANCELLED: 2, Stage.IN_PROGRESS: 12, Stage.SUBMITTED: 4, Stage.ASSIGNED: 3,
    Stage.REGISTERED: 4,
}  # fmt: skip


class Herd:
    """The originals of one database, and the copies made of them.

    In a database that was loaded already the first matters are the originals: reading every copy would take hours.
    """

    def __init__(self) -> None:
        originals = Matter.objects.order_by("pk").values_list("pk", flat=True)[:ORIGINALS]
        self.models = hanging()
        self.tables = {model: Table(model) for model in (*self.models, SearchEntry)}
        self.families = [read_family(pk, self.models) for pk in originals]
        self._moulds: dict[tuple[int, int], Mould | None] = {}

    def grow_to(self, matters: int) -> int:
        """Copies until there are so many matters; gives how many were made."""
        missing = max(matters - Matter.objects.count(), 0)
        return self._write(islice(self._spread(), missing), missing, "matters")

    def add_clocks(self, running: int) -> int:
        """Open matters whose clocks run and have rung as far as they could; gives how many clocks were added."""
        before = _running()
        needed = running - before
        self._write(self._until(self._open(), needed), max(needed, 0), "clocks", counting_clocks=True)
        return _running() - before

    def add_due(self, due: int) -> int:
        """Open matters from some weeks ago whose alarms nobody rang since: gives how many matters were added."""
        return self._write(islice(self._unrung(), due), due, "matters with a due alarm")

    # --- Which originals ---

    def _spread(self) -> Iterator[Mould]:
        sorts = {stage: cycle(self._of_stage(stage)) for stage in SPREAD if any(self._of_stage(stage))}
        places = [stage for stage in sorts for _each in range(SPREAD[stage])]
        for place in cycle(random.Random(len(places)).sample(places, len(places))):
            yield next(sorts[place])

    def _of_stage(self, stage: str) -> Iterator[Mould]:
        back = range(WEEKS) if stage in ENDED else (0,)
        for weeks in back:
            for place, family in enumerate(self.families):
                if family.matter["stage"] == stage and (mould := self._mould(place, weeks)):
                    yield mould

    def _open(self) -> Iterator[Mould]:
        running = [place for place, family in enumerate(self.families) if family.running]
        return (self._mould(place, 0) for place in cycle(running))

    def _until(self, moulds: Iterator[Mould], clocks: int) -> Iterator[Mould]:
        while clocks > 0:
            mould = next(moulds)
            clocks -= mould.running
            yield mould

    def _unrung(self) -> Iterator[Mould]:
        due = [
            (place, weeks)
            for weeks in (1, 2, 3, 4)
            for place, family in enumerate(self.families)
            if _rings(earlier := moved(family, weeks)) and earlier
        ]
        return (self._mould(place, weeks) for place, weeks in cycle(due))

    def _mould(self, place: int, weeks: int) -> Mould | None:
        if (place, weeks) not in self._moulds:
            family = moved(self.families[place], weeks)
            self._moulds[place, weeks] = mould_of(family, self.tables) if family else None
        return self._moulds[place, weeks]

    # --- Writing ---

    def _write(self, moulds: Iterator[Mould], due: int, what: str, *, counting_clocks: bool = False) -> int:
        done = told = 0
        for table in self.tables.values():
            table.look_for_free_keys()
        with in_bulk(self.tables):
            while batch := list(islice(moulds, AT_ONCE)):
                self._write_batch(batch)
                done += sum(mould.running for mould in batch) if counting_clocks else len(batch)
                if done - told >= max(due // 10, AT_ONCE):
                    told = done
                    print(f"loaded {done:,} of {due:,} {what}", file=sys.stderr, flush=True)
        return done

    @transaction.atomic
    def _write_batch(self, batch: list[Mould]) -> None:
        new: dict[type[models.Model], list[list[Any]]] = {model: [] for model in self.tables}
        for mould in batch:
            self._copy(mould, new)
        for model, rows in new.items():
            if rows:
                self.tables[model].write(rows)

    def _copy(self, mould: Mould, new: dict[type[models.Model], list[list[Any]]]) -> None:
        first = {model: self.tables[model].take_keys(len(rows)) for model, rows in mould.rows.items() if rows}
        number = new_number()
        for model, rows in mould.rows.items():
            table, fresh = self.tables[model], mould.fresh.get(model, ())
            for order, (values, keys) in enumerate(rows):
                copy = values.copy()
                if table.counts:
                    copy[table.places[table.key]] = first[model] + order
                for place, target, nth in keys:
                    copy[place] = first[target] + nth
                for place, length in fresh:
                    copy[place] = copy[place] and secrets.token_hex(32)[:length]
                new[model].append(copy)
        new[Matter][-1][self._number] = number
        self._chain(number, mould, new[Event])
        if mould.entry:
            new[SearchEntry].append(self._found_by(number, first[Matter], *mould.entry))

    def _chain(self, number: str, mould: Mould, events: list[list[Any]]) -> None:
        """As tisu.audit.chain.next_value; the facts are the same in every copy, so their text is made once."""
        value, place = genesis(number), self.tables[Event].places["chain"]
        for row, said in zip(events[-len(mould.said) :], mould.said, strict=True):
            value = row[place] = sm3(bytes.fromhex(value) + said).hex()

    def _found_by(
        self, number: str, pk: int, values: list[Any], original: str, tokens: list[str]
    ) -> list[Any]:
        table, form = self.tables[SearchEntry], search_form(number)
        copy = values.copy()
        copy[table.places["id"]] = table.take_keys(1)
        copy[table.places["object_id"]] = pk
        copy[table.places["text"]] = values[table.places["text"]].replace(original, form)
        copy[table.places["tokens"]] = " ".join([*tokens, *form.split("-")])
        return copy

    @cached_property
    def _number(self) -> int:
        return self.tables[Matter].places["number"]


def _running() -> int:
    return Clock.objects.running().count()


def _rings(family: Family | None) -> bool:
    now = clock.now()
    return family is not None and any(
        row["alarm_at"] and row["alarm_at"] <= now for row in family.rows[Clock]
    )
