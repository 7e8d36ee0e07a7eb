"""Whether the chains still are what the anchors hold of them, and the anchors what was kept of them elsewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from tisu.audit.anchors import ANCHORS, Leaf, digest_of
from tisu.audit.chain import genesis, next_value
from tisu.audit.facts import columns, fact_fields, read_raw
from tisu.audit.models import Anchor, AnchorLeaf
from tisu.foundation.rooms import Ledger

FACTS = fact_fields(Anchor)
# Number, day, root; how many chains grew may be left out, as in a printed notice.
LINE = re.compile(r"(?P<number>\d+)\s+(?P<day>\S+)\s+(?P<root>[0-9a-fA-F]{64})(?:\s+(?P<leaves>\d+))?")


def _anchors() -> Iterator[tuple[str, dict]]:
    """Root and facts of each anchor as they stand, the first one first."""
    sql = f"SELECT root, {columns(FACTS, 'audit_anchor')} FROM audit_anchor ORDER BY number"
    for root, *facts in read_raw(sql):
        yield root, dict(zip(Anchor.FACTS, facts, strict=True))


def broken_anchors() -> Iterator[str]:
    """A sentence for each anchor that does not go on from the one before, or whose leaves were altered."""
    previous, due = genesis(ANCHORS), 1
    for root, facts in _anchors():
        number = facts["number"]
        if number != due:
            yield _("Anchor %(number)s is missing.") % {"number": due}
        elif not _goes_on(previous, root, facts):
            yield _("Anchor %(number)s was altered after it was taken.") % {"number": number}
        elif not _holds_its_leaves(facts):
            yield _("What anchor %(number)s holds of the chains was altered.") % {"number": number}
        previous, due = root, number + 1


def _goes_on(previous: str, root: str, facts: dict) -> bool:
    try:
        return facts["previous"] == previous and next_value(previous, tuple(facts.values())) == root
    except (ValueError, TypeError):  # what is no text or no hexadecimal number was not written by us
        return False


def _holds_its_leaves(facts: dict) -> bool:
    rows = read_raw(
        "SELECT ledger, chain, seq, value FROM audit_anchorleaf WHERE anchor_id = %s", [facts["number"]]
    )
    try:
        return len(rows) == facts["leaves"] and digest_of(Leaf(*row) for row in rows) == facts["digest"]
    except TypeError:
        return False


def lost_links(ledger: Ledger, only: str) -> Iterator[str]:
    """A sentence for each chain that lacks a link which an anchor holds: cut off, replaced or gone."""
    held = ledger.links().filter(chain_name=OuterRef("chain"), seq=OuterRef("seq"), chain=OuterRef("value"))
    lost = AnchorLeaf.objects.filter(~Exists(held), ledger=ledger.code, **({"chain": only} if only else {}))
    lost = lost.order_by("anchor_id", "chain").values_list("anchor_id", "chain", "seq")
    told = set()
    for number, chain, seq in read_raw(*lost.query.sql_with_params()):
        if chain not in told:
            told.add(chain)
            yield _lost(ledger, number, chain, seq).encode("utf-8", "replace").decode()


def _lost(ledger: Ledger, number: int, chain: str, seq: int) -> str:
    last = ledger.links().filter(chain_name=chain).aggregate(last=Max("seq"))["last"]
    if last is None:
        return _("%(chain)s is gone: anchor %(anchor)s holds it up to its entry %(seq)s.") % {
            "chain": ledger.words(chain, None), "anchor": number, "seq": seq,
        }  # fmt: skip
    if last < seq:
        return _("%(entry)s is missing: anchor %(anchor)s holds the chain up to its entry %(seq)s.") % {
            "entry": ledger.words(chain, last + 1), "anchor": number, "seq": seq,
        }  # fmt: skip
    return _("%(entry)s is not the one that anchor %(anchor)s holds: the chain was written anew.") % {
        "entry": ledger.words(chain, seq), "anchor": number,
    }  # fmt: skip


def unlike(path: Path, *, whole: bool) -> Iterator[str]:
    """A sentence for each line of a file of anchors that the database does not confirm.

    `whole`: the file is the one written here, so it has no gap between its first and its last line.
    """
    anchors = {str(facts["number"]): (root, facts) for root, facts in _anchors()}
    numbers = []
    for place, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
        if not line.strip():
            continue
        if not (found := LINE.fullmatch(line.strip())):
            yield _("Line %(place)s of %(file)s is no anchor.") % {"place": place, "file": path}
            continue
        numbers.append(int(found["number"]))
        if sentence := _unlike(found, anchors.get(found["number"]), path):
            yield sentence
    if whole and (gap := sorted(set(range(min(numbers, default=1), max(numbers, default=0))) - set(numbers))):
        yield _("%(file)s lacks anchor %(number)s.") % {"file": path, "number": gap[0]}


def _unlike(kept: re.Match, anchor: tuple[str, dict] | None, path: Path) -> str:
    if anchor is None:
        return _(
            "Anchor %(number)s stands in %(file)s and not in the database: the database is older, or another one."
        ) % {"number": kept["number"], "file": path}
    root, facts = anchor
    leaves = kept["leaves"] or str(facts["leaves"])
    if (kept["day"], kept["root"].lower(), leaves) == (facts["day"], root, str(facts["leaves"])):
        return ""
    return _("Anchor %(number)s is not the same in %(file)s and in the database, where its root is %(root)s.") % {
        "number": kept["number"], "file": path, "root": root,
    }  # fmt: skip
