"""A sealed file opens whole, in its own place and unchanged; or it breaks off."""

import io
import os

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from tisu.foundation import sealedfile
from tisu.foundation.ciphers import SealBroken
from tisu.foundation.sealedfile import (
    CHUNK,
    FORMAT,
    SEALED,
    SealingReader,
    new_file_key,
    opened_chunks,
    sealed_chunks,
)

KEY, PLACE = new_file_key(), "document:1:original"


def sealed(content: bytes) -> bytes:
    return b"".join(sealed_chunks(io.BytesIO(content), key=KEY, context=PLACE))


def opened(blob: bytes, key: str = KEY, context: str = PLACE) -> bytes:
    return b"".join(opened_chunks(io.BytesIO(blob), key=key, context=context))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])
def test_opens_what_was_sealed(size):
    content = os.urandom(size)
    assert opened(sealed(content)) == content


@pytest.mark.parametrize("size", [0, 5, 2 * CHUNK, 2 * CHUNK + 7])
@pytest.mark.parametrize("step", [1_000, SEALED, 10_000_000, -1])
def test_is_read_in_pieces_of_any_size(size, step):
    content = os.urandom(size)
    reader, parts = SealingReader(io.BytesIO(content), key=KEY, context=PLACE), []
    while part := reader.read(step):
        parts.append(part)
    assert opened(b"".join(parts)) == content
    assert all(len(part) <= step for part in parts) or step < 0


def chunks_of(blob: bytes) -> list[bytes]:
    rest = blob[len(FORMAT) :]
    return [rest[place : place + SEALED] for place in range(0, len(rest), SEALED)]


@pytest.mark.parametrize(
    ("what", "changed"),
    [
        ("swapped", lambda parts: [parts[1], parts[0], parts[2]]),
        ("left out", lambda parts: [parts[0], parts[2]]),
        ("cut off", lambda parts: parts[:2]),
        ("doubled", lambda parts: [parts[0], parts[0], *parts[1:]]),
        ("added to", lambda parts: [*parts, parts[2]]),
        ("emptied", lambda parts: []),
    ],
)
def test_does_not_open_when_chunks_were(what, changed):
    blob = sealed(os.urandom(2 * CHUNK + 9))
    with pytest.raises(SealBroken):
        opened(FORMAT + b"".join(changed(chunks_of(blob))))


def test_breaks_off_before_the_first_wrong_chunk():
    content = os.urandom(2 * CHUNK)
    blob = bytearray(sealed(content))
    blob[-1] ^= 1
    given = opened_chunks(io.BytesIO(bytes(blob)), key=KEY, context=PLACE)
    assert next(given) == content[:CHUNK]
    with pytest.raises(SealBroken):
        next(given)


def test_does_not_open_with_another_key_or_in_another_place():
    blob = sealed(b"abc")
    for key, place in ((new_file_key(), PLACE), (KEY, "document:1:copy")):
        with pytest.raises(SealBroken):
            opened(blob, key, place)


@budget(max_examples=60)
@given(st.binary(max_size=200))
def test_opens_nothing_that_was_not_sealed(blob):
    with pytest.raises(SealBroken):
        opened(blob)


def test_holds_no_more_than_two_chunks(monkeypatch):
    """A gigabyte passes through as one megabyte does."""
    read = []

    class Endless(io.RawIOBase):
        def read(self, size=-1):
            read.append(size)
            return b"x" * size if len(read) < 100 else b""

    reader = SealingReader(Endless(), key=KEY, context=PLACE)
    assert len(reader.read(1)) == 1
    assert len(reader.read(SEALED)) == SEALED
    assert sum(read) <= 4 * sealedfile.CHUNK
