"""How an act gets into the ledger."""

from typing import Any

from tisu.audit.models import Entry
from tisu.foundation import clock


def record(*, act: str, about: Any, actor=None, signed: str = "", reason: str = "", **details: Any) -> Entry:
    """Write one entry. Call it inside the transaction of the act, so that neither stands without the other."""
    return Entry.objects.create(
        at=clock.now(),
        actor=actor,
        signed=(signed or str(actor or ""))[:120],
        act=act,
        about=str(about)[:160],
        reason=reason[:400],
        details=details,
    )
