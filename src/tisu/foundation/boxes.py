"""Sealed boxes: whoever has a public key can close one, only the private key opens it.

An ephemeral X25519 key (RFC 7748) and the receiver's agree on a secret; HKDF-SM3 makes of it, with both public
keys in its info, the one key of this box; SM4-GCM seals the content, bound to the box's head and its context.
A box is: version (1 byte), ephemeral public key (32), nonce (12), ciphertext, tag (16).
"""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.utils.translation import gettext_lazy as _

from tisu.foundation.ciphers import SealBroken, decrypt, derive, encrypt, refuse

VERSION = b"\x03"  # after the two kinds of seals, so that none is ever taken for the other
POINT = 32  # bytes of a public or private key
HEAD = len(VERSION) + POINT


@dataclass(frozen=True)
class BoxKeys:
    """A pair of raw X25519 keys."""

    public: bytes
    private: bytes = field(repr=False)


def make_box_keys() -> BoxKeys:
    private = X25519PrivateKey.generate()
    return BoxKeys(private.public_key().public_bytes_raw(), private.private_bytes_raw())


def public_of(private_key: bytes) -> bytes:
    return _private(private_key).public_key().public_bytes_raw()


def seal_to(public_key: bytes, content: str | bytes, context: str) -> bytes:
    """Close a box that only the holder of `public_key` opens, and only under the same context."""
    ephemeral = make_box_keys()
    head = VERSION + ephemeral.public
    key = _key_of_box(ephemeral.private, public_key, ephemeral.public, public_key)
    content = content.encode() if isinstance(content, str) else content
    return head + encrypt(key, content, bound=head + context.encode())


def open_box(private_key: bytes, blob: bytes, context: str) -> bytes:
    """The content, as bytes; SealBroken for a wrong key or context, or when a single bit was changed."""
    blob = bytes(blob)
    if blob[: len(VERSION)] != VERSION or len(blob) < HEAD:
        refuse()
    head, ephemeral = blob[:HEAD], blob[len(VERSION) : HEAD]
    key = _key_of_box(private_key, ephemeral, ephemeral, public_of(private_key))
    return decrypt(key, blob[HEAD:], bound=head + context.encode())


def _key_of_box(private_key: bytes, other: bytes, ephemeral: bytes, receiver: bytes) -> bytes:
    return derive(_agreed(private_key, other), b"tisu box" + VERSION + ephemeral + receiver)


def _agreed(private_key: bytes, other: bytes) -> bytes:
    """The shared secret. A point of low order would make it all zero, whoever's key meets it: refused."""
    try:
        return _private(private_key).exchange(X25519PublicKey.from_public_bytes(other))
    except ValueError:
        raise SealBroken(_("This public key is none to which anything can be sealed.")) from None


def _private(key: bytes) -> X25519PrivateKey:
    if len(key) != POINT:
        raise SealBroken(_("A private key has 32 bytes."))
    return X25519PrivateKey.from_private_bytes(key)
