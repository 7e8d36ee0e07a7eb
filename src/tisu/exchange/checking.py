"""Looking through all rows before anything comes in. What would be written is written and rolled back, batch by batch:
so the preview says exactly what the import would do, by the same code.

Idempotent: it begins with the first row each time, and what an earlier look found is removed first.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.exchange.holding import keep_hold
from tisu.exchange.kinds import kind_of
from tisu.exchange.models import Finding, ImportRun
from tisu.exchange.moves import LOOK, take_along
from tisu.exchange.rows import Laid, Understanding
from tisu.foundation import clock
from tisu.foundation.sheets.declared import Refused, Sitting, Taken
from tisu.foundation.sheets.layout import Header, why_skipped

SAMPLE = 12
WHY = {
    "note": gettext_lazy("A note, not a row of the table."),
    "total": gettext_lazy("A sum of the rows above."),
    "header": gettext_lazy("The header once more."),
    "numbers": gettext_lazy("The numbers of the columns."),
}


def check(run: ImportRun, *, trying: bool = True) -> None:
    """Find what is to be refused or not read; then the file waits for a person to say that it may come in.

    Where nobody looks on, nothing is tried: what only shows on the way in is refused then.
    """
    run.findings.all().delete()
    look = Look(run, trying=trying)
    for batch in batches_of(run, after=run.last):
        look.at(batch)
        keep_hold(run, cursor=batch[-1].number, counts=dict(look.counts))
    take_along(run, LOOK, counts=dict(look.counts), sample=look.sample)


class Look:
    """What is seen on the way through the rows."""

    def __init__(self, run: ImportRun, *, trying: bool) -> None:
        self.run = run
        self.trying = trying
        self.kind = kind_of(run.kind)
        self.header = Header(run.first, run.last, tuple(run.names), tuple(run.mapping))
        self.understood = understanding(run)
        self.sitting = sitting(run, trial=True)
        self.counts: Counter[str] = Counter()
        self.sample: list[dict[str, Any]] = []
        self._rows_by_key: dict[int, int] = {}

    def at(self, batch: list[Laid]) -> None:
        findings: list[Finding] = []
        rows, staged = [], []
        for row in batch:
            if why := why_skipped(row.cells, self.header):
                findings += self._skipped(row, why)
                continue
            read = self.understood.read(row.cells)
            faults = read.faults or self._twice(row, read.values)
            if faults:
                findings += refused(self.run, self.understood, row, faults)
                self.counts["refused"] += 1
            else:
                rows.append(read.values)
                staged.append(row)
        if self.trying and rows:
            findings += self._tried(rows, staged)
        Finding.objects.bulk_create(findings)

    def _skipped(self, row: Laid, why: str) -> list[Finding]:
        if why == "blank":
            return []
        self.counts["skipped"] += 1
        text = next(cell for cell in row.cells if cell)[:200]
        return [
            Finding(
                run=self.run, number=row.number, what=Finding.What.SKIPPED, value=text, sentence=str(WHY[why])
            )
        ]

    def _twice(self, row: Laid, values: dict[str, Any]) -> list[tuple[str, str]]:
        """A thing that a row above is about already: one of the two is wrong, and only a person knows which."""
        key = self.understood.key(values)
        first = self._rows_by_key.setdefault(hash(key), row.number) if key else row.number
        if first == row.number:
            return []
        words = {"row": first + 1}
        return [(self.kind.key[0], _("Row %(row)s is about the same one: keep one of the two.") % words)]

    def _tried(self, rows: list[dict], staged: list[Laid]) -> Iterator[Finding]:
        with transaction.atomic():
            outcomes = list(self.kind.take(rows, self.sitting))
            transaction.set_rollback(True)
        for row, values, outcome in zip(staged, rows, outcomes, strict=True):
            self.counts[count_of(outcome)] += 1
            if isinstance(outcome, Refused):
                yield from refused(self.run, self.understood, row, outcome.faults)
            elif len(self.sample) < SAMPLE:
                self.sample.append({"number": row.number, "values": shown(values), "what": count_of(outcome)})


def batches_of(run: ImportRun, *, after: int) -> Iterator[list[Laid]]:
    while batch := next_rows(run, after=after):
        yield batch
        after = batch[-1].number


def next_rows(run: ImportRun, *, after: int) -> list[Laid]:
    rows = run.staged.filter(number__gt=after).order_by("number").values_list("number", "cells")
    return [Laid(*row) for row in rows[: kind_of(run.kind).batch]]


def understanding(run: ImportRun) -> Understanding:
    return Understanding(kind_of(run.kind), run.names, run.mapping, clock.today())


def sitting(run: ImportRun, *, trial: bool) -> Sitting:
    return Sitting(run.by, run.region, clock.today(), run.file_name, trial)


def refused(run: ImportRun, understood: Understanding, row: Laid, faults: Any) -> Iterator[Finding]:
    for code, sentence in faults:
        yield Finding(
            run=run,
            number=row.number,
            what=Finding.What.REFUSED,
            column=code,
            value=understood.cell(row.cells, code)[:200],
            sentence=sentence,
        )


def count_of(outcome: Taken | Refused) -> str:
    if isinstance(outcome, Refused):
        return "refused"
    if outcome.is_new:
        return "new"
    return "same" if outcome.is_unchanged else "changed"


def shown(values: dict[str, Any]) -> dict[str, str]:
    """The values as they were understood, for a person to compare with what was written."""
    return {code: in_words(value) for code, value in values.items()}


def in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int | Decimal):
        return f"{value:,}"
    return str(getattr(value, "label", value))
