"""A row of the sheet as values: each cell read by its column, each fault named by column with what to write instead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from string import ascii_lowercase, digits
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from tisu.foundation.sheets import words
from tisu.foundation.sheets.declared import Column, Import
from tisu.foundation.sheets.values import FORMULA, Given, Misread
from tisu.foundation.textnorm import search_form

MAY_BE_NOTHING = 4 * max(
    map(len, words.NOTHING)
)  # with blanks and unseen signs about; longer cells hold something
# A letter or a digit that stays itself in any form of the cell and stands in no word for nothing.
SOMETHING = re.compile("|".join(sorted(set(ascii_lowercase + digits) - set("".join(words.NOTHING)))))


class Laid(NamedTuple):
    """A row as it lies in the database; `number` counts from 0."""

    number: int
    cells: list[str]


@dataclass
class Read:
    """`values` by column code, without what is empty; `faults` are (column code, sentence)."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Understanding:
    """How the columns of one sheet are read."""

    kind: Import
    names: Sequence[str]
    mapping: Sequence[str]
    today: date

    @cached_property
    def columns(self) -> list[tuple[int, Column, str]]:
        """The declared columns of this sheet: their place, what they are, what stands above them."""
        return [
            (place, self.kind.by_code[code], self.names[place])
            for place, code in enumerate(self.mapping)
            if code
        ]

    def read(self, cells: Sequence[str]) -> Read:
        read, width = Read(), len(cells)
        for place, column, name in self.columns:
            self._read_cell(read, column, name, cells[place] if place < width else "")
        return read

    def _read_cell(self, read: Read, column: Column, name: str, cell: str) -> None:
        if is_nothing(cell):
            if column.required and not column.may_be_empty:
                read.faults.append((column.code, _("One thing is missing: fill in this cell.")))
            return
        if cell.startswith(FORMULA):
            read.faults.append((column.code, _formula()))
            return
        try:
            read.values[column.code] = column.read(Given(cell, name, self.today))
        except Misread as fault:
            read.faults.append((column.code, str(fault)))

    def cell(self, cells: Sequence[str], code: str) -> str:
        """What was written in a declared column of this row."""
        place = self.place_of(code)
        return cells[place] if place is not None and place < len(cells) else ""

    def place_of(self, code: str) -> int | None:
        return self.mapping.index(code) if code and code in self.mapping else None

    def key(self, values: dict[str, Any]) -> tuple:
        """What says which thing the row is about; empty when the row does not say it."""
        found = tuple(values.get(code, "") for code in self.kind.key)
        return found if any(found) else ()


def is_nothing(cell: str) -> bool:
    if len(cell.strip()) > MAY_BE_NOTHING or SOMETHING.search(cell):
        return False
    return search_form(cell).strip() in words.NOTHING


def missing_columns(kind: Import, mapping: Sequence[str]) -> list[Any]:
    return [column.label for column in kind.columns if column.required and column.code not in mapping]


def _formula() -> str:
    return _(
        "This is a formula without its result: open the file in Excel or WPS, save it there, and hand it in again."
    )
