"""The key ring: which keys there are, in the order in which they were made, and how its file is written.

Format 2 tells when each key was made and who the recovery holders are; format 1 told neither and is still
read. A line that is wrong is named by its place, never by what stands in it: that could be a key.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tisu.foundation.ciphers import SealBroken, derive

PURPOSES = ("field", "pepper")
FORMAT = 2
ID, SECRET, PUBLIC = 4, 32, 32  # lengths in bytes
FEWEST_OCTETS = 9  # different ones: chance gives fewer to less than one key in 10^33


class KeyRingError(Exception):
    """The key ring, or what recovers it, is missing, open to others, or not what it should be."""


@dataclass(frozen=True)
class Key:
    """A `field` key seals texts, a `pepper` goes into digests. Without `made` it is from before dates were kept."""

    id: bytes
    purpose: str
    secret: bytes = field(repr=False)
    made: datetime | None = None

    def derive(self, use: bytes) -> bytes:
        """One master key, a separate key for each use."""
        return derive(self.secret, use)


@dataclass(frozen=True)
class Holder:
    """Someone who, together with any other holder, can bring the key ring back."""

    name: str
    public: bytes


@dataclass(frozen=True)
class KeyRing:
    """Keys in the order in which they were made; the newest of a purpose seals, every one opens."""

    keys: tuple[Key, ...]
    holders: tuple[Holder, ...] = ()

    def newest_first(self, purpose: str) -> list[Key]:
        return [key for key in reversed(self.keys) if key.purpose == purpose]

    def newest(self, purpose: str) -> Key:
        for key in self.newest_first(purpose):
            return key
        raise KeyRingError(_("The key ring has no key for “%(purpose)s”.") % {"purpose": purpose})

    def newest_at(self, purpose: str, moment: datetime) -> Key:
        """The key that was the newest one at that moment, so that a rotation changes nothing before the next."""
        found = self.newest_first(purpose)
        return next((key for key in found if key.made is None or key.made <= moment), found[-1])

    def by_id(self, key_id: bytes, purpose: str) -> Key:
        for key in self.keys:
            if (key.id, key.purpose) == (key_id, purpose):
                return key
        raise SealBroken(_("The key that this was sealed with is not in the key ring."))

    def has(self, key_id: bytes) -> bool:
        return any(key.id == key_id for key in self.keys)

    def with_keys(self, *keys: Key) -> "KeyRing":
        return replace(self, keys=(*self.keys, *keys))

    def without(self, gone: Key) -> "KeyRing":
        return replace(self, keys=tuple(key for key in self.keys if key is not gone))

    def follows(self, earlier: "KeyRing") -> bool:
        """Whether one key of an earlier state is still here: another county's ring has none of them."""
        return bool({key.secret for key in self.keys} & {key.secret for key in earlier.keys})


# --- The file ----------------------------------------------------------------------------------------------


def ring_text(ring: KeyRing) -> bytes:
    """The ring as its file holds it."""
    keys = [
        {
            "id": key.id.hex(),
            "purpose": key.purpose,
            **({"made": key.made.isoformat()} if key.made else {}),
            "key": key.secret.hex(),
        }
        for key in ring.keys
    ]
    holders = [{"name": holder.name, "public": holder.public.hex()} for holder in ring.holders]
    ring_file = {"format": FORMAT, "keys": keys, "holders": holders}
    return json.dumps(ring_file, indent=1, ensure_ascii=False).encode()


def parse_ring(path: Path, content: bytes) -> KeyRing:
    """The ring in a file's content, or KeyRingError that says which entry of `path` is wrong, and how."""
    whole = _json(path, content)
    if not isinstance(whole, dict) or not isinstance(whole.get("keys"), list):
        raise KeyRingError(_("The file %(path)s is not a key ring.") % {"path": path})
    if whole.get("format", 1) not in (1, FORMAT):
        sentence = _("The key ring %(path)s was written by a newer program: use that one, or its backup.")
        raise KeyRingError(sentence % {"path": path})
    keys = tuple(_key(_Entry(path, place, row)) for place, row in enumerate(whole["keys"], start=1))
    _differ(path, "id", [key.id for key in keys])
    _differ(path, "key", [key.secret for key in keys])
    for purpose in PURPOSES:
        if not any(key.purpose == purpose for key in keys):
            sentence = _("The key ring %(path)s has no key for “%(purpose)s”: put a whole one in its place.")
            raise KeyRingError(sentence % {"path": path, "purpose": purpose})
    return KeyRing(keys, tuple(_holders(path, whole.get("holders", []))))


def _json(path: Path, content: bytes) -> Any:
    try:
        return json.loads(content.decode())
    except json.JSONDecodeError as fault:
        line = fault.lineno
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
    except (ValueError, RecursionError):  # a number or a nesting without end
        raise KeyRingError(_("The file %(path)s is not a key ring.") % {"path": path}) from None
    # Without the cause: it could quote a key.
    sentence = _("The key ring %(path)s cannot be read from line %(line)s on: it is not JSON there.")
    raise KeyRingError(sentence % {"path": path, "line": line}) from None


@dataclass(frozen=True)
class _Entry:
    """One entry of the list of keys, or of holders, in a file that someone may have edited by hand."""

    path: Path
    place: int
    row: Any
    what: str = "keys"

    def text(self, name: str) -> str:
        value = self.row.get(name) if isinstance(self.row, dict) else None
        if not isinstance(value, str):
            self.refuse(_("“%(name)s” is missing"), name=name)
        return value

    def octets(self, name: str, length: int) -> bytes:
        text = self.text(name)
        try:
            value = bytes.fromhex(text)
        except ValueError:
            self.refuse(_("“%(name)s” holds something other than 0-9 and a-f"), name=name)
        if len(text) != 2 * length or len(value) != length:
            self.refuse(_("“%(name)s” has not %(length)s characters"), name=name, length=2 * length)
        return value

    def moment(self, name: str) -> datetime | None:
        if not isinstance(self.row, dict) or self.row.get(name) is None:
            return None
        try:
            moment = datetime.fromisoformat(self.text(name))
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            self.refuse(_("“%(name)s” is no time with its offset"), name=name)
        return moment

    def refuse(self, fault: str, **words: Any) -> None:
        sentence = _("In the key ring %(path)s, entry %(place)s of “%(what)s” is wrong: %(fault)s.")
        raise KeyRingError(
            sentence % {"path": self.path, "place": self.place, "what": self.what, "fault": fault % words}
        ) from None


def _key(entry: _Entry) -> Key:
    key_id, purpose = entry.octets("id", ID), entry.text("purpose")
    if purpose not in PURPOSES:
        entry.refuse(_("“purpose” must be one of %(purposes)s"), purposes=", ".join(PURPOSES))
    secret = entry.octets("key", SECRET)
    if len(set(secret)) < FEWEST_OCTETS:
        entry.refuse(_("“key” was not drawn at random: it repeats itself"))
    return Key(key_id, purpose, secret, entry.moment("made"))


def _differ(path: Path, name: str, values: list[bytes]) -> None:
    for place, value in enumerate(values, start=1):
        if value in values[: place - 1]:
            _Entry(path, place, {}).refuse(_("an entry before it has the same “%(name)s”"), name=name)


def _holders(path: Path, rows: Any) -> Iterator[Holder]:
    for place, row in enumerate(rows if isinstance(rows, list) else [None], start=1):
        entry = _Entry(path, place, row, "holders")
        yield Holder(entry.text("name"), entry.octets("public", PUBLIC))
