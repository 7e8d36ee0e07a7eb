"""An SM3 chain: each link's value is SM3 over the value before it and the canonical bytes of its own facts.

Pure: no database, no clock. Whoever holds the facts can recompute every value with any SM3 and any JSON:
the first link goes on from `genesis(name)`, and a fact that is null is left out, so that a column which comes
later changes no link written before it. What stands here is never changed: it would disown every chain.
"""

import json
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Any, NamedTuple

from cryptography.hazmat.primitives import hashes

_EMPTY = hashes.Hash(hashes.SM3())
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def sm3(data: bytes) -> bytes:
    digest = _EMPTY.copy()
    digest.update(data)
    return digest.finalize()


def genesis(name: str) -> str:
    """What the first link of a chain goes on from: no link fits into a chain of another name."""
    return sm3(b"tisu chain " + name.encode()).hex()


def canonical(facts: Mapping[str, Any]) -> bytes:
    """One line of JSON in UTF-8: names in order, nulls left out, no spaces."""
    return _encode({name: facts[name] for name in sorted(facts) if facts[name] is not None}).encode()


def next_value(previous: str, facts: Mapping[str, Any]) -> str:
    return sm3(bytes.fromhex(previous) + canonical(facts)).hex()


class Link(NamedTuple):
    """One entry of a chain as it stands now: its place, its facts with `seq` among them, and its value."""

    seq: int
    facts: Mapping[str, Any]
    value: str


class Fault(Enum):
    """What is wrong with an entry: the first four show in the chain, the others in what the entry says."""

    ALTERED = auto()
    MISSING = auto()
    MOVED = auto()
    SURPLUS = auto()
    REWORDED = auto()
    EMPTIED = auto()
    MISMARKED = auto()


class Break(NamedTuple):
    """Where a chain is broken first: at the link number `at` of those read, which is due to be the entry `seq`.

    `place` is the link that tells what this entry was; None when it is gone.
    """

    at: int
    seq: int
    fault: Fault
    place: int | None


def first_break(previous: str, links: Sequence[Link], before: int = 0) -> Break | None:
    """The first link, in order of `seq`, that does not go on from `previous`; `before` links came before these."""
    value = previous
    for place, link in enumerate(links):
        fits = _value(value, link.facts)
        if link.seq != before + place + 1 or fits != link.value:
            return _told(links, place, value, before)
        value = fits
    return None


def _value(previous: str, facts: Mapping[str, Any]) -> str:
    """As `next_value`; what no JSON in UTF-8 can say was not written by us and fits nothing."""
    try:
        return next_value(previous, facts)
    except (UnicodeEncodeError, TypeError):
        return ""


def _told(links: Sequence[Link], place: int, previous: str, before: int) -> Break:
    """Why the link at `place` does not go on from `previous`: another one does, or none."""
    link, due = links[place], before + place + 1
    fitting = next((n for n, other in enumerate(links) if _fits(previous, other, due)), None)
    if fitting is None:
        is_gap = isinstance(link.seq, int) and link.seq > due
        return Break(place, due, Fault.MISSING if is_gap else Fault.ALTERED, None if is_gap else place)
    after = _value(previous, {**links[fitting].facts, "seq": due})
    if fitting == place + 1 and link.seq == due and not _fits(after, link, due + 1):
        return Break(place, due, Fault.SURPLUS, place)
    return Break(place, due, Fault.MOVED, fitting)


def _fits(previous: str, link: Link, seq: int) -> bool:
    return _value(previous, {**link.facts, "seq": seq}) == link.value
