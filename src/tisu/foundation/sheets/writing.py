"""Tables that are taken along. Nothing in them can run: every cell of a workbook is written as what it is, and in CSV
an apostrophe stands before what a spreadsheet would take for a formula (reader.py takes it off again).
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.utils.translation import gettext as _

MOST_ROWS = 50_000
WRITTEN = datetime(
    2023, 1, 1
)  # in every workbook: two of the same rows are the same file, and tell nobody when
LONGEST_CELL = 32_767
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = 8, 60  # narrowest and widest column, in signs
_HAN_IS_WIDE = 2


class Cut:
    """Rows up to a limit; knows afterwards whether there were more."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self._rows, self.most = rows, MOST_ROWS
        self.written, self.is_cut = 0, False

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for row in self._rows:
            if self.written == self.most:
                self.is_cut = True
                return
            self.written += 1
            yield row

    @property
    def sentence(self) -> str:
        return _(
            "Cut: only the first %(most)s rows are here. Narrow the list and take the rest along apart."
        ) % {"most": self.most}


def write_xlsx(headers: Sequence[str], rows: Cut, title: str) -> IO[bytes]:
    """A workbook with one sheet; where it is cut, that stands loudly in its last row and in the sheet's name."""
    return write_workbook([(title, headers, rows)])


def write_workbook(sheets: Iterable[tuple[str, Sequence[str], Cut]]) -> IO[bytes]:
    """A workbook with a sheet for each title, headers and rows."""
    import xlsxwriter

    file = tempfile.TemporaryFile()  # noqa: SIM115  whoever sends it closes it
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": WRITTEN})
        head = book.add_format({"bold": True, "bottom": 1})
        loud = book.add_format({"bold": True, "font_color": "#a4262c"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, headers, rows in sheets:
            sheet = book.add_worksheet(_sheet_name(title))
            _fill(sheet, headers, rows, (head, loud, day))
    file.seek(0)
    return file


def _fill(sheet: Any, headers: Sequence[str], rows: Cut, formats: tuple[Any, Any, Any]) -> None:
    head, loud, day = formats
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(headers):
        sheet.set_column(place, place, _width(name))
        sheet.write_string(0, place, name, head)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write(sheet, number, place, value, day)
    if rows.is_cut:
        sheet.write_string(rows.written + 1, 0, rows.sentence, loud)


def a_sheet(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """A small workbook, to be handed in."""
    return write_xlsx(headers, Cut(rows), "")


def _write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, said(value))
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, int | float | Decimal) and abs(value) < 10**15:
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, said(value)[:LONGEST_CELL])


def write_csv(headers: Sequence[str], rows: Cut) -> Iterator[bytes]:
    """In UTF-8 with its mark, which Excel needs to tell Han text; line by line, so memory stays flat."""
    yield b"\xef\xbb\xbf" + _line(headers)
    for row in rows:
        yield _line(row)
    if rows.is_cut:
        yield _line([rows.sentence])


def _line(cells: Sequence[Any]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([guarded(value) for value in cells])
    return line.getvalue().encode()


def guarded(value: Any) -> str:
    """A cell of CSV that no spreadsheet takes for a formula. Figures stay figures, also negative ones."""
    written = said(value)
    if isinstance(value, str) and written.startswith(_STARTS_A_FORMULA):
        return "'" + written
    return written


def said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value.isoformat() if isinstance(value, date) else str(value)


def _sheet_name(title: str) -> str:
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "1"


def _width(name: str) -> int:
    signs = sum(_HAN_IS_WIDE if ord(sign) > 0x2E7F else 1 for sign in name) + 4
    return max(_WIDTHS[0], min(signs, _WIDTHS[1]))
