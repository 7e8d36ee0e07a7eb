"""A table as plain values: columns, rows of cells. On a phone every row becomes a card with its labels.

The rows are drawn here rather than by a template: a long list has hundreds of cells, and each one would be looked up,
compared and branched on by name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from tisu.web.templatetags.web import light

BLANK = "—"


@dataclass(frozen=True)
class Column:
    """`kind` is text, title, word, number, date or tick.

    A title heads its card on a phone; a word is short, never wraps, and on a phone says what it is without its
    label; figures stand to the right and in columns of equal width; a tick is a box before the row.
    """

    label: Any
    kind: str = "text"


@dataclass(frozen=True)
class Cell:
    """A value, a link or a light; a bare value in a row stands for `Cell(value)`.

    TypeError for a day or a moment: whoever has it says it in the reader's words and hours.
    """

    text: Any = ""
    url: str = ""
    light: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.text, date):
            raise TypeError("a day is put into words before it comes into a table")

    def __html__(self) -> SafeString:
        text = (
            format_html('<a href="{}">{}</a>', self.url, self.text)
            if self.url
            else conditional_escape(self.text)
        )
        return format_html("{} {}", light(self.light), text) if self.light else text


@dataclass(frozen=True)
class Tick:
    """A box before a row or on a card, of the form with this id; without a value nothing can be ticked there."""

    label: Any = ""
    value: str = ""
    form: str = ""
    checked: bool = False

    def __html__(self) -> SafeString:
        if not self.value:
            return SafeString("")
        return format_html(
            '<label class="tick-box"><input type="checkbox" class="tick" name="ticked" value="{}" form="{}"{}>'
            '<span class="visually-hidden">{}</span></label>',
            self.value, self.form, SafeString(" checked") if self.checked else "", self.label,
        )  # fmt: skip

    __str__ = __html__


@dataclass(frozen=True)
class Table:
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    caption: Any = ""

    def body(self) -> SafeString:
        """All rows as table rows; empty when there are none. ValueError for a row that does not fit the columns."""
        filled, blank = ([_opening(column, mark) for column in self.columns] for mark in ("", " cell-blank"))
        return _joined(_row(row, filled, blank) for row in self.rows)


def _opening(column: Column, mark: str) -> SafeString:
    return format_html('<td class="cell-{}{}" data-label="{}">', column.kind, mark, column.label)


def _row(row: Sequence[Any], filled: list[SafeString], blank: list[SafeString]) -> SafeString:
    cells = (value if isinstance(value, Cell) else Cell(value) for value in row)
    drawn = [
        (of_blank if cell.text == BLANK else of_filled) + cell.__html__() + SafeString("</td>")
        for cell, of_filled, of_blank in zip(cells, filled, blank, strict=True)
    ]
    return SafeString("<tr>") + _joined(drawn) + SafeString("</tr>")


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))
