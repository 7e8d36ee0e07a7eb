"""A document as pages, the API and the script of the upload show it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.documents.models import Document, Status

WAITS = (Status.PENDING, Status.REFUSED)


def papers_of(documents: Iterable[Document]) -> list[dict[str, Any]]:
    return [paper_of(each) for each in documents]


def paper_of(document: Document) -> dict[str, Any]:
    """With: id, label, size in words, url (of its page), thumb (address of a small picture, or empty), note (why it
    cannot be read)."""
    return {
        "id": str(document.pk),
        "label": document.name,
        "size": size_in_words(document.copy_size or document.size),
        "url": reverse("documents:show", args=[document.pk]),
        "thumb": reverse("documents:thumb", args=[document.pk])
        if document.has_thumb and document.is_ready
        else "",
        "note": note_on(document),
    }


def note_on(document: Document) -> str:
    """Why there is nothing to read, in words; empty for what can be read."""
    if document.status in WAITS:
        return str(document.get_status_display())
    return "" if document.copy else _("kept sealed, no copy to read")


def size_in_words(size: int) -> str:
    """1,024 bytes are a KB here, as phones and computers say it."""
    if size < 1024:
        return _("%(n)s bytes") % {"n": size}
    kilobytes = size / 1024
    return f"{kilobytes:.0f} KB" if kilobytes < 1024 else f"{kilobytes / 1024:.1f} MB"


def item_of(document: Document) -> dict[str, Any]:
    """As the API tells it."""
    return {
        "id": str(document.pk),
        "name": document.name,
        "kind": document.kind,
        "size": document.size,
        "sm3": document.digest,
        "status": document.status,
        "url": reverse("documents:file", args=[document.pk]) if document.copy and document.is_ready else None,
    }
