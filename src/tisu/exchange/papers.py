"""Sheets that an import gives back: one to fill in, and the refused rows to be mended."""

from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from tisu.exchange.kinds import kind_of
from tisu.exchange.models import Finding, ImportRun, StagedRow
from tisu.foundation.sheets.declared import Import
from tisu.foundation.sheets.writing import Cut, write_xlsx

AT_ONCE = 2_000


def empty_sheet(kind: Import) -> IO[bytes]:
    columns = [str(column.label) for column in kind.columns]
    return write_xlsx(columns, Cut([[column.example for column in kind.columns]]), str(kind.label))


def sheet_of_refused(run: ImportRun) -> IO[bytes]:
    """Under the header as it was written, so that the mended sheet is understood like the first one."""
    width = len(run.names)
    headers = [*run.names, _("What is wrong, and what to do")]
    return write_xlsx(headers, Cut(_refused(run, width)), str(kind_of(run.kind).label))


def _refused(run: ImportRun, width: int) -> Iterator[list[str]]:
    said: dict[int, list[str]] = {}
    for number, column, sentence in run.findings.filter(what=Finding.What.REFUSED).values_list(
        "number", "column", "sentence"
    ):
        label = kind_of(run.kind).by_code[column].label if column in kind_of(run.kind).by_code else ""
        said.setdefault(number, []).append(f"{label}: {sentence}" if label else sentence)
    numbers = sorted(said)
    for start in range(0, len(numbers), AT_ONCE):
        part = numbers[start : start + AT_ONCE]
        for row in StagedRow.objects.filter(run=run, number__in=part).order_by("number"):
            yield [*row.cells, *[""] * (width - len(row.cells)), "\n".join(said[row.number])]
