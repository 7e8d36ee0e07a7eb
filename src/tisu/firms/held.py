"""What is held about a firm: every table that rooms declare, on a page and as a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.http import HttpRequest

from tisu.enterprises.models import Enterprise
from tisu.foundation.rooms import FirmRecord, declared
from tisu.foundation.sheets.writing import Cut, write_workbook


@dataclass(frozen=True)
class Held:
    """One table of it."""

    record: FirmRecord
    rows: list[tuple[Any, ...]]


def held_about(request: HttpRequest, firm: Enterprise) -> list[Held]:
    return [Held(record, rows) for record, rows in _read(request, firm)]


def workbook(request: HttpRequest, firm: Enterprise) -> IO[bytes]:
    """A sheet for each table, the empty ones too: that nothing is held is an answer."""
    return write_workbook(
        (str(record.label), [str(column) for column in record.columns], Cut(rows))
        for record, rows in _read(request, firm)
    )


def _read(request: HttpRequest, firm: Enterprise) -> Iterator[tuple[FirmRecord, list[tuple[Any, ...]]]]:
    for record in sorted(declared("firm_records"), key=lambda record: record.order):
        yield record, [tuple(row) for row in record.rows(request, firm)]
