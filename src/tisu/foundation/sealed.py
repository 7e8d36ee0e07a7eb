"""What only a key opens: sealed text (SM4-GCM), keyed and salted digests (SM3).

The keys stand in a file outside the database, so neither a copy of the database nor one of the file tells
anything alone. A seal is bound to its place (`context` names table, column and row): moved to another row it
does not open. A seal carries the id of its key, so that keys can be added without touching what is sealed.
Nothing is ever returned that was not sealed exactly so: a wrong key or a changed byte raises SealBroken.
"""

import json
import os
import secrets
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

PURPOSES = ("field", "pepper")
UNDER_RING, UNDER_SECRET = b"\x01", b"\x02"  # the first byte of a seal: how its key is found
ID, NONCE, TAG, KEY = 4, 12, 16, 16  # lengths in bytes


class KeyRingError(Exception):
    """The key ring is missing, open to others, or not a key ring."""


class SealBroken(Exception):
    """What is there does not open: wrong key, wrong place, or changed since it was sealed."""


@dataclass(frozen=True)
class Key:
    id: bytes
    purpose: str
    secret: bytes = field(repr=False)

    def derive(self, use: bytes) -> bytes:
        """One master key, a separate key for each use: HKDF (RFC 5869) with SM3."""
        return _hkdf(self.secret, None, use)


@dataclass(frozen=True)
class KeyRing:
    """Keys in the order in which they were made; the newest of a purpose seals, every one opens."""

    keys: tuple[Key, ...]

    def newest(self, purpose: str) -> Key:
        found = [key for key in self.keys if key.purpose == purpose]
        if not found:
            raise KeyRingError(_("The key ring has no key for “%(purpose)s”.") % {"purpose": purpose})
        return found[-1]

    def by_id(self, key_id: bytes, purpose: str) -> Key:
        for key in self.keys:
            if (key.id, key.purpose) == (key_id, purpose):
                return key
        raise SealBroken(_("The key that this was sealed with is not in the key ring."))


def create_key_ring(path: Path) -> None:
    """Write a new key ring that only its owner can read. An existing one is never overwritten."""
    keys = [{"id": secrets.token_hex(ID), "purpose": p, "key": secrets.token_hex(32)} for p in PURPOSES]
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyRingError(_("There is a key ring at %(path)s already.") % {"path": path}) from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump({"format": 1, "keys": keys}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    _read_key_ring.cache_clear()


def key_ring() -> KeyRing:
    """The key ring of this installation, read once for each path."""
    return _read_key_ring(Path(settings.KEY_RING))


def seal(text: str, *, context: str) -> bytes:
    """Seal `text` for the place that `context` names."""
    key = key_ring().newest("field")
    return _close(UNDER_RING + key.id, _field_key(key), text, context)


def open_sealed(blob: bytes, *, context: str) -> str:
    """The text that was sealed for this very place."""
    head, blob = _take_apart(blob, UNDER_RING)
    return _open(head, _field_key(key_ring().by_id(head[1:], "field")), blob, context)


def derived_seal(secret: bytes, text: str, *, context: str) -> bytes:
    """Seal under the caller's secret and the pepper together: without the secret not even we can open it."""
    key = key_ring().newest("pepper")
    return _close(UNDER_SECRET + key.id, _secret_key(key, secret), text, context)


def open_derived(secret: bytes, blob: bytes, *, context: str) -> str:
    head, blob = _take_apart(blob, UNDER_SECRET)
    return _open(head, _secret_key(key_ring().by_id(head[1:], "pepper"), secret), blob, context)


def keyed_digest(purpose: str, data: bytes | str) -> str:
    """HMAC-SM3 under the pepper, separate for each purpose: comparable here, not guessable from outside."""
    pepper = key_ring().newest("pepper").derive(b"digest:" + purpose.encode())
    mac = hmac.HMAC(pepper, hashes.SM3())
    mac.update(data.encode() if isinstance(data, str) else data)
    return mac.finalize().hex()


def salted_digest(salt: bytes, content: bytes) -> str:
    """SM3 over the salt's length in one byte, the salt, the content. Anyone who holds both can recompute it."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(len(salt).to_bytes(1, "big") + salt + content)
    return digest.finalize().hex()


class Sealed:
    """Content of a sealed field. Only `open()` tells it: printed, logged or put on a page it stays shut."""

    __slots__ = ("_blob", "_context", "_text")

    def __init__(self, context: str, *, blob: bytes | None = None, text: str | None = None) -> None:
        self._context, self._blob, self._text = context, blob, text

    def open(self) -> str:
        return self._text if self._blob is None else open_sealed(self._blob, context=self._context)

    def sealed_for(self, context: str) -> bytes:
        """The sealed bytes for this place; what was assigned as text is sealed now, once."""
        if self._blob is None:
            self._blob, self._text, self._context = seal(self._text, context=context), None, context
        if self._context != context:
            raise SealBroken(_("A sealed text stays in its place: open it there, then seal the text here."))
        return self._blob

    def __repr__(self) -> str:
        return "<sealed>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("sealed content is not pickled")


class SealedAttribute(DeferredAttribute):
    """Wraps text when it is assigned and loaded bytes when they are read: no attribute holds the bare text."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        wrapped = Sealed("", text=value) if isinstance(value, str) else value
        instance.__dict__[self.field.attname] = wrapped

    def __get__(self, instance: models.Model | None, cls: type | None = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, (bytes, memoryview)):
            # Only now: while a row is loaded its primary key may come after this column.
            value = Sealed(self.field.context_of(instance), blob=bytes(value))
            instance.__dict__[self.field.attname] = value
        return value


class SealedTextField(models.BinaryField):
    """Text that the database holds sealed. Assign text and save; read with `.open()`.

    The model's primary key is a UUID: it is known before the first save and can stand in the seal's context.
    """

    descriptor_class = SealedAttribute

    def context_of(self, instance: models.Model) -> str:
        return f"{instance._meta.db_table}.{self.column}:{instance.pk}"

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        value = getattr(model_instance, self.attname)
        return value and value.sealed_for(self.context_of(model_instance))

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, (str, Sealed)):
            raise TypeError("a sealed text is assigned and saved, never queried or updated in bulk")
        return super().get_prep_value(value)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError("sealed content is not serialised: it opens only in its own row")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_primary_key()]

    def _check_primary_key(self) -> list[checks.CheckMessage]:
        key = self.model._meta.pk
        while key.remote_field:
            key = key.target_field
        if isinstance(key, models.UUIDField):
            return []
        return [
            checks.Error("a model with sealed text has a UUID primary key", obj=self, id="foundation.E001")
        ]


@cache
def _read_key_ring(path: Path) -> KeyRing:
    try:
        open_to_others = path.stat().st_mode & 0o077
        content = path.read_bytes()
    except OSError:
        raise KeyRingError(_("There is no readable key ring at %(path)s.") % {"path": path}) from None
    if open_to_others:
        sentence = _("Other accounts can read the key ring %(path)s: give it mode 600.")
        raise KeyRingError(sentence % {"path": path})
    return _parse(path, content)


def _parse(path: Path, content: bytes) -> KeyRing:
    try:
        keys = json.loads(content)["keys"]
        return KeyRing(
            tuple(Key(bytes.fromhex(k["id"]), k["purpose"], bytes.fromhex(k["key"])) for k in keys)
        )
    except (ValueError, KeyError, TypeError):
        # Without the cause: it could quote a key.
        raise KeyRingError(_("The file %(path)s is not a key ring.") % {"path": path}) from None


def _field_key(key: Key) -> bytes:
    return key.derive(b"field")


def _secret_key(key: Key, secret: bytes) -> bytes:
    if not secret:
        raise ValueError("an empty secret protects nothing")
    return _hkdf(secret, key.derive(b"derived seal"), b"derived seal")


def _hkdf(secret: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(hashes.SM3(), KEY, salt, info).derive(secret)


def _close(head: bytes, key: bytes, text: str, context: str) -> bytes:
    nonce = os.urandom(NONCE)
    cipher = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(head + context.encode())
    return head + nonce + cipher.update(text.encode()) + cipher.finalize() + cipher.tag


def _take_apart(blob: bytes, kind: bytes) -> tuple[bytes, bytes]:
    blob = bytes(blob)
    if len(blob) < 1 + ID + NONCE + TAG or blob[:1] != kind:
        _refuse()
    return blob[: 1 + ID], blob[1 + ID :]


def _open(head: bytes, key: bytes, blob: bytes, context: str) -> str:
    nonce, text, tag = blob[:NONCE], blob[NONCE:-TAG], blob[-TAG:]
    cipher = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    cipher.authenticate_additional_data(head + context.encode())
    try:
        return (cipher.update(text) + cipher.finalize()).decode()
    except InvalidTag:
        _refuse()


def _refuse() -> NoReturn:
    raise SealBroken(_("This does not open: it was changed, moved, or sealed with another key."))
