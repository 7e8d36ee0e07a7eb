"""What the doctor asks of the places that papers go to: the virus check and the storage."""

import logging
import uuid
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tisu.documents import scanning
from tisu.documents.keeping import storage
from tisu.documents.models import Document, Status

logger = logging.getLogger(__name__)
IN_VAIN = 6  # attempts: about an hour


def checker_is_down() -> Iterator[str]:
    """A virus checker that does not answer now, and papers that it has not answered about for an hour."""
    if not settings.CLAMAV:
        return
    try:
        answers = scanning.does_answer()
    except ImproperlyConfigured as fault:
        yield str(fault)
        return
    if not answers:
        yield _(
            "The virus check does not answer, so no new document can be read: look after clamd (TISU_CLAMAV)."
        )
    count = Document.objects.filter(status=Status.PENDING, scan_attempts__gte=IN_VAIN).count()
    if count:
        yield ngettext(
            "%(count)d document waits for the virus check, which does not answer: look after clamd (TISU_CLAMAV).",
            "%(count)d documents wait for the virus check, which does not answer: look after clamd (TISU_CLAMAV).",
            count,
        ) % {"count": count}


def storage_is_shut() -> Iterator[str]:
    """A small file is written, read and taken away again, as a paper would be."""
    name, told = f"doctor-{uuid.uuid4().hex}", b"tisu doctor"
    try:
        kept = storage().save(name, ContentFile(told))
        try:
            with storage().open(kept) as file:
                is_same = file.read() == told
        finally:
            storage().delete(kept)
    except Exception as fault:  # each kind of storage fails in its own way
        logger.warning("the storage of documents failed: %s", type(fault).__name__)
        is_same = False
    if not is_same:
        yield _(
            "Files cannot be written to the storage of documents and read again: look after the disk, or after "
            "TISU_FILES and what it names."
        )
