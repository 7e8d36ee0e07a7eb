"""How an act gets into the ledger, and into its chain."""

import json
import secrets
from typing import Any

from django.db import transaction

from tisu.audit.chain import genesis, next_value
from tisu.audit.facts import facts_of
from tisu.audit.models import Entry, hold_head
from tisu.foundation import clock
from tisu.foundation.digests import salted_digest

HOUSE = "house"  # the name of the one chain that all entries form


@transaction.atomic
def record(*, act: str, about: Any, actor=None, signed: str = "", reason: str = "", **details: Any) -> Entry:
    """Write one entry. Call it inside the transaction of the act, so that neither stands without the other.

    Call it last: from here on nobody else can write to the ledger until the transaction ends.
    """
    salt, reason = secrets.token_hex(16), reason[:400]
    said = json.dumps(details, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    hold_head(HOUSE)
    last, seq, value = _end_of_chain()
    entry = Entry(
        id=last + 1,
        seq=seq + 1,
        at=clock.now(),
        actor=actor,
        signed=(signed or str(actor or ""))[:120],
        act=act,
        about=str(about)[:160],
        reason=reason,
        said=said,
        salt=salt,
        digest=salted_digest(salt.encode(), content_of(reason, said)),
    )
    entry.chain = next_value(value, facts_of(entry))
    entry.save()
    return entry


def content_of(reason: str, said: str) -> bytes:
    return json.dumps([reason, said], ensure_ascii=False).encode()


def _end_of_chain() -> tuple[int, int, str]:
    last = Entry.objects.order_by("-seq").values_list("id", "seq", "chain").first()
    return last or (0, 0, genesis(HOUSE))
