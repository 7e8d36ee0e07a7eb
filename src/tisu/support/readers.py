"""Whose menu has the door to support, and whose figures stand on the first page."""

from typing import Any

from tisu.loop.tiles import handles_matters
from tisu.support.asking import asks_for_own_firm


def reads_requests(user: Any) -> bool:
    """Whoever handles matters, and firms: each sees what is theirs."""
    return handles_matters(user) or asks_for_own_firm(user)
