"""Files sealed chunk by chunk, so that neither sealing nor opening holds more than one chunk in memory.

Each file has a key of its own. Every chunk is SM4-GCM bound to what the file is (`context`), to its number and to
whether it is the last one: chunks cannot be swapped, left out, cut off, added or carried to another file. What is
given out has been checked chunk by chunk; a file that was cut breaks off with SealBroken, never in silence.
"""

import io
import secrets
from collections.abc import Iterator
from typing import BinaryIO

from tisu.foundation.ciphers import KEY, NONCE, TAG, decrypt, derive, encrypt, refuse

CHUNK = 256 * 1024  # bytes of the file in one sealed chunk
SEALED = NONCE + CHUNK + TAG
FORMAT = b"\x01"


def new_file_key() -> str:
    """For one file alone, as the text that a sealed field keeps."""
    return secrets.token_hex(KEY)


def sealed_chunks(source: BinaryIO, *, key: str, context: str) -> Iterator[bytes]:
    """The sealed form of everything that can be read from `source`; an empty file is one empty chunk."""
    secret = _secret(key)
    yield FORMAT
    for number, chunk, is_last in _told_the_last(source, CHUNK):
        yield encrypt(secret, chunk, bound=_place(context, number, is_last))


def opened_chunks(source: BinaryIO, *, key: str, context: str) -> Iterator[bytes]:
    """What was sealed for this very context, piece by piece; SealBroken at the first byte that is not its own."""
    secret = _secret(key)
    if source.read(len(FORMAT)) != FORMAT:
        refuse()
    for number, chunk, is_last in _told_the_last(source, SEALED):
        yield decrypt(secret, chunk, bound=_place(context, number, is_last))


class SealingReader(io.RawIOBase):
    """The sealed form as a file that can be read once from the beginning: what a storage takes."""

    def __init__(self, source: BinaryIO, *, key: str, context: str) -> None:
        super().__init__()
        self._chunks = sealed_chunks(source, key=key, context=context)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        parts, left = (
            [self._rest],
            (size if size is not None and size >= 0 else float("inf")) - len(self._rest),
        )
        while left > 0 and (chunk := next(self._chunks, None)) is not None:
            parts.append(chunk)
            left -= len(chunk)
        whole = b"".join(parts)
        cut = len(whole) if size is None or size < 0 else size
        self._rest = whole[cut:]
        return whole[:cut]

    def readable(self) -> bool:
        return True

    def chunks(self, chunk_size: int = CHUNK) -> Iterator[bytes]:
        """As Django's storages read."""
        while part := self.read(chunk_size):
            yield part


def _told_the_last(source: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Pieces of this size with their number; one is read ahead, to know which is the last."""
    number, piece = 0, _read(source, size)
    while True:
        following = _read(source, size) if len(piece) == size else b""
        yield number, piece, not following
        if not following:
            return
        number, piece = number + 1, following


def _read(source: BinaryIO, size: int) -> bytes:
    """Exactly so many bytes, fewer only at the end: sockets give what they have."""
    parts, left = [], size
    while left and (part := source.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _secret(key: str) -> bytes:
    return derive(bytes.fromhex(key), b"file")


def _place(context: str, number: int, is_last: bool) -> bytes:
    return FORMAT + number.to_bytes(8, "big") + bytes([is_last]) + context.encode()
