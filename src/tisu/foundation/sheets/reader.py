"""A file as rows of text, one JSON list a line. Runs in a bounded child without Django: see tisu.foundation.bounded.

Every cell is the text that a person sees: 5 and not 5.0, 2023-04-28 and not a serial number. A formula is what it
came to; one whose result was never stored is its own text, so that nothing is taken for empty that is not.
"""

import codecs
import csv
import datetime
import io
import json
import re
import struct
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from tisu.foundation.bounded import MB, TooMuch, Unreadable
from tisu.foundation.sheets import merged
from tisu.foundation.sheets.merged import MOST_ROWS

MOST_COLUMNS = 256
LONGEST_CELL = 32_767  # as Excel's
MOST_UNPACKED = 1024 * MB
MOST_PARTS = 5_000
LARGEST_EXACT = 10**15  # beyond it Excel keeps no digit after the fifteenth

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WEB_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<table|<meta|<\?xml|<head)", re.IGNORECASE)
# Columns beyond the 256th, IV.
_FAR_RIGHT = re.compile(rb'<(?:\w+:)?c [^>]*?r="(?:[A-Z]{3}|[J-Z][A-Z]|I[W-Z])\d')
_UNRECKONED = re.compile(
    rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*><f[^>]*>([^<]{1,500})</f>(?:<v\s*/>|<v></v>)?</c>'
)
_DELIMITERS = ",\t;"


def spill(given: IO[bytes], into: IO[bytes], **_none: Any) -> list[dict[str, Any]]:
    """Write the rows of all sheets to `into`; answers for each sheet its name, whether it is hidden, its rows.

    Unreadable with "empty", "web_page", "password", "encoding", "not_a_sheet" or "columns"; TooMuch with "unpacked".
    """
    start = given.read(4096)
    given.seek(0)
    out = io.TextIOWrapper(into, encoding="utf-8", write_through=False)
    sheets = [_spilled(sheet, out) for sheet in _sheets(given, start)]
    out.flush()
    out.detach()
    if not any(sheet["rows"] for sheet in sheets):
        raise Unreadable("empty")
    return sheets


def _sheets(given: IO[bytes], start: bytes) -> Iterator[tuple[str, bool, Iterable[list[str]]]]:
    if not start.strip():
        raise Unreadable("empty")
    if start.startswith((ZIP, OLE)):
        return _workbook(given, start)
    if WEB_PAGE.match(start.removeprefix(codecs.BOM_UTF8)):
        raise Unreadable("web_page")
    return iter([("", False, _separated(given, start))])


def _spilled(sheet: tuple[str, bool, Iterable[list[str]]], out: IO[str]) -> dict[str, Any]:
    """Rows keep their numbers, so blank ones between others are written; those at the end are not."""
    name, hidden, rows = sheet
    written, blank, width = 0, 0, 0
    for row in rows:
        while row and not row[-1]:
            row.pop()
        if not row:
            blank += 1
            continue
        out.write("[]\n" * blank)
        out.write(json.dumps(row, ensure_ascii=False))
        out.write("\n")
        written, blank, width = written + blank + 1, 0, max(width, len(row))
        if len(row) > MOST_COLUMNS:
            raise Unreadable("columns", most=MOST_COLUMNS)
        if written > MOST_ROWS:
            raise TooMuch("rows", most=MOST_ROWS)
    return {"name": name, "hidden": hidden, "rows": written, "width": width}


# --- Workbooks ---------------------------------------------------------------------------------------------


def _workbook(given: IO[bytes], start: bytes) -> Iterator[tuple[str, bool, Iterable[list[str]]]]:
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    known = _looked_through(given) if start.startswith(ZIP) else _Known()
    if start.startswith(OLE) and _is_encrypted(given):
        raise Unreadable("password")
    try:
        book = load_workbook(given)
        for place, about in enumerate(book.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(place)
            hidden = about.visible != SheetVisibleEnum.Visible
            yield about.name, hidden, _rows_of(sheet, known, place)
    except PasswordError as fault:
        raise Unreadable("password") from fault
    except CalamineError as fault:
        raise Unreadable("not_a_sheet") from fault


def _is_encrypted(given: IO[bytes]) -> bool:
    """A protected XLSX is an old-style container that holds it; its list of parts stands in the first megabytes."""
    given.seek(0)
    tail = b""
    while block := given.read(MB):
        if ENCRYPTED in tail + block:
            given.seek(0)
            return True
        tail = block[-len(ENCRYPTED) :]
    given.seek(0)
    return False


@dataclass(frozen=True)
class _Known:
    """What calamine does not tell, by the sheet's place: formulas without a result, and what an ODS merges."""

    unreckoned: dict[int, dict[int, dict[int, str]]] = field(default_factory=dict)
    ranges: list[list[merged.Range]] = field(default_factory=list)

    def ranges_of(self, place: int) -> list[merged.Range]:
        return self.ranges[place] if place < len(self.ranges) else []


def _looked_through(given: IO[bytes]) -> _Known:
    """What must be known before a workbook is unfolded, and first of all that it is not too large."""
    try:
        with zipfile.ZipFile(given) as parts:
            entries = parts.infolist()
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise TooMuch("unpacked")
            pages = sorted(
                (entry for entry in entries if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", entry.filename)),
                key=lambda entry: int(re.sub(r"\D", "", entry.filename)),
            )
            return _Known(
                {place: _scanned(parts, entry) for place, entry in enumerate(pages)},
                merged.of_open_document(parts, MOST_UNPACKED),
            )
    except (zipfile.BadZipFile, struct.error, NotImplementedError, RuntimeError, OSError, EOFError) as fault:
        raise Unreadable("not_a_sheet") from fault
    finally:
        given.seek(0)


def _scanned(parts: zipfile.ZipFile, entry: zipfile.ZipInfo) -> dict[int, dict[int, str]]:
    """By row and column, the formulas that were never reckoned. Refuses a cell far to the right before room is made
    for it."""
    found: dict[int, dict[int, str]] = {}
    tail, unpacked = b"", 0
    with parts.open(entry) as page:
        while block := page.read(4 * MB):
            unpacked += len(block)
            if unpacked > MOST_UNPACKED:  # the list of parts may say less than there is
                raise TooMuch("unpacked")
            text = tail + block
            if _FAR_RIGHT.search(text):
                raise Unreadable("columns", most=MOST_COLUMNS)
            for column, row, formula in _UNRECKONED.findall(text):
                in_row = found.setdefault(int(row) - 1, {})
                in_row[_number_of(column.decode()) - 1] = "=" + formula.decode("utf-8", "replace")
            tail = text[-4096:]
    return found


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _rows_of(sheet: Any, known: _Known, place: int) -> Iterator[list[str]]:
    """All rows from the first of the sheet on: calamine gives the blank ones above the table too."""
    if sheet.start is None:
        return
    if sheet.total_width > MOST_COLUMNS:
        raise Unreadable("columns", most=MOST_COLUMNS)
    ranges = sheet.merged_cell_ranges or known.ranges_of(place)
    stretches = merged.by_row(ranges, last_column=sheet.end[1])
    unreckoned = known.unreckoned.get(place, {})
    kept: dict[merged.Place, str] = {}
    left = sheet.start[1]
    for number, values in enumerate(sheet.iter_rows()):
        row = [""] * left + [_text(value) for value in values]
        for column, formula in unreckoned.get(number, {}).items():
            row[column : column + 1] = [formula]
        if number in stretches:
            merged.spread(row, number, stretches[number], kept)
        yield row


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()[:LONGEST_CELL]
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _figure(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "minutes") if value.time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)


def _figure(value: float) -> str:
    if abs(value) >= LARGEST_EXACT:
        return f"{value:.14E}"
    return str(int(value)) if value == int(value) else f"{value:.15g}"


# --- Text with separators ----------------------------------------------------------------------------------


def _separated(given: IO[bytes], start: bytes) -> Iterator[list[str]]:
    encoding = _encoding(given, start)
    csv.field_size_limit(LONGEST_CELL)
    text = io.TextIOWrapper(given, encoding=encoding, newline="")
    beginning = text.read(65_536)
    text.seek(0)
    delimiter = max(_DELIMITERS, key=beginning.count)
    try:
        for row in csv.reader(text, delimiter=delimiter):
            yield [_without_guard(cell.strip()) for cell in row]
    except csv.Error as fault:
        raise Unreadable("not_a_sheet") from fault


def _without_guard(cell: str) -> str:
    """The apostrophe that writing.py puts before what a spreadsheet would take for a formula."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@" else cell


def _encoding(given: IO[bytes], start: bytes) -> str:
    """UTF-8, UTF-16 by its mark, or what Excel of a Chinese Windows writes. The whole file must be of it."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in start:
        raise Unreadable("not_a_sheet")
    for encoding in ("utf-8-sig", "gb18030"):
        if _is_all(given, encoding):
            return encoding
    raise Unreadable("encoding")


def _is_all(given: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    given.seek(0)
    try:
        while block := given.read(MB):
            if "\x00" in decoder.decode(block):
                raise Unreadable("not_a_sheet")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        given.seek(0)
    return True
