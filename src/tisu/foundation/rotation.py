"""Changing the key ring: new keys, keys that go, and who can bring it back.

Each change renews the recovery file first, when there are holders: at no moment does anything depend on a key
that two of them could not recover. The ring before stays beside the new one as `…~`.
"""

from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from tisu.foundation.keyring import Holder, Key, KeyRing, KeyRingError
from tisu.foundation.recovery import check_holders, recovery_path, write_escrow
from tisu.foundation.ringfile import changing_ring, new_keys, replace_ring
from tisu.foundation.sealuses import Use, uses_of


def rotate(path: Path) -> tuple[Key, ...]:
    """A new key for each purpose. What is written from now on is under it; every older key still opens."""
    with changing_ring(path) as ring:
        keys = new_keys()
        while any(ring.has(key.id) for key in keys):
            keys = new_keys()
        _keep(path, ring.with_keys(*keys))
    return keys


def name_holders(path: Path, holders: list[Holder]) -> KeyRing:
    """Who can bring the ring back from now on; without any, those who could before, in a new recovery file."""
    with changing_ring(path) as ring:
        ring = replace(ring, holders=tuple(holders or ring.holders))
        check_holders(list(ring.holders))
        _keep(path, ring)
    return ring


def retire(path: Path, key_id: str) -> Key:
    """Take a key out of the ring for good, when nothing depends on it any more."""
    with changing_ring(path) as ring:
        key = _found(ring, key_id)
        if key is ring.newest(key.purpose):
            sentence = _("Key %(id)s is the newest for “%(purpose)s”: rotate the key ring first.")
            raise KeyRingError(sentence % {"id": key_id, "purpose": key.purpose})
        for use in uses_of(key):
            raise KeyRingError(_needed(key, use))
        _keep(path, ring.without(key))
    return key


def _keep(path: Path, ring: KeyRing) -> None:
    if ring.holders:
        write_escrow(recovery_path(path), ring)
    replace_ring(path, ring)


def _found(ring: KeyRing, key_id: str) -> Key:
    for key in ring.keys:
        if key.id.hex() == key_id.strip().lower():
            return key
    raise KeyRingError(_("There is no key %(id)s in the key ring: see tisu keys list.") % {"id": key_id})


def _needed(key: Key, use: Use) -> str:
    """Why a key stays, and what would free it."""
    if not use.column.is_sealed_text:
        sentence = _(
            "Key %(id)s stays: %(rows)s entries of %(column)s were made with it. A digest cannot be made anew without "
            "what it was made of, so this pepper is needed for as long as they last."
        )
    elif use.column.is_ledger:
        sentence = _(
            "Key %(id)s stays: %(rows)s entries of %(column)s are sealed under it, and a ledger is never rewritten."
        )
    else:
        sentence = _(
            "Key %(id)s stays: %(rows)s entries of %(column)s are still sealed under it. Run tisu keys reseal first."
        )
    return sentence % {"id": key.id.hex(), "rows": use.rows, "column": use.column}
