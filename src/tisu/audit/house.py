"""The house's own ledger as a chain: how it is read and checked."""

from collections.abc import Callable, Iterator

from django.db import models
from django.utils.translation import gettext, gettext_lazy

from tisu.audit.chain import Break, Fault, Link, genesis
from tisu.audit.facts import columns, day_of, fact_fields, read_raw
from tisu.audit.models import Entry
from tisu.audit.record import HOUSE, content_of
from tisu.audit.telling import first_fault, sentence
from tisu.foundation.digests import salted_digest
from tisu.foundation.rooms import Ledger, declared

SLICE = 5000
BEFORE_ALL = -(2**63)


def links() -> models.QuerySet:
    return Entry.objects.annotate(chain_name=models.Value(HOUSE))


def words(chain: str, seq: int | None) -> str:
    if seq is None:
        return gettext("The audit ledger")
    return gettext("Audit ledger, entry %(seq)s") % {"seq": seq}


def verify(only: str, seen: Callable[[int], None]) -> Iterator[tuple[str, str]]:
    """The first entry that is not as it was written; the chain is one, so what follows it tells nothing more."""
    if only not in ("", HOUSE):
        return
    value, before, after = genesis(HOUSE), 0, BEFORE_ALL
    while rows := _slice(after):
        entries = [Link(row[4:], row[0]) for row in rows]
        if broken := first_fault(value, entries, [_said(row) for row in rows], before):
            yield HOUSE, sentence(broken.fault, _words(broken, entries))
            return
        value, before, after = entries[-1].value, before + len(rows), entries[-1].facts[0]
        seen(len(rows))


FACTS = fact_fields(Entry)
DIGEST, ACT, AT = (Entry.FACTS.index(name) for name in ("digest", "act", "at"))


def _slice(after: int) -> list[tuple]:
    return read_raw(
        f"SELECT chain, reason, said, salt, {columns(FACTS, 'audit_entry')} FROM audit_entry"
        f" WHERE seq > %s ORDER BY seq LIMIT {SLICE}",
        [after],
    )


def _said(row: tuple) -> Fault | None:
    _chain, reason, said, salt, *facts = row
    try:
        digest = salted_digest(salt.encode(), content_of(reason, said))
    except (UnicodeEncodeError, AttributeError, TypeError, OverflowError):
        return Fault.REWORDED
    return None if digest == facts[DIGEST] else Fault.REWORDED


def _words(broken: Break, entries: list[Link]) -> str:
    if broken.place is None:
        return words(HOUSE, broken.seq)
    facts = entries[broken.place].facts
    acts = dict(declared("acts"))
    return gettext("Audit ledger, entry %(seq)s (%(act)s, %(day)s)") % {
        "seq": broken.seq,
        "act": acts.get(facts[ACT], facts[ACT]),
        "day": day_of(facts[AT]),
    }


LEDGER = Ledger(HOUSE, gettext_lazy("audit ledger"), links, verify, words)
