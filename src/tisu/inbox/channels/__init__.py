"""Ways out of the house. A way is a `Channel`; a room declares its own in `ROOM.channels`, nobody lists them.

A channel gets a `Parcel` and either has handed it over when `send` returns, or raises a `Fault`. It keeps no
state: what was sent, when to try again and what is stuck stand in the outbox.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from tisu.foundation.rooms import NotSent, declared


class Fault(NotSent):
    """It was not handed over. `code` says why in a word that is kept and shown; it never quotes what was sent."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unreachable(Fault):
    """The server did not answer at all: whatever else waits for it would fail in the same way now."""


class Refused(Fault):
    """The server answered and did not take it."""


@dataclass(frozen=True)
class Parcel:
    """What goes out. `subject`, `text` and `url` name the matter; `brief` names nobody and nothing.

    A channel that others can read over someone's shoulder (a phone's lock screen, a group) sends `brief` alone.
    `told` is for a program: where it is given, it goes out in place of words.
    """

    key: str
    address: str = field(repr=False)
    secret: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    brief: str = field(repr=False)
    url: str = field(repr=False)
    told: Mapping[str, Any] = field(default_factory=dict, repr=False)


class Channel(Protocol):
    """`code` stands in the rows. `for_units` channels are group robots that the system administrator sets up;
    the others belong to persons, who confirm them. `one_server` means that all its destinations hang on one
    server. `asks_secret` is "", "optional" or "required". One that `takes_anchors` hands a parcel's `told` to a
    program as it is, and signs it.
    """

    code: str
    label: Any
    address_label: Any
    for_units: bool
    one_server: bool
    asks_secret: str
    takes_anchors: bool

    def is_ready(self) -> bool:
        """Whether this installation has what the channel needs."""

    def clean(self, address: str) -> str:
        """The address as it is kept; a ValidationError with a sentence when it is none."""

    def mask(self, address: str) -> str:
        """So much of an address that its owner knows it again, and nobody else learns it."""

    def send(self, parcel: Parcel) -> None:
        """Hand it over or raise a Fault, within a minute and without following anyone elsewhere."""


def channel_of(code: str) -> Channel | None:
    """None for a channel that this installation no longer has."""
    return next((channel for channel in declared("channels") if channel.code == code), None)


def ready_channels(*, for_units: bool) -> list[Channel]:
    return [
        channel for channel in declared("channels") if channel.for_units is for_units and channel.is_ready()
    ]
