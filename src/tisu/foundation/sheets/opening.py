"""A sheet file from outside: its sheets and rows, or one sentence that says why it cannot be read."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from tisu.foundation.bounded import MB, Bounds, Unreadable, run_bounded

LARGEST_FILE = 100 * MB
BOUNDS = Bounds(memory=2048 * MB, seconds=120, written=1024 * MB)

SENTENCES: dict[str, Any] = {
    "empty": _("There is nothing in this file: check that it is the right one and that it was saved."),
    "web_page": _(
        "This is a web page with the name of a sheet. Open it in Excel or WPS and save it as an Excel workbook (.xlsx)."
    ),
    "password": _("This file is protected by a password. Take the password off, save it and hand it in again."),
    "encoding": _("The signs of this text cannot be told: save it as an Excel workbook (.xlsx) or as CSV in UTF-8."),
    "not_a_sheet": _("This is no sheet that can be read: XLSX, XLS, ODS and CSV can. If it opens in Excel, save it anew."),
    "columns": _(
        "This sheet has an entry beyond column %(most)s. Copy the table itself into a new workbook and hand that in."
    ),
    "rows": _("This sheet has more than %(most)s rows: divide it into several files."),
    "unpacked": _("This file unfolds to more than can be read at once: divide it, or save it anew without pictures."),
    "memory": _(
        "This file needs more room than can be given. Often one entry stands far below or far to the right: copy the "
        "table itself into a new workbook and hand that in."
    ),
    "time": _("Reading this file took too long: divide it into several files, or save it as CSV."),
    "written": _("This file unfolds to more than can be read at once: divide it, or save it anew without pictures."),
    "busy": _("Too many files are being read right now: try again in a minute."),
    "size": _("This file has more than %(most)s MB: divide it, or save it without pictures."),
    "broken": _("This file is damaged or is no sheet: open it in Excel or WPS, save it anew, and hand that in."),
}  # fmt: skip


class NoSheet(Exception):
    """The file cannot be read; the message is a sentence for whoever handed it in."""


@dataclass(frozen=True)
class Sheet:
    name: str
    is_hidden: bool
    rows: int
    width: int
    begins_at: int


class Book:
    """The sheets of a file. Rows come one by one from a file of our own, so memory stays flat."""

    def __init__(self, spilled: IO[bytes], about: list[dict[str, Any]]) -> None:
        self._spilled = spilled
        self.sheets: list[Sheet] = []
        begins = 0
        for sheet in about:
            self.sheets.append(Sheet(sheet["name"], sheet["hidden"], sheet["rows"], sheet["width"], begins))
            begins += sheet["rows"]

    def rows(self, place: int) -> Iterator[list[str]]:
        """All rows of one sheet, from its first."""
        sheet = self.sheets[place]
        self._spilled.seek(0)
        for line in islice(self._spilled, sheet.begins_at, sheet.begins_at + sheet.rows):
            yield json.loads(line)


@contextmanager
def opened(file: IO[bytes]) -> Iterator[Book]:
    """The book in a file that was handed in. NoSheet says why there is none."""
    size = file.seek(0, 2)
    file.seek(0)
    if size > LARGEST_FILE:
        raise NoSheet(SENTENCES["size"] % {"most": LARGEST_FILE // MB})
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as spilled:
        for block in iter(lambda: file.read(MB), b""):
            given.write(block)
        try:
            about = run_bounded(
                "tisu.foundation.sheets.reader:spill", given=given, into=spilled, bounds=BOUNDS
            )
        except Unreadable as fault:
            raise NoSheet(SENTENCES.get(fault.code, SENTENCES["broken"]) % fault.details) from fault
        yield Book(spilled, about)
