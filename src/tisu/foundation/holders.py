"""Recovery holders and their keys: a public one for everyone, a private one in a file under a passphrase.

The file of the private key tells name, public key and how slow the passphrase is to try (scrypt, RFC 7914);
the key itself is sealed under what scrypt makes of the passphrase, bound to all of that.
"""

import base64
import binascii
import json
import os
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.utils.translation import gettext as _

from tisu.foundation.boxes import make_box_keys, public_of
from tisu.foundation.ciphers import KEY, SealBroken, decrypt, encrypt
from tisu.foundation.digests import salted_digest
from tisu.foundation.keyring import PUBLIC, Holder, KeyRingError

SHORTEST_PASSPHRASE = 12
LONGEST_NAME = 40
LARGEST_FILE = 10_000_000  # bytes
WORK = (2**16, 8, 1)  # scrypt's n, r, p: 64 MiB, a quarter of a second
MOST_WORK = 2**20
PUBLIC_KIND, PRIVATE_KIND = "tisu recovery holder, public", "tisu recovery holder, private"


@dataclass(frozen=True)
class HolderKey:
    """A holder who is present: with the private key."""

    holder: Holder
    private: bytes = field(repr=False)


def fingerprint(holder: Holder) -> str:
    """What two people compare by voice: 16 signs of the public key's digest, in fours."""
    digest = salted_digest(b"", holder.public)[:16]
    return "-".join(digest[place : place + 4] for place in range(0, 16, 4))


def make_holder(name: str, passphrase: str, folder: Path) -> tuple[Holder, Path, Path]:
    """A new key pair: `NAME.key` (mode 0600) and `NAME.pub` in the folder. Neither is ever overwritten."""
    _check(name, passphrase)
    keys = make_box_keys()
    holder = Holder(name, keys.public)
    private, public = folder / f"{name}.key", folder / f"{name}.pub"
    for path in (private, public):
        if os.path.lexists(path):
            raise KeyRingError(_("There is a file %(path)s already: choose another name.") % {"path": path})
    _write(private, _locked(holder, keys.private, passphrase), 0o600)
    _write(public, {"kind": PUBLIC_KIND, **_told(holder)}, 0o644)
    return holder, private, public


def read_public(path: Path) -> Holder:
    content = read_json(path)
    if content.get("kind") == PRIVATE_KIND:
        sentence = _("%(path)s is a private key: name the holder's file that ends in .pub.")
        raise KeyRingError(sentence % {"path": path})
    if content.get("kind") != PUBLIC_KIND:
        raise _no_holder(path)
    return _holder(path, content)


def read_private(path: Path, passphrase: str) -> HolderKey:
    """A holder's private key, or a sentence that says whether the file or the passphrase is wrong."""
    content = read_json(path)
    if content.get("kind") == PUBLIC_KIND:
        sentence = _("%(path)s is a public key: name the holder's file that ends in .key.")
        raise KeyRingError(sentence % {"path": path})
    if content.get("kind") != PRIVATE_KIND:
        raise _no_holder(path)
    holder = _holder(path, content)
    try:
        sealed, key = from_base64(content["key"]), _slow_key(passphrase, content["scrypt"])
        private = decrypt(key, sealed, bound=_bound(holder, content["scrypt"]))
        if public_of(private) != holder.public:
            raise SealBroken
    except SealBroken:
        sentence = _("The passphrase does not open %(path)s, or the file was changed.")
        raise KeyRingError(sentence % {"path": path}) from None
    except (KeyError, TypeError, ValueError):
        raise _no_holder(path) from None
    return HolderKey(holder, private)


def _check(name: str, passphrase: str) -> None:
    if not name or len(name) > LONGEST_NAME or not all(sign.isalnum() or sign in "-_" for sign in name):
        sentence = _("A holder's name has 1 to %(most)s letters, digits, - or _.")
        raise KeyRingError(sentence % {"most": LONGEST_NAME})
    if len(passphrase) < SHORTEST_PASSPHRASE:
        sentence = _("A passphrase has at least %(least)s characters.")
        raise KeyRingError(sentence % {"least": SHORTEST_PASSPHRASE})


def _locked(holder: Holder, private: bytes, passphrase: str) -> dict[str, Any]:
    n, r, p = WORK
    slow = {"n": n, "r": r, "p": p, "salt": secrets.token_hex(16)}
    sealed = encrypt(_slow_key(passphrase, slow), private, bound=_bound(holder, slow))
    return {"kind": PRIVATE_KIND, **_told(holder), "scrypt": slow, "key": to_base64(sealed)}


def _slow_key(passphrase: str, slow: dict[str, Any]) -> bytes:
    n, r, p, salt = slow["n"], slow["r"], slow["p"], bytes.fromhex(slow["salt"])
    if not (
        2**14 <= n <= MOST_WORK and 1 <= r <= 16 and 1 <= p <= 4
    ):  # a planted file may not eat the machine
        raise ValueError
    # The same signs, whether a Chinese keyboard wrote them wide or narrow.
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogateescape")
    return Scrypt(salt, KEY, n, r, p).derive(typed)


def _told(holder: Holder) -> dict[str, str]:
    return {"name": holder.name, "public": holder.public.hex()}


def _holder(path: Path, content: dict[str, Any]) -> Holder:
    try:
        holder = Holder(content["name"], bytes.fromhex(content["public"]))
    except (KeyError, TypeError, ValueError):
        raise _no_holder(path) from None
    if not isinstance(holder.name, str) or len(holder.public) != PUBLIC:
        raise _no_holder(path)
    return holder


def _bound(holder: Holder, slow: dict[str, Any]) -> bytes:
    return canonical({**_told(holder), "scrypt": slow})


def _no_holder(path: Path) -> KeyRingError:
    return KeyRingError(_("%(path)s is no key of a recovery holder.") % {"path": path})


# --- Small files of JSON -----------------------------------------------------------------------------------


def read_json(path: Path) -> dict[str, Any]:
    """The object in a file, or a sentence."""
    try:
        if path.stat().st_size > LARGEST_FILE or not path.is_file():
            raise ValueError
        content = json.loads(path.read_text("utf-8"))
    except OSError as fault:
        sentence = _("%(path)s cannot be read: %(fault)s.") % {"path": path, "fault": fault.strerror}
        raise KeyRingError(sentence) from None
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise KeyRingError(_("%(path)s is neither a holder's key nor a recovery file.") % {"path": path})
    return content


def canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def to_base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode()


def from_base64(text: str) -> bytes:
    """ValueError for anything else."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError from None


def _write(path: Path, content: dict[str, Any], mode: int) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except OSError as fault:
        sentence = _("%(path)s cannot be written: %(fault)s.") % {"path": path, "fault": fault.strerror}
        raise KeyRingError(sentence) from None
    with os.fdopen(handle, "wb") as file:
        file.write(json.dumps(content, indent=1, ensure_ascii=False).encode())
        file.flush()
        os.fsync(handle)
