"""Digests: keyed ones that only this installation can compare, salted ones that anyone can recompute.

A keyed digest carries the id of its pepper, as a seal carries that of its key. So it is known which peppers
are in use, and a look-up takes the digests under every pepper at once: one query, the same work whether the
row is there, was made before the last rotation, or never was.
"""

from base64 import urlsafe_b64encode
from datetime import datetime
from typing import IO, Any

from cryptography.hazmat.primitives import hashes, hmac
from django.db import models

from tisu.foundation.keyring import Key
from tisu.foundation.ringfile import key_ring

BLOCK = 1024 * 1024
MARK = "."  # between the pepper's id and the digest


def keyed_digest(purpose: str, data: bytes | str, *, at: datetime | None = None) -> str:
    """HMAC-SM3 under the newest pepper, separate for each purpose: comparable here, not guessable from outside.

    With `at`, under the pepper that was the newest at that moment: what is counted by the hour goes on being
    counted when the pepper is rotated within the hour.
    """
    ring = key_ring()
    return _marked(ring.newest_at("pepper", at) if at else ring.newest("pepper"), purpose, data)


def keyed_digests(purpose: str, data: bytes | str) -> list[str]:
    """What a stored digest of this may be, newest pepper first: look up with `…__in`, write with the first.

    Peppers from before dates were kept also made digests without their id.
    """
    peppers = key_ring().newest_first("pepper")
    marked = [_marked(pepper, purpose, data) for pepper in peppers]
    return marked + [_mac(pepper, purpose, data).hex() for pepper in peppers if pepper.made is None]


def salted_digest(salt: bytes, content: bytes) -> str:
    """SM3 over the salt's length in one byte, the salt, the content. Anyone who holds both can recompute it."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(len(salt).to_bytes(1, "big") + salt + content)
    return digest.finalize().hex()


def file_digest(file: IO[bytes]) -> str:
    """SM3 over a whole file, from its first byte, in blocks: two files with the same are the same."""
    digest = hashes.Hash(hashes.SM3())
    file.seek(0)
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.finalize().hex()


def _marked(pepper: Key, purpose: str, data: bytes | str) -> str:
    digest = urlsafe_b64encode(_mac(pepper, purpose, data)).decode().rstrip("=")
    return pepper.id.hex() + MARK + digest


def _mac(pepper: Key, purpose: str, data: bytes | str) -> bytes:
    mac = hmac.HMAC(pepper.derive(b"digest:" + purpose.encode()), hashes.SM3())
    mac.update(data.encode() if isinstance(data, str) else data)
    return mac.finalize()


class KeyedDigestField(models.CharField):
    """A column of keyed digests, known as such so that no pepper in use is ever retired."""

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """The column is a CharField's: to migrations it is one."""
        name, _path, arguments, named = super().deconstruct()
        return name, "django.db.models.CharField", arguments, named
