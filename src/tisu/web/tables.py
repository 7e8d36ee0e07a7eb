"""A table as plain values: columns, rows of cells. On a phone every row becomes a card with its labels."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Column:
    """`kind` is text, title, word, number or date.

    A title heads its card on a phone; a word is short, never wraps, and on a phone says what it is without its
    label; figures stand to the right and in columns of equal width.
    """

    label: Any
    kind: str = "text"


@dataclass(frozen=True)
class Cell:
    """A value, a link or a light; a bare value in a row stands for `Cell(value)`."""

    text: Any = ""
    url: str = ""
    light: str = ""


@dataclass(frozen=True)
class Table:
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    caption: Any = ""

    def body(self) -> Iterator[list[tuple[Column, Cell]]]:
        for row in self.rows:
            cells = (value if isinstance(value, Cell) else Cell(value) for value in row)
            yield list(zip(self.columns, cells, strict=True))
