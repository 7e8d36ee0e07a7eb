"""Where on a sheet the table stands. Offices put a title above it, write headers on two lines, and notes below.

The header is the line, or the pair of lines, in which most columns are known by their names. What is found is shown
to a person, who may say otherwise; nothing here drops a row without telling.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils import translation

from tisu.foundation.sheets import words
from tisu.foundation.sheets.declared import Column
from tisu.foundation.textnorm import search_form

LOOKED_AT = 40  # rows from the top, among which the header stands


@dataclass(frozen=True)
class Header:
    """`first` and `last` are places of rows, counted from 0; `names` is what stands above each column."""

    first: int
    last: int
    names: tuple[str, ...]
    mapping: tuple[str, ...]  # for each column the code it is known by, or ""

    @property
    def known(self) -> int:
        return sum(map(bool, self.mapping))


def find_header(rows: Sequence[list[str]], columns: Sequence[Column]) -> Header | None:
    """The header among the first rows, or None when no column is known anywhere."""
    best: Header | None = None
    has_columns = any(len(row) > 1 and not is_one_text(row) for row in rows)
    for place, row in enumerate(rows[:LOOKED_AT]):
        if not any(row) or (has_columns and is_one_text(row)):
            continue
        for below in (place, place + 1):
            found = _header(rows, place, below, columns)
            if found and found.known and (best is None or found.known > best.known):
                best = found
    return best


def header_at(rows: Sequence[list[str]], first: int, last: int, columns: Sequence[Column]) -> Header | None:
    """The header that a person pointed at."""
    return _header(rows, first, last, columns)


def _header(rows: Sequence[list[str]], first: int, last: int, columns: Sequence[Column]) -> Header | None:
    if last >= len(rows):
        return None
    names = _joined(rows[first], rows[last]) if last > first else tuple(rows[first])
    return Header(first, last, names, map_columns(names, columns))


def _joined(upper: list[str], lower: list[str]) -> tuple[str, ...]:
    """联系人 over 电话 is 联系人电话; a name that spans both lines is said once."""
    width = max(len(upper), len(lower))
    above, below = ([*row, *[""] * (width - len(row))] for row in (upper, lower))
    return tuple(high if high == low else high + low for high, low in zip(above, below, strict=True))


def map_columns(names: Sequence[str], columns: Sequence[Column]) -> tuple[str, ...]:
    """For each column of the sheet the declared one it is known by; each is given away once, its own names first."""
    forms = [plain(name) for name in names]
    given: dict[int, str] = {}
    for known in known_names(tuple(columns)):
        for column in columns:
            if column.code in given.values():
                continue
            for place, form in enumerate(forms):
                if place not in given and form in known[column.code]:
                    given[place] = column.code
                    break
    return tuple(given.get(place, "") for place in range(len(names)))


@lru_cache(maxsize=64)
def known_names(columns: tuple[Column, ...]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """By column what it is called here, in every language, and what offices call it."""
    own: dict[str, set[str]] = {column.code: set() for column in columns}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for column in columns:
                own[column.code].add(plain(str(column.label)))
    return own, {column.code: {plain(name) for name in column.names} for column in columns}


def plain(name: str) -> str:
    """A header without units, remarks and marks: 统一社会信用代码(18位)* is 统一社会信用代码."""
    return words.REMARK.sub("", search_form(name))


def is_one_text(row: list[str]) -> bool:
    """A title or a note: one cell, or one text spread over merged ones."""
    return len({cell for cell in row if cell}) <= 1


@dataclass(frozen=True)
class Skipped:
    """A row that is none of the table's. `why` is note, total, title or number_row."""

    place: int
    why: str
    text: str


def why_skipped(row: list[str], header: Header) -> str:
    """Why a row below the header is none of the table's, or "" for one of its rows."""
    filled = [cell for cell in row if cell]
    if not filled:
        return "blank"
    first = search_form(filled[0]).replace(" ", "")
    if words.TOTAL.match(first):
        return "total"
    if words.SIGNED.match(first):
        return "note"
    if is_one_text(row) and (words.NOTE.match(first) or (header.known > 1 and len(filled) > 1)):
        return "note"
    if is_one_text(row) and header.known > 1 and _stands_first(row) and len(first) > 12:
        return "note"
    if tuple(row) == header.names[: len(row)]:
        return "header"  # printed again on each page
    if len(filled) > 2 and filled == [str(number) for number in range(1, len(filled) + 1)]:
        return "numbers"  # 1 2 3 4 under the header
    return ""


def _stands_first(row: list[str]) -> bool:
    return bool(row[0])


def signature(names: Iterable[str]) -> str:
    """What two sheets with the same header have in common: their mapping is remembered under it."""
    return "|".join(plain(name) for name in names)[:2000]
