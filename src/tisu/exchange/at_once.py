"""A file brought in without a person who looks on: from the command line, or by another system over HTTP."""

import time
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _

from tisu.exchange.forms import letters
from tisu.exchange.kinds import kind_of
from tisu.exchange.models import Finding, ImportRun, RunState
from tisu.exchange.receiving import receive
from tisu.exchange.rows import missing_columns
from tisu.exchange.running import step
from tisu.exchange.steps import let_in, say_columns
from tisu.foundation.listed import listed
from tisu.foundation.sheets.declared import Import
from tisu.foundation.sheets.opening import NoSheet

LOOK_AGAIN = 0.05  # seconds, while a worker is at the same file


@dataclass(frozen=True)
class RefusedRow:
    """`row` as the spreadsheet counts, `column` with its letter."""

    row: int
    column: str
    value: str
    mend: str


@dataclass(frozen=True)
class Brought:
    """What became of the file; of a trial, what would have."""

    counts: dict[str, int]
    refused: list[RefusedRow]

    @property
    def accepted(self) -> int:
        return sum(self.counts.get(what, 0) for what in ("new", "changed", "same"))


def bring_in(file: IO[bytes], *, name: str, kind: Import, by: Any = None, trial: bool = False) -> Brought:
    """Every good row comes in, or would. NoSheet for a file that cannot be read or lacks a column it must have."""
    run = receive(file, name=name, kind=kind, by=by)
    try:
        run = _as_understood(_to_the_end(run), trial=trial)
        if trial:
            return _told(run)
        let_in(run, by)
        return _told(_to_the_end(run))
    finally:
        if trial or run.state in (RunState.FAILED, RunState.READ):
            _forget(run)


def hand_in(file: IO[bytes], *, name: str, kind: Import, by: Any) -> ImportRun:
    """The file up to its check, as the columns were guessed: nothing of it is in before somebody says so."""
    return _as_understood(_to_the_end(receive(file, name=name, kind=kind, by=by)), trial=True)


def _as_understood(run: ImportRun, *, trial: bool) -> ImportRun:
    if run.state == RunState.FAILED:
        raise NoSheet(run.fault)
    if missing := missing_columns(kind_of(run.kind), run.mapping):
        raise NoSheet(
            _("No column “%(column)s” was found. The header reads: %(names)s.")
            % {"column": missing[0], "names": listed(filter(None, run.names))}
        )
    say_columns(run, run.mapping)
    return _to_the_end(run, trying=trial)


def _to_the_end(run: ImportRun, *, trying: bool = True) -> ImportRun:
    while run.is_working:
        if not step(run, trying=trying):
            time.sleep(LOOK_AGAIN)
        run = ImportRun.objects.get(pk=run.pk)
    return run


def _told(run: ImportRun) -> Brought:
    labels = {column.code: column.label for column in kind_of(run.kind).columns}
    places = {code: letters(place) for place, code in enumerate(run.mapping) if code}
    refused = [
        RefusedRow(
            found.number + 1,
            f"{places.get(found.column, '')} {labels.get(found.column, '')}".strip(),
            found.value,
            found.sentence,
        )
        for found in run.findings.filter(what=Finding.What.REFUSED)
    ]
    return Brought(run.counts, refused)


def _forget(run: ImportRun) -> None:
    if run.file:
        run.file.delete(save=False)
    run.delete()
