"""What a broken chain is called, in sentences that anyone can read."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from tisu.audit.chain import Break, Fault, Link, first_break

SENTENCES = {
    Fault.ALTERED: _("%(entry)s was altered after it was written: its facts no longer fit the chain."),
    Fault.MISSING: _("%(entry)s is missing: it was removed after it was written."),
    Fault.MOVED: _("%(entry)s stands out of order: it was moved or renumbered after it was written."),
    Fault.SURPLUS: _("%(entry)s does not belong to the chain: it was put in later."),
    Fault.REWORDED: _("%(entry)s: what it says was altered after it was written."),
    Fault.EMPTIED: _("%(entry)s: what it says was taken out, and no later erasure in the chain names it."),
    Fault.MISMARKED: _("%(entry)s: what is noted of its erasure is not what the chain says of it."),
}


class Erasure(NamedTuple):
    """Lawful emptying of what some entries of a chain said.

    What the ledger tells of it may itself have been altered: then `is_readable` is False, or `at` is None.
    """

    chain: str
    rule: str
    by: str
    at: datetime | None
    places: Sequence[int]
    is_readable: bool = True


def first_fault(
    previous: str, links: Sequence[Link], said: Sequence[Fault | None], before: int = 0
) -> Break | None:
    """The first entry that is not as it was written, in its facts or in what it says (`said`, one for each link).

    Where both are wrong the facts are named: the digest of what it says is one of them.
    """
    broken = first_break(previous, links, before)
    for place, fault in enumerate(said[: broken.at if broken else len(links)]):
        if fault:
            return Break(place, links[place].facts[0], fault, place)
    return broken


def sentence(fault: Fault, entry: str) -> str:
    """What was forced into a column may be no text; a sentence always is."""
    return (SENTENCES[fault] % {"entry": entry}).encode("utf-8", "replace").decode()
