"""What a room shows of a firm: parts of the pages about it, lanes of its time line, tables of what is kept (docs/firms.md)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class FirmPanel:
    """A part that a room fills on a page about one firm: for its staff (`place` is `staff`) or on its own side (`own`).

    `context(request, firm)` fills `template`, which finds it under `pane`; None says that there is nothing to show,
    and then nothing stands there. A firm is its own row and all its kin: ask for `Enterprise.objects.kin_of([firm.pk])`.
    """

    place: str
    template: str
    context: Callable[[Any, Any], dict[str, Any] | None]
    order: int = 50


@dataclass(frozen=True)
class FirmEvent:
    """What happened to a firm on a day, or with `last` from that day to the other, both counted; `is_open` goes on today.

    Where its words cost something, `label` is a lazy one: most of a thousand are only counted.
    """

    day: date
    label: Any
    href: str = ""
    last: date | None = None
    is_open: bool = False


@dataclass(frozen=True)
class FirmLane:
    """One kind of thing on the time line of a firm, named by `label`: those that this person may see, in any order.

    One query, whatever it finds: a page asks every lane, and a firm may have a thousand of a kind.
    """

    code: str
    label: Any
    events: Callable[[Any, Any], Iterable[FirmEvent]]
    order: int = 50


@dataclass(frozen=True)
class FirmRecord:
    """What is kept about a firm, as a table that the firm reads and takes along: each of `rows(request, firm)` fits `columns`."""

    code: str
    label: Any
    columns: tuple[Any, ...]
    rows: Callable[[Any, Any], Iterable[Iterable[Any]]]
    order: int = 50
