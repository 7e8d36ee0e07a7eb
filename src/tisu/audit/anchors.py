"""Anchors: once a day one value over all chains, kept in the database, in a file, and wherever a room sends it.

A chain alone cannot tell that its end was cut off or that all of it was written anew; an anchor held elsewhere
can. How far a ledger was read is its mark, the key of its last row; a row that is committed later with a smaller
key would be missed for ever, so the mark is read when no writer is in the middle of a row.
"""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from tisu.audit.chain import genesis, next_value, sm3
from tisu.audit.facts import facts_of
from tisu.audit.models import Anchor, AnchorLeaf, hold_head
from tisu.foundation import clock
from tisu.foundation.rooms import Ledger, declared
from tisu.foundation.slots import claim

ANCHORS = "anchors"  # the name of the chain that the roots form
PATIENCE = "10s"  # how long the mark waits for writers that are in the middle of a row


class Leaf(NamedTuple):
    """Where one chain stands."""

    ledger: str
    chain: str
    seq: int
    value: str


def take_anchor() -> Anchor:
    """Take the next anchor now, over every chain that grew since the last one, also when none did."""
    marks = {ledger.code: mark(ledger) for ledger in declared("ledgers")}
    with transaction.atomic():
        return _write(marks)


def take_daily() -> bool:
    """The job: once each real day, however many workers try. What fails is tried again."""
    if not waiting():
        return False
    marks = {ledger.code: mark(ledger) for ledger in declared("ledgers")}
    with transaction.atomic():
        if not claim("anchor", _real_day(timezone.now())):
            return False
        _write(marks)
    return True


def waiting() -> int:
    last = Anchor.objects.first()
    return int(last is None or _real_day(last.at) < _real_day(timezone.now()))


def _real_day(moment: datetime) -> str:
    return timezone.localtime(moment).date().isoformat()


def mark(ledger: Ledger) -> int:
    """The key of the ledger's last row, read when every row before it is committed or gone.

    A transaction of its own for each ledger: holding one while waiting for another could block a writer that
    needs both. On PostgreSQL the waiting is a function of the database (tisu.foundation.triggers), because the
    application may not lock what it may not change; SQLite has one writer at a time.
    """
    model = ledger.links().model
    if connection.vendor != "postgresql":
        return model.objects.aggregate(last=Max("pk"))["last"] or 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        cursor.execute("SELECT tisu_settled_key(%s, %s)", [model._meta.db_table, model._meta.pk.column])
        return cursor.fetchone()[0]


def grown(ledger: Ledger, after: int, upto: int) -> Iterator[Leaf]:
    """The end of each chain that has rows after one mark and up to another."""
    later = ledger.links().filter(
        chain_name=OuterRef("chain_name"), seq__gt=OuterRef("seq"), pk__gt=after, pk__lte=upto
    )
    ends = ledger.links().filter(~Exists(later), pk__gt=after, pk__lte=upto)
    for chain, seq, value in ends.values_list("chain_name", "seq", "chain").iterator():
        yield Leaf(ledger.code, chain, seq, value)


def digest_of(leaves: Iterable[Leaf]) -> str:
    """SM3 over the leaves in order, each a line of JSON."""
    lines = (json.dumps(leaf, ensure_ascii=False, separators=(",", ":")) + "\n" for leaf in sorted(leaves))
    return sm3("".join(lines).encode("utf-8", "surrogateescape")).hex()


def _write(marks: dict[str, int]) -> Anchor:
    hold_head(ANCHORS)
    last = Anchor.objects.first()
    read = json.loads(last.marks) if last else {}
    marks = {code: max(upto, read.get(code, 0)) for code, upto in sorted(marks.items())}
    leaves = [leaf for ledger in declared("ledgers") for leaf in _grown_since(ledger, read, marks)]
    anchor = Anchor(
        number=last.number + 1 if last else 1,
        day=clock.today(),
        at=timezone.now(),
        marks=json.dumps(marks, separators=(",", ":")),
        leaves=len(leaves),
        digest=digest_of(leaves),
        previous=last.root if last else genesis(ANCHORS),
    )
    anchor.root = next_value(anchor.previous, facts_of(anchor))
    anchor.save()
    AnchorLeaf.objects.bulk_create(
        (AnchorLeaf(anchor=anchor, **leaf._asdict()) for leaf in leaves), batch_size=1000
    )
    for sink in declared("anchor_sinks"):
        sink(anchor)
    transaction.on_commit(lambda: keep_in_file(settings.ANCHORS))
    return anchor


def _grown_since(ledger: Ledger, read: dict[str, int], marks: dict[str, int]) -> Iterator[Leaf]:
    return grown(ledger, read.get(ledger.code, 0), marks[ledger.code])


def keep_in_file(path: Path) -> None:
    """Append what the file does not have yet: a line each of number, day, root and how many chains grew.

    Only at its end: a file that was lost begins again with the newest anchor, and the gap stays to be seen.
    """
    kept = _last_number(path)
    rows = Anchor.objects.filter(number__gt=kept).order_by("number") if kept else Anchor.objects.all()[:1]
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{anchor}\n" for anchor in rows)
        file.flush()
        os.fsync(file.fileno())


def _last_number(path: Path) -> int:
    try:
        numbers = [
            line.split()[0] for line in path.read_text("utf-8", "replace").splitlines() if line.split()
        ]
    except FileNotFoundError:
        return 0
    return max((int(number) for number in numbers if number.isascii() and number.isdigit()), default=0)
