"""The two primitives under every seal: SM4-GCM (GB/T 32907, RFC 8998) and HKDF (RFC 5869) with SM3."""

import os
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils.translation import gettext_lazy as _

NONCE, TAG, KEY = 12, 16, 16  # lengths in bytes


class SealBroken(Exception):
    """What is there does not open: wrong key, wrong place, or changed since it was sealed."""


def derive(secret: bytes, use: bytes, *, salt: bytes | None = None) -> bytes:
    """A key for one use, from which neither the secret nor a key for another use can be told."""
    return HKDF(hashes.SM3(), KEY, salt, use).derive(secret)


def encrypt(key: bytes, content: bytes, *, bound: bytes) -> bytes:
    """Nonce, ciphertext and tag; opens only together with the very bytes in `bound`."""
    nonce = os.urandom(NONCE)
    cipher = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(bound)
    return nonce + cipher.update(content) + cipher.finalize() + cipher.tag


def decrypt(key: bytes, blob: bytes, *, bound: bytes) -> bytes:
    """What was encrypted under this key and bound to these bytes; SealBroken for anything else."""
    if len(blob) < NONCE + TAG:
        refuse()
    nonce, content, tag = blob[:NONCE], blob[NONCE:-TAG], blob[-TAG:]
    cipher = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    cipher.authenticate_additional_data(bound)
    try:
        return cipher.update(content) + cipher.finalize()
    except InvalidTag:
        refuse()


def refuse() -> NoReturn:
    raise SealBroken(_("This does not open: it was changed, moved, or sealed with another key."))
