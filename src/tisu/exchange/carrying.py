"""Bringing rows in, and taking them back: batch by batch, each in a transaction that also notes how far it came.

So a process that dies in the midst has brought in whole batches or nothing of one, and the next goes on behind them.
"""

from collections import Counter

from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _

from tisu.audit.record import record
from tisu.exchange.checking import count_of, next_rows, refused, sitting, understanding
from tisu.exchange.emptying import empty
from tisu.exchange.kinds import kind_of
from tisu.exchange.models import Arrival, Finding, ImportRun, RunState
from tisu.exchange.moves import FINISH, TAKEN_BACK, take_along
from tisu.exchange.rows import Laid
from tisu.foundation import clock
from tisu.foundation.sheets.declared import Refused, Taken
from tisu.foundation.sheets.layout import Header, why_skipped
from tisu.foundation.writing import write_many


@transaction.atomic
def carry_on(run_pk: str) -> bool:
    """One batch. False when the file is in, or somebody else is at this very moment."""
    run = _held(run_pk, RunState.CARRYING)
    if run is None:
        return False
    batch = next_rows(run, after=max(run.cursor, run.last))
    if not batch:
        _finish(run)
        return False
    _note(run, batch[-1].number, Counter(run.counts) + _brought(run, batch))
    return True


def _brought(run: ImportRun, batch: list[Laid]) -> Counter:
    """Rows that were refused when they were looked at stay out; one that has become impossible since is told."""
    header = Header(run.first, run.last, tuple(run.names), tuple(run.mapping))
    said_of = set(
        run.findings.filter(number__in=[row.number for row in batch]).values_list("number", flat=True)
    )
    understood = understanding(run)
    rows = [row for row in batch if row.number not in said_of and not why_skipped(row.cells, header)]
    values = [understood.read(row.cells).values for row in rows]
    outcomes = list(kind_of(run.kind).take(values, sitting(run, trial=False))) if rows else []
    findings, arrivals, counts = [], [], Counter()
    for row, outcome in zip(rows, outcomes, strict=True):
        counts[count_of(outcome)] += 1
        if isinstance(outcome, Refused):
            findings += refused(run, understood, row, outcome.faults)
        elif not outcome.is_unchanged:
            arrivals.append((run.pk, row.number, outcome.pk, outcome.is_new, outcome.before))
    Finding.objects.bulk_create(findings)
    write_many(Arrival, ("run", "number", "object_pk", "is_new", "before"), arrivals)
    return counts


def _finish(run: ImportRun) -> None:
    """The file is in: it stands in the ledger, and the file itself is no longer needed."""
    take_along(run, FINISH, ended_at=clock.now(), file="")
    storages["sheets"].delete(f"{run.pk}.sheet")
    if kind_of(run.kind).private:
        empty(run)
    _record("import", run)


@transaction.atomic
def take_back_on(run_pk: str) -> bool:
    """One batch of what the file brought, the last first. False when all is taken back or told why it stays."""
    run = _held(run_pk, RunState.UNDOING)
    if run is None:
        return False
    rows = run.arrivals.order_by("-number")
    batch = list((rows.filter(number__lt=run.cursor) if run.cursor >= 0 else rows)[: kind_of(run.kind).batch])
    if not batch:
        take_along(run, TAKEN_BACK)
        _record("undo-import", run)
        return False
    taken = [Taken(row.object_pk, row.is_new, row.before) for row in batch]
    sentences = kind_of(run.kind).undo(taken, sitting(run, trial=False))
    kept = [
        Finding(run=run, number=row.number, what=Finding.What.KEPT, sentence=sentence)
        for row, sentence in zip(batch, sentences, strict=True)
        if sentence
    ]
    Finding.objects.bulk_create(kept)
    counts = Counter(run.counts) + Counter(kept=len(kept), taken_back=len(batch) - len(kept))
    _note(run, batch[-1].number, counts)
    return True


def _held(run_pk: str, state: str) -> ImportRun | None:
    """The run in this state, locked; None when it is not in it, or locked by somebody else."""
    rows = ImportRun.objects.select_for_update(skip_locked=True, of=("self",))
    return rows.filter(pk=run_pk, state=state).first()


def _note(run: ImportRun, cursor: int, counts: Counter) -> None:
    ImportRun.objects.filter(pk=run.pk).update(cursor=cursor, counts=dict(counts))


def _record(act: str, run: ImportRun) -> None:
    record(
        act=act,
        about=_("%(kind)s: %(file)s") % {"kind": kind_of(run.kind).label, "file": run.file_name},
        actor=run.by,
        signed=run.signed,
        file=run.digest,
        counts=run.counts,
    )
