"""Reading a file that waits: its rows are laid out in the database, and its header is guessed.

Idempotent: whoever dies on the way leaves rows that the next one removes first.
"""

import hashlib
from collections.abc import Iterator
from itertools import islice

from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tisu.exchange.holding import keep_hold
from tisu.exchange.kinds import kind_of
from tisu.exchange.models import ImportRun, KeptMapping, StagedRow
from tisu.exchange.moves import FAIL, LAID_OUT, take_along
from tisu.foundation import clock
from tisu.foundation.sheets.declared import Import
from tisu.foundation.sheets.layout import LOOKED_AT, Header, find_header, header_at, signature
from tisu.foundation.sheets.opening import Book, NoSheet, opened
from tisu.foundation.writing import write_many

AT_ONCE = 2_000  # rows written in one transaction


def lay_out(run: ImportRun) -> None:
    """Read the file into rows; its sheet is the chosen one, or the one whose header is known best."""
    kind = kind_of(run.kind)
    try:
        with run.file.open("rb") as file, opened(file) as book:
            _forget_rows(run)
            place = run.sheet if run.sheet is not None else _best_sheet(book, kind)
            if place >= len(book.sheets):
                raise NoSheet(_("There is no such sheet in this file."))
            header = guess(list(islice(book.rows(place), LOOKED_AT + 1)), kind)
            if header is None:
                raise NoSheet(_no_column(kind))
            _write_rows(run, book.rows(place))
            facts = _facts(book, place, header)
    except NoSheet as fault:
        take_along(run, FAIL, fault=str(fault), ended_at=clock.now(), file="")
        storages["sheets"].delete(f"{run.pk}.sheet")
        return
    take_along(run, LAID_OUT, **facts)


def guess(rows: list[list[str]], kind: Import) -> Header | None:
    """The header as a person said it last time of such a sheet, else as its columns are known by their names."""
    found = find_header(rows, kind.columns)
    return recalled(found, kind) if found else None


def recalled(header: Header, kind: Import) -> Header:
    kept = KeptMapping.objects.filter(kind=kind.code, signature=key_of(header.names)).first()
    if kept is None or len(kept.mapping) != len(header.names):
        return header
    known = [code if code in kind.by_code else "" for code in kept.mapping]
    return Header(header.first, header.last, header.names, tuple(known))


def header_of(run: ImportRun, first: int, last: int) -> Header | None:
    """The header that a person pointed at, in a file that has been read."""
    rows = top_rows(run)
    found = header_at(rows, first, last, kind_of(run.kind).columns)
    return recalled(found, kind_of(run.kind)) if found else None


def top_rows(run: ImportRun) -> list[list[str]]:
    return list(run.staged.filter(number__lte=LOOKED_AT).order_by("number").values_list("cells", flat=True))


def keep_mapping(run: ImportRun) -> None:
    KeptMapping.objects.update_or_create(
        kind=run.kind,
        signature=key_of(run.names),
        defaults={"mapping": run.mapping, "kept_at": clock.now()},
    )


def key_of(names: tuple[str, ...] | list[str]) -> str:
    return hashlib.sha256(signature(names).encode()).hexdigest()


def _best_sheet(book: Book, kind: Import) -> int:
    """The sheet in which most columns are known; one that is seen before one that is hidden."""

    def merit(place: int) -> tuple[int, bool, int]:
        found = find_header(list(islice(book.rows(place), LOOKED_AT + 1)), kind.columns)
        return found.known if found else 0, not book.sheets[place].is_hidden, -place

    return max(range(len(book.sheets)), key=merit)


def _no_column(kind: Import) -> str:
    names = pgettext("list", ", ").join(str(column.label) for column in kind.columns if column.required)
    return _(
        "No column of this file is known here. Above the table there must be a row with the names of its columns, among them: %(names)s."
    ) % {"names": names}


def _forget_rows(run: ImportRun) -> None:
    run.staged.all().delete()


def _write_rows(run: ImportRun, rows: Iterator[list[str]]) -> None:
    for batch in _batched(enumerate(rows), AT_ONCE):
        with transaction.atomic():
            rows = [(run.pk, number, cells) for number, cells in batch if cells]
            write_many(StagedRow, ("run", "number", "cells"), rows)
        keep_hold(run, rows=batch[-1][0] + 1)


def _batched(rows: Iterator, size: int) -> Iterator[list]:
    while batch := list(islice(rows, size)):
        yield batch


def _facts(book: Book, place: int, header: Header) -> dict:
    return {
        "sheets": [{"name": sheet.name, "rows": sheet.rows} for sheet in book.sheets],
        "sheet": place,
        "rows": book.sheets[place].rows,
        "first": header.first,
        "last": header.last,
        "names": list(header.names),
        "mapping": list(header.mapping),
        "fault": "",
    }
