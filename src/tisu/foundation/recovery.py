"""The recovery file: the key ring sealed so that any two holders together open it, and no one alone.

For each pair of holders it holds the ring in a box to the one, within a box to the other: no arithmetic of our
own, only sealed boxes. It tells openly when it was made, for whom, and the ids of the keys it holds, so that
anyone can see whether it is up to date; all of that is bound into the boxes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.boxes import open_box, seal_to
from tisu.foundation.ciphers import SealBroken
from tisu.foundation.digests import salted_digest
from tisu.foundation.holders import HolderKey, canonical, from_base64, read_json, to_base64
from tisu.foundation.instance import write_private
from tisu.foundation.keyring import Holder, KeyRing, KeyRingError, parse_ring, ring_text
from tisu.foundation.ringfile import read_key_ring

FEWEST, MOST = 2, 9  # holders; nine make 36 pairs
KIND = "tisu recovery file"
TOLD = ("kind", "made", "keys", "holders")


@dataclass(frozen=True)
class Escrow:
    """A recovery file as anyone may read it."""

    path: Path
    told: dict[str, Any]
    boxes: list[dict[str, Any]]

    @property
    def made(self) -> str:
        return self.told["made"]

    @property
    def names(self) -> list[str]:
        return [holder["name"] for holder in self.told["holders"]]

    def covers(self, ring: KeyRing) -> bool:
        return {key.id.hex() for key in ring.keys} <= set(self.told["keys"])


def recovery_path(ring_path: Path) -> Path:
    """Beside the ring: `keyring.json` has `keyring.recovery`."""
    return ring_path.with_suffix(".recovery")


def check_holders(holders: list[Holder]) -> None:
    """Two at least, each once: by name and by key, so that no one is two of them."""
    if not FEWEST <= len(holders) <= MOST:
        sentence = _(
            "Recovery needs %(fewest)s to %(most)s holders: with one alone, that one would hold every key."
        )
        raise KeyRingError(sentence % {"fewest": FEWEST, "most": MOST})
    for one, other in combinations(holders, 2):
        if one.name == other.name or one.public == other.public:
            sentence = _("“%(one)s” and “%(other)s” are the same holder: name two different ones.")
            raise KeyRingError(sentence % {"one": one.name, "other": other.name})


def write_escrow(path: Path, ring: KeyRing) -> None:
    """Seal the ring to each pair of its holders, in place of the recovery file before."""
    told = {
        "kind": KIND,
        "made": clock.local(clock.now()).isoformat(timespec="seconds"),
        "keys": [key.id.hex() for key in ring.keys],
        "holders": [{"name": holder.name, "public": holder.public.hex()} for holder in ring.holders],
    }
    content = {**told, "boxes": [_boxed(told, ring, pair) for pair in combinations(ring.holders, 2)]}
    write_private(path, canonical({**content, "check": _check_of(content)}))


def read_escrow(path: Path) -> Escrow:
    """What a recovery file tells openly, or a sentence when it is none or was changed."""
    content = read_json(path)
    if content.get("kind") != KIND:
        raise KeyRingError(_("%(path)s is no recovery file.") % {"path": path})
    try:
        if content.pop("check") == _check_of(content):
            return Escrow(path, {name: content[name] for name in TOLD}, content["boxes"])
    except (KeyError, ValueError):
        pass
    raise KeyRingError(_("The recovery file %(path)s was changed or is damaged.") % {"path": path})


def recovered_ring(escrow: Escrow, one: HolderKey, other: HolderKey) -> KeyRing:
    """The key ring, when both are holders of it and not one and the same person."""
    if one.holder.public == other.holder.public:
        raise KeyRingError(_("One holder alone cannot open it: the second key must be another holder's."))
    publics = [holder["public"] for holder in escrow.told["holders"]]
    for key in (one, other):
        if key.holder.public.hex() not in publics:
            sentence = _("“%(name)s” is no holder of %(path)s: its holders are %(names)s.")
            raise KeyRingError(
                sentence % {"name": key.holder.name, "path": escrow.path, "names": ", ".join(escrow.names)}
            )
    outer, inner = sorted((one, other), key=lambda key: publics.index(key.holder.public.hex()))
    try:
        box = _box_of(escrow, outer, inner)
        within = open_box(outer.private, box, _context(escrow.told, outer.holder, inner.holder))
        content = open_box(inner.private, within, _context(escrow.told, outer.holder, inner.holder))
    except (SealBroken, KeyError, TypeError, ValueError):
        sentence = _("The recovery file %(path)s does not open with these keys: it was changed.")
        raise KeyRingError(sentence % {"path": escrow.path}) from None
    return parse_ring(escrow.path, content)


def faults_of_recovery(ring_path: Path) -> Iterator[str]:
    """What would be lost with the key ring: no recovery file, or one that is older than a key."""
    path = recovery_path(ring_path)
    if not path.exists():
        sentence = _(
            "There is no recovery file %(path)s: with the key ring, everything sealed would be lost. Let two holders "
            "make their keys with tisu keys holder, then run tisu keys escrow."
        )
        yield sentence % {"path": path}
        return
    try:
        if not read_escrow(path).covers(read_key_ring(ring_path)):
            sentence = _("The recovery file %(path)s is older than the newest key: run tisu keys escrow.")
            yield sentence % {"path": path}
    except KeyRingError as fault:
        yield str(fault)


def _boxed(told: dict[str, Any], ring: KeyRing, pair: tuple[Holder, Holder]) -> dict[str, Any]:
    outer, inner = pair
    context = _context(told, outer, inner)
    box = seal_to(outer.public, seal_to(inner.public, ring_text(ring), context), context)
    return {"for": [outer.public.hex(), inner.public.hex()], "box": to_base64(box)}


def _box_of(escrow: Escrow, outer: HolderKey, inner: HolderKey) -> bytes:
    pair = [outer.holder.public.hex(), inner.holder.public.hex()]
    return from_base64(next((each["box"] for each in escrow.boxes if each["for"] == pair), ""))


def _context(told: dict[str, Any], outer: Holder, inner: Holder) -> str:
    return f"{salted_digest(b'', canonical(told))}:{outer.public.hex()}:{inner.public.hex()}"


def _check_of(content: dict[str, Any]) -> str:
    return salted_digest(b"", canonical(content))
