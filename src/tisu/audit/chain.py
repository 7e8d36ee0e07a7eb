"""An SM3 chain: each link's value is SM3 over the value before it and the canonical bytes of its own facts.

Pure: no database, no clock. Whoever holds the facts can recompute every value with any SM3 and any JSON. Facts
stand in a fixed order, the place of the link (`seq`) first; the first link goes on from `genesis(name)`. What stands
here is never changed: it would disown every chain.
"""

import json
from collections.abc import Sequence
from enum import Enum, auto
from typing import Any, NamedTuple

from cryptography.hazmat.primitives import hashes

Facts = Sequence[Any]  # whole numbers, texts and nulls; the first one is the place of the link

_EMPTY = hashes.Hash(hashes.SM3())
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def sm3(data: bytes) -> bytes:
    digest = _EMPTY.copy()
    digest.update(data)
    return digest.finalize()


def genesis(name: str) -> str:
    """What the first link of a chain goes on from: no link fits into a chain of another name."""
    return sm3(b"tisu chain " + name.encode()).hex()


def canonical(facts: Facts) -> bytes:
    """A JSON list in UTF-8 without spaces. Nulls at its end are left out, so that a column which comes later (null
    in what was written before it) changes no link."""
    end = len(facts)
    while end and facts[end - 1] is None:
        end -= 1
    return _encode(facts[:end]).encode()


def next_value(previous: str, facts: Facts) -> str:
    return sm3(bytes.fromhex(previous) + canonical(facts)).hex()


class Link(NamedTuple):
    """One entry of a chain as it stands now: its facts and its value."""

    facts: Facts
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
    for at, (facts, stands) in enumerate(links):
        fits = _value(value, facts)
        if fits != stands or facts[0] != before + at + 1:
            return _told(links, at, value, before)
        value = fits
    return None


def _value(previous: str, facts: Facts) -> str:
    """As `next_value`; what no JSON in UTF-8 can say was not written by us and fits nothing."""
    try:
        return next_value(previous, facts)
    except (UnicodeEncodeError, TypeError):
        return ""


def _told(links: Sequence[Link], at: int, previous: str, before: int) -> Break:
    """Why the link at `at` does not go on from `previous`: another one does, or none."""
    seq, due = links[at].facts[0], before + at + 1
    fitting = next((place for place, link in enumerate(links) if _fits(previous, link, due)), None)
    if fitting is None:
        is_gap = isinstance(seq, int) and seq > due
        return Break(at, due, Fault.MISSING if is_gap else Fault.ALTERED, None if is_gap else at)
    after = _value(previous, (due, *links[fitting].facts[1:]))
    if fitting == at + 1 and seq == due and not _fits(after, links[at], due + 1):
        return Break(at, due, Fault.SURPLUS, at)
    return Break(at, due, Fault.MOVED, fitting)


def _fits(previous: str, link: Link, seq: int) -> bool:
    return _value(previous, (seq, *link.facts[1:])) == link.value
