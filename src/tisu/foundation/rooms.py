"""What a room shows the house. The house asks; it never lists rooms.

A room's `room.py` holds one constant, `ROOM`. Menu, addresses, API, kinds, roles and tiles follow from it and
from the floor plan alone, so a new room is one folder and one line in `settings.FLOORS`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.conf import settings

from tisu.foundation.firmparts import FirmEvent as FirmEvent
from tisu.foundation.firmparts import FirmLane, FirmPanel, FirmRecord


@dataclass(frozen=True)
class Door:
    """A line of the menu. `shown_to(user)` says whose menu; `order` places it, smallest first.

    `search` names the view that the search box of whoever has this door asks.
    """

    label: Any
    url_name: str
    shown_to: Callable[[Any], bool]
    order: int = 50
    icon: str = "dot"
    search: str = ""


@dataclass(frozen=True)
class Tile:
    """A figure and the list behind it: `items(user)` is the list, the figure is its count, `href` leads to it.

    `trend(user)` gives twelve monthly counts, oldest first, as (month, count) pairs. `unit(n)` is what is counted, where
    it is not matters.
    """

    code: str
    label: Any
    items: Callable[[Any], Any]
    href: Callable[[Any], str]
    trend: Callable[[Any], list] | None = None
    order: int = 50
    light: str = ""
    unit: Callable[[int], str] | None = None


@dataclass(frozen=True)
class Pane:
    """A part that a room fills on a page of the roof: `place` names the page, `context(request)` fills `template`."""

    place: str
    template: str
    context: Callable[[Any], dict[str, Any]]
    order: int = 50


@dataclass(frozen=True)
class Job:
    """Work that falls due: `take()` handles one due row in a transaction of its own, False when none is due.

    Due rows, not payloads: what a job must do stands in the row, so that a crash loses nothing and two workers
    never do it twice. `waiting()` says how many are due now; `quiet` jobs run in office hours only. A `closing`
    job stands over what the others did: whoever carries everything out at once takes it last.
    """

    code: str
    label: Any
    take: Callable[[], bool]
    waiting: Callable[[], int]
    quiet: bool = False
    closing: bool = False


@dataclass(frozen=True)
class Joining:
    """What must be seen to where two rows of the register become one, or two again.

    `joined(kept, gone)` is entered around the writing and may refuse by raising; what it gives is kept with the merger.
    `parted(kept, gone, kept_then)` comes before they are two again, with what was kept. Nothing that hangs on either
    row is moved: readers look for their kin.
    """

    code: str
    joined: Callable[[Any, Any], AbstractContextManager[dict]]
    parted: Callable[[Any, Any, dict], None]


@dataclass(frozen=True)
class Dealing:
    """Whether a person has to do with an object of the register now, and so may see whom to speak to there."""

    code: str
    has: Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Subject:
    """What a message may be about or a paper hang on: `visible(user, keys)` are those that the person may see today.

    `keys` may be a query, and so may the answer: then a list and its count stay one query. Papers hang at one of
    its `parts`, each with who sees what hangs there; `opens` says whose sealed originals the person may ask for, and
    `signed` how that is signed; `place` gives label and url of one that is seen.
    """

    code: str
    visible: Callable[[Any, Iterable[int]], set[int]]
    parts: Mapping[str, Callable[[Any, Iterable[int]], Iterable[int]]] = field(default_factory=dict)
    opens: Callable[[Any, Iterable[int]], Iterable[int]] | None = None
    signed: Callable[[Any], str] | None = None
    place: Callable[[int], dict[str, Any]] | None = None


@dataclass(frozen=True)
class OpenItem:
    """One open thing at a post: its key, and the facts (plain values) that are frozen when it is handed over."""

    key: int
    facts: dict[str, Any]


@dataclass(frozen=True)
class HandOverList:
    """What is handed over with a post: all open things of one sort.

    `items(post, user)` are those that this person may see, as OpenItem; `words(post, user, keys)` are text and address of
    those of them that the person may still read today, by key: words are never frozen, so what is walled or erased later
    is gone from signed lists too. `cells(facts)` say what was frozen, one for each of `columns`.
    """

    code: str
    label: Any
    columns: tuple[Any, ...]
    items: Callable[[Any, Any], Iterable[OpenItem]]
    words: Callable[[Any, Any, Iterable[int]], dict[int, tuple[str, str]]]
    cells: Callable[[dict[str, Any]], tuple[str, ...]]


@dataclass(frozen=True)
class Ledger:
    """A chained ledger: what tisu.audit anchors and verifies.

    `links()` are its rows as a query set: each has `seq`, `chain` (the value) and `chain_name`. `verify(only, seen)`
    yields (chain, sentence) for each broken chain, of one chain or of all, and tells `seen` how many rows it has
    read. `words(chain, seq)` name a link, or with no seq the chain. `erasures(only)` are the lawful ones, newest
    first, each with chain, rule, by, at and the places (seq) that were emptied.
    """

    code: str
    label: Any
    links: Callable[[], Any]
    verify: Callable[[str, Callable[[int], None]], Iterator[tuple[str, str]]]
    words: Callable[[str, int | None], str]
    erasures: Callable[[str], Iterable[Any]] = lambda only: ()


class NotSent(Exception):
    """A way out did not take what it was given."""


@dataclass(frozen=True)
class TextSender:
    """A way to a mobile number: `send(key, number, text)` hands over at once or raises NotSent."""

    is_ready: Callable[[], bool]
    send: Callable[[str, str, str], None]


@dataclass(frozen=True)
class Race:
    """What `tisu bench` measures of a room: `own()` beside `bare()`, the least that the database must do for the same.

    `load()` writes the rows and says how many of what; own may take `most` times as long as bare.
    """

    code: str
    load: Callable[[], dict[str, int]]
    own: Callable[[], Any]
    bare: Callable[[], Any]
    most: float


@dataclass(frozen=True)
class Room:
    """Everything a room declares. `public` names the views (`app:name`) that strangers may open.

    `acts` are the acts it writes to the ledger: code and words. Each of `start_checks` yields a sentence for
    whatever must keep a real installation from starting; see tisu.foundation.startup. `tellers` say what lower floors have
    to tell people (tisu.foundation.telling). `unit_counts` are what goes on elsewhere when a unit ends: words and a count.
    `imports` and `exports` are tables that come in and lists that can be taken along (tisu.foundation.sheets.declared).
    `races` are what `tisu bench` measures of it.
    `signatures` are phrases with which acts are signed, as they stand in the code (tisu.foundation.signatures).
    """

    doors: tuple[Door, ...] = ()
    public: frozenset[str] = frozenset()
    kinds: tuple[Any, ...] = ()
    role_sources: tuple[Callable, ...] = ()
    tiles: tuple[Tile, ...] = ()
    acts: tuple[tuple[str, Any], ...] = ()
    panes: tuple[Pane, ...] = ()
    firm_panels: tuple[FirmPanel, ...] = ()
    firm_lanes: tuple[FirmLane, ...] = ()
    firm_records: tuple[FirmRecord, ...] = ()
    jobs: tuple[Job, ...] = ()
    subjects: tuple[Subject, ...] = ()
    joinings: tuple[Joining, ...] = ()
    dealings: tuple[Dealing, ...] = ()
    ledgers: tuple[Ledger, ...] = ()
    anchor_sinks: tuple[Callable, ...] = ()
    channels: tuple[Any, ...] = ()
    faults: tuple[Callable[[], Iterator[str]], ...] = ()
    start_checks: tuple[Callable[[], Iterator[str]], ...] = ()
    tellers: tuple[Callable[..., None], ...] = ()
    imports: tuple[Any, ...] = ()
    exports: tuple[Any, ...] = ()
    hand_over_lists: tuple[HandOverList, ...] = ()
    unit_counts: tuple[tuple[Any, Callable[[Any], int]], ...] = ()
    text_senders: tuple[TextSender, ...] = ()
    signatures: tuple[str, ...] = ()
    races: tuple[Race, ...] = ()


def apps() -> list[str]:
    """Every app on the floor plan, ground first."""
    return [app for floor in settings.FLOORS for app in floor]


@cache
def rooms() -> dict[str, Room]:
    return {app: module.ROOM for app, module in modules("room")}


def declared(what: str) -> Iterator[Any]:
    """All items of one registry, in the order of the floor plan."""
    for room in rooms().values():
        yield from getattr(room, what)


def modules(name: str) -> Iterator[tuple[str, ModuleType]]:
    """The module `name` of every app that has one, ground first."""
    for app in apps():
        path = f"tisu.{app}.{name}"
        if find_spec(path) is not None:
            yield app, import_module(path)
