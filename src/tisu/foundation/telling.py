"""Telling people from below the floor on which messages are kept: whoever declares a teller says it."""

from typing import Any

from tisu.foundation.rooms import declared


def tell(**said: Any) -> None:
    """What `tisu.inbox.services.tell` takes; where no room tells anyone anything, nothing is said."""
    for teller in declared("tellers"):
        teller(**said)
