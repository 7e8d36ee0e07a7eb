"""A document's own pages. Every one of them finds it through `visible_to`: unseen is 404, whatever it is."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tisu.accounts.opening import NotOpened, opened
from tisu.accounts.standing import standing_of
from tisu.documents.arriving import unnamed_file
from tisu.documents.forms import OpenOriginalForm
from tisu.documents.keeping import read_copy, read_original, read_thumb
from tisu.documents.models import Attachment, Document
from tisu.documents.taking import DRAWER
from tisu.documents.words import paper_of
from tisu.foundation.bounded import Unreadable, run_bounded
from tisu.foundation.rooms import declared

PAGE_PIXELS = 1_600
# Nothing in a paper runs, loads, or is kept by whoever looks at it.
STERILE = {
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


@never_cache
@require_safe
def show(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What it is, a page of it to look at, and what may be done with it."""
    document = _visible(request, pk)
    return render(request, "documents/show.html", _context(request, document, _page_asked(request, document)))


def _context(request: HttpRequest, document: Document, page: int, **more: Any) -> dict[str, Any]:
    may_open = Document.objects.with_original_for(request.user).filter(pk=document.pk).exists()
    return {
        "document": document,
        "paper": paper_of(document),
        "page": page,
        "is_seen": bool(document.is_ready and document.copy and document.copy.seen),
        "places": _places(request, document),
        "open_form": OpenOriginalForm() if may_open else None,
    } | more


def _places(request: HttpRequest, document: Document) -> list[dict[str, Any]]:
    """What it hangs on, as far as this person sees it; each once."""
    rows = document.attachments.all().visible_to(request.user)
    subjects = {subject.code: subject for subject in declared("subjects") if subject.place}
    seen = dict.fromkeys(rows.values_list("about_kind", "about_key"))
    return [subjects[kind].place(key) for kind, key in seen if kind in subjects]


def _page_asked(request: HttpRequest, document: Document) -> int:
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return min(max(page, 1), max(document.pages, 1))


@require_safe
def file(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The cleaned copy, to be saved."""
    document = _readable(request, pk)
    return _download(read_copy(document), document.copy.media, _name_of_copy(document), document.copy_size)


@require_safe
def thumb(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    document = _readable(request, pk)
    if not document.has_thumb:
        raise Http404
    return _shown(b"".join(read_thumb(document)))


@require_safe
def page(request: HttpRequest, pk: uuid.UUID, page: int) -> HttpResponse:
    """One page as a picture, drawn in a bounded child from the cleaned copy."""
    document = _readable(request, pk)
    if not document.copy.seen or not 1 <= page <= document.pages:
        raise Http404
    return _shown(_drawn(document, page))


@never_cache
@require_http_methods(["POST"])
def original(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The sealed original, for a reason that stands in the ledger before the first byte is given out."""
    document = _visible(request, pk)
    place = document.attachments.all().with_original_for(request.user).first()
    if place is None or not (document.is_ready and document.has_original):
        raise PermissionDenied(_("The original is opened by the office and supervision alone."))
    form = OpenOriginalForm(request.POST)
    try:
        key = opened(
            document.original_key,
            by=request.user,
            signed=_signature(request.user, place),
            reason=form["reason"].value() or "",
            about=f"document {document.pk}",
            act="open-original",
            sm3=document.digest,
        )
    except NotOpened as fault:
        form.is_valid()
        form.add_error("reason", str(fault))
        context = _context(request, document, 1, open_form=form)
        return render(request, "documents/show.html", context, status=422)
    return _download(read_original(document, key), "application/octet-stream", document.name, document.size)


def _signature(user: Any, place: Attachment) -> str:
    """By the post that allows the opening, which the room knows where the paper hangs."""
    subject = next(each for each in declared("subjects") if each.code == place.about_kind)
    return subject.signed(user) if subject.signed else standing_of(user).label


def _visible(request: HttpRequest, pk: uuid.UUID) -> Document:
    document = Document.objects.visible_to(request.user).filter(pk=pk).first()
    if document is None:
        raise Http404
    return document


def _readable(request: HttpRequest, pk: uuid.UUID) -> Document:
    """What waits for the virus check, or has no copy, has nothing that could be given out."""
    document = _visible(request, pk)
    if not document.is_ready or document.copy is None:
        raise Http404
    return document


def _name_of_copy(document: Document) -> str:
    stem = document.name.rpartition(".")[0]
    return f"{stem}.{document.copy.suffix}"


def _drawn(document: Document, number: int) -> bytes:
    with unnamed_file() as copy, unnamed_file() as drawn:
        for chunk in read_copy(document):
            copy.write(chunk)
        try:
            run_bounded(
                DRAWER, given=copy, into=drawn, kind=document.copy_kind, page=number - 1, longest=PAGE_PIXELS
            )
        except Unreadable as fault:
            raise Http404 from fault
        drawn.seek(0)
        return drawn.read()


def _shown(picture: bytes) -> HttpResponse:
    """For a page's own img element; opened by itself it is a picture in a sandbox."""
    return HttpResponse(picture, content_type="image/jpeg", headers=STERILE)


def _download(content: Iterator[bytes], media: str, name: str, size: int) -> StreamingHttpResponse:
    """To be saved under its name, never to be opened in place."""
    headers = STERILE | {
        "Content-Disposition": content_disposition_header(True, name),
        "Content-Length": str(size),
    }
    return StreamingHttpResponse(content, content_type=media, headers=headers)
