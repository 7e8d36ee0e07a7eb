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


def read_copy(document: Document) -> Iterator[bytes]:
    """The cleaned copy, for whoever may see the document; the caller has asked that."""
    return _read(document, COPY, document.copy_key.open())


def read_thumb(document: Document) -> Iterator[bytes]:
    """The small picture of it, likewise."""
    return _read(document, THUMB, document.copy_key.open())


def read_original(document: Document, key: str) -> Iterator[bytes]:
    """The original, under the key that was opened for it."""
    return _read(document, ORIGINAL, key)


def _read(document: Document, which: str, key: str) -> Iterator[bytes]:
    file = storage().open(document.place_of(which))
    return _closing(file, opened_chunks(file, key=key, context=document.context_of(which)))


def _closing(file: BinaryIO, chunks: Iterator[bytes]) -> Iterator[bytes]:
    with file:
        yield from chunks


def drop(document: Document, *which: str) -> None:
    """Remove its files; those that are not there are removed already."""
    for each in which or (ORIGINAL, COPY, THUMB):
        storage().delete(document.place_of(each))
