"""Putting a document's files into the storage and taking them out, sealed, a chunk at a time."""

from collections.abc import Iterator
from typing import BinaryIO

from django.core.files.storage import Storage, storages

from tisu.documents.models import COPY, ORIGINAL, THUMB, Document
from tisu.foundation.sealedfile import SealingReader, opened_chunks


def storage() -> Storage:
    return storages["documents"]


def keep(document: Document, which: str, content: BinaryIO, *, key: str) -> None:
    """Seal everything that can be read from `content` and store it."""
    sealed = SealingReader(content, key=key, context=document.context_of(which))
    place = document.place_of(which)
    if storage().save(place, sealed) != place:
        raise RuntimeError(f"{place} was taken")


class Opened:
    """What comes out of a sealed file, piece by piece. It is open from the beginning, so that a file that is not there
    is known before anything is answered; whoever may not read it to its end closes it."""

    def __init__(self, document: Document, which: str, key: str) -> None:
        self._file = storage().open(document.place_of(which))
        self._chunks = opened_chunks(self._file, key=key, context=document.context_of(which))

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._chunks)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._file.close()


def read_copy(document: Document) -> Opened:
    """The cleaned copy, for whoever may see the document; the caller has asked that."""
    return Opened(document, COPY, document.copy_key.open())


def read_thumb(document: Document) -> Opened:
    """The small picture of it, likewise."""
    return Opened(document, THUMB, document.copy_key.open())


def read_original(document: Document, key: str) -> Opened:
    """The original, under the key that was opened for it."""
    return Opened(document, ORIGINAL, key)


def drop(document: Document, *which: str) -> None:
    """Remove its files; those that are not there are removed already."""
    for each in which or (ORIGINAL, COPY, THUMB):
        storage().delete(document.place_of(each))
