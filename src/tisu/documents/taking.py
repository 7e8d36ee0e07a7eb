"""Taking one paper in: read by its content, cleaned, hashed, sealed, checked for viruses."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

from cryptography.hazmat.primitives import hashes
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Sum
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.documents import scanning
from tisu.documents.arriving import unnamed_file
from tisu.documents.caps import MB, most_bytes, too_large
from tisu.documents.faults import NotTaken, not_taken
from tisu.documents.keeping import drop, keep
from tisu.documents.models import COPY, ORIGINAL, THUMB, Document, Status
from tisu.documents.naming import safe_name
from tisu.foundation import clock
from tisu.foundation.bounded import Bounds, Unreadable, run_bounded
from tisu.foundation.buckets import HourlyBuckets
from tisu.foundation.sealedfile import CHUNK, new_file_key

READER = "tisu.documents.reading.intake:take"
DRAWER = "tisu.documents.reading.showing:draw"
THUMB_PIXELS = 320
MEMORY = 1024 * MB
SECONDS = 40  # and one more for each ten megabytes
_BUCKETS = HourlyBuckets()


def take_in(file: UploadedFile, *, user: User | None = None, address: str = "") -> Document:
    """One paper, ready to be named in an act, or NotTaken with a sentence; then nothing of it is kept.

    `user` None is a stranger: whoever holds the id may name it; their `address`, where it is known, picks a bucket in
    memory and is written nowhere. The original is sealed as it came; the copy is made
    by the reader of its kind. With a virus checker that does not answer, it waits: pending is never safe.
    """
    name = safe_name(file.name)
    if getattr(file, "overflow", False) or file.size > most_bytes():
        raise NotTaken(too_large(name), name)
    _refuse_a_flood(user, file.size, address)
    with _real(file) as original, unnamed_file() as copy:
        read = _read(original, copy, name)
        verdict = scanning.verdict_on(_chunks(original))
        if verdict == scanning.INFECTED:
            raise not_taken(name, Unreadable("virus"))
        return _kept(name, original, copy, read, verdict, user)


def _refuse_a_flood(user: User | None, size: int, address: str) -> None:
    """Nobody fills the storage with what they never hand in: a person by their own, strangers by the network they
    come from and all together."""
    waiting = Document.objects.unclaimed().filter(uploaded_by=user)
    most = settings.DOCUMENTS_MB * 5
    if user is None:
        waiting = waiting.filter(uploaded_at__gt=clock.now() - scanning.HOUR)
        most = settings.STRANGERS_MB_AN_HOUR
    held = waiting.aggregate(held=Sum("size"))["held"] or 0
    if held + size > most * MB:
        raise NotTaken(
            _("Too much has been sent in a short time and not been handed in yet. Try again in an hour.")
        )
    if user is None and address and not _BUCKETS.add(address, size, most=settings.STRANGER_MB_AN_HOUR * MB):
        raise NotTaken(_("Too much has been sent from where you are in a short time. Try again in an hour."))


@contextmanager
def _real(file: UploadedFile) -> Iterator[BinaryIO]:
    """The file itself, which a child process can read; one that lies in memory is written out first."""
    try:
        file.file.fileno()
    except (AttributeError, OSError):
        with unnamed_file() as written:
            for chunk in file.chunks():
                written.write(chunk)
            yield written
    else:
        yield file.file


def _read(original: BinaryIO, copy: BinaryIO, name: str) -> dict[str, Any]:
    size = original.seek(0, 2)
    seconds = SECONDS + size // (10 * MB)
    bounds = Bounds(memory=MEMORY, seconds=seconds, written=max(4 * most_bytes(), 256 * MB))
    try:
        return run_bounded(READER, given=original, into=copy, bounds=bounds, name=name)
    except Unreadable as fault:
        raise not_taken(name, fault) from fault


def _kept(
    name: str, original: BinaryIO, copy: BinaryIO, read: dict[str, Any], verdict: str, user: User | None
) -> Document:
    """The row comes first, so that a crash between row and files leaves something that vanishes within a day."""
    keys = {"original_key": new_file_key(), "copy_key": new_file_key()}
    document = Document(
        name=safe_name(name, read["kind"]),
        kind=read["kind"],
        copy_kind=read["copy"],
        pages=read["pages"],
        uploaded_by=user,
        uploaded_at=clock.now(),
        **keys,
    )
    document.save(force_insert=True)
    try:
        _store(document, original, copy, **keys)
    except BaseException:
        with suppress(Exception):
            drop(document)
        document.delete()
        raise
    document.status = Status.READY if verdict == scanning.CLEAN else Status.PENDING
    document.scan_due_at = None if document.is_ready else scanning.next_try(0)
    document.save(update_fields=["digest", "size", "copy_size", "has_thumb", "status", "scan_due_at"])
    return document


def _store(
    document: Document, original: BinaryIO, copy: BinaryIO, *, original_key: str, copy_key: str
) -> None:
    document.digest, document.size = _digest(original)
    document.copy_size = copy.seek(0, 2)
    original.seek(0)
    keep(document, ORIGINAL, original, key=original_key)
    if document.copy is None:
        return
    copy.seek(0)
    keep(document, COPY, copy, key=copy_key)
    if document.copy.seen:
        _store_thumb(document, copy, copy_key)


def _store_thumb(document: Document, copy: BinaryIO, key: str) -> None:
    """What cannot be drawn small is read all the same."""
    with unnamed_file() as small:
        try:
            run_bounded(DRAWER, given=copy, into=small, kind=document.copy_kind, page=0, longest=THUMB_PIXELS)
        except Unreadable:
            return
        small.seek(0)
        keep(document, THUMB, small, key=key)
        document.has_thumb = True


def _digest(file: BinaryIO) -> tuple[str, int]:
    """SM3 over the whole, and its length."""
    digest, size = hashes.Hash(hashes.SM3()), 0
    for chunk in _chunks(file):
        digest.update(chunk)
        size += len(chunk)
    return digest.finalize().hex(), size


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk
