"""Merged cells, of a workbook of any kind. Runs in the bounded child as reader.py does."""

import re
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from xml.parsers import expat

from tisu.foundation.bounded import MB, TooMuch, Unreadable

MOST_MERGED = 100_000
MOST_ROWS = 1_048_576  # as many as Excel has
SPANNED = re.compile(rb'-spanned="(?!1")')
_BOOK, _TABLE, _ROW = "office:spreadsheet", "table:table", "table:table-row"
_CELLS = ("table:table-cell", "table:covered-table-cell")

Place = tuple[int, int]
Range = tuple[Place, Place]
Stretch = tuple[int, int, int]


def by_row(ranges: Iterable[Range], *, last_column: int) -> dict[int, list[Stretch]]:
    """By row: the columns from, to, and the row in which the value stands. A title is often merged over all columns
    that a sheet can have; it reaches as far as there is anything."""
    found: dict[int, list[Stretch]] = {}
    left = MOST_MERGED
    for (top, first), (bottom, last) in ranges:
        left -= bottom - top + 1
        if left < 0:
            break
        for row in range(top, bottom + 1):
            found.setdefault(row, []).append((first, min(last, last_column), top))
    return found


def spread(row: list[str], number: int, stretches: list[Stretch], kept: dict[Place, str]) -> None:
    """A merged text stands in each of its cells; a figure only where it was typed, or it would be added up twice."""
    for first, last, top in stretches:
        if number == top:
            kept[top, first] = row[first] if first < len(row) else ""
        text = kept.get((top, first), "")
        if not text or _is_figure(text):
            continue
        row += [""] * (last + 1 - len(row))
        row[first : last + 1] = [text] * (last + 1 - first)


def _is_figure(text: str) -> bool:
    with suppress(ValueError):
        float(text.replace(",", ""))
        return True
    return False


def of_open_document(parts: zipfile.ZipFile, most_unpacked: int) -> list[list[Range]]:
    """For each table of an ODS the ranges that are merged in it, which calamine does not tell.

    Most sheets have none, and a search for the word is many times as fast as reading the XML.
    """
    if "content.xml" not in parts.namelist():
        return []
    return _Spans(parts, most_unpacked).tables if _has_spans(parts, most_unpacked) else []


def _has_spans(parts: zipfile.ZipFile, most_unpacked: int) -> bool:
    tail, unpacked, found = b"", 0, False
    with parts.open("content.xml") as content:
        while block := content.read(4 * MB):
            unpacked += len(block)
            if unpacked > most_unpacked:
                raise TooMuch("unpacked")
            found = found or bool(SPANNED.search(tail + block))
            tail = block[-64:]
    return found


class _Spans:
    """Goes through the rows and cells of each table, counting the repeated ones. No document type is taken."""

    def __init__(self, parts: zipfile.ZipFile, most_unpacked: int) -> None:
        self.tables: list[list[Range]] = []
        self._open: list[str] = []
        self._row = self._column = self._rows_at_once = 0
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        with parts.open("content.xml") as content:
            try:
                parser.ParseFile(content)
            except expat.ExpatError as fault:
                raise Unreadable("not_a_sheet") from fault

    def _refuse(self, *_doctype: object) -> None:
        raise Unreadable("not_a_sheet")

    def _start(self, name: str, said: dict[str, str]) -> None:
        self._open.append(name)
        if name == _TABLE and self._open[-2:-1] == [_BOOK]:
            self.tables.append([])
            self._row = 0
        elif self._open.count(_TABLE) != 1:
            return
        elif name == _ROW:
            self._column, self._rows_at_once = 0, _times(said, "table:number-rows-repeated")
        elif name in _CELLS:
            self._take_cell(said)

    def _take_cell(self, said: dict[str, str]) -> None:
        wide = _times(said, "table:number-columns-spanned")
        high = _times(said, "table:number-rows-spanned")
        if (wide > 1 or high > 1) and len(self.tables[-1]) < MOST_MERGED:
            end = (self._row + high - 1, self._column + wide - 1)
            self.tables[-1].append(((self._row, self._column), end))
        self._column += _times(said, "table:number-columns-repeated")

    def _end(self, name: str) -> None:
        self._open.pop()
        if name == _ROW and self._open.count(_TABLE) == 1:
            self._row += self._rows_at_once


def _times(said: dict[str, str], name: str) -> int:
    """How often or how far, as it is written; at least once, and never more than a sheet can have."""
    written = said.get(name, "1")
    is_number = written.isascii() and written.isdigit() and len(written) < 9
    return max(1, min(int(written), MOST_ROWS)) if is_number else 1
