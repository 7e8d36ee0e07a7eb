"""How an act on the register gets into the ledger: about a firm by its credit code, signed by whoever acts for whom."""

from typing import Any

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.enterprises.queries import OFFICE, STAFF

FIRM = "enterprise"  # the role that a mandate grants


def signature(user: User | None) -> str:
    """The office's post before another one, a post before a firm's mandate."""
    if user is None:
        return ""
    standing = standing_of(user)
    for roles in (OFFICE, tuple(STAFF), (FIRM,)):
        if standing.has(*roles):
            return standing.label_as(*roles)
    return standing.label


def write_down(actor: User, act: str, about: str, *, reason: str = "", **details: Any) -> None:
    """Last in the transaction of the act, as `record` asks."""
    record(act=act, about=about, actor=actor, signed=signature(actor), reason=reason, **details)
