"""Uploads over HTTP (architecture.md §2). Open to strangers, as reports are; the page's own script comes here too."""

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from tisu.accounts.callers import address_of, caller_of
from tisu.documents.faults import NotTaken
from tisu.documents.taking import take_in
from tisu.documents.words import size_in_words
from tisu.web.problem import problem

router = Router(tags=["documents"])


class TakenIn(Schema):
    """`id` is what `documents` of a report or an act names; whoever uploaded it may name it once, within 24 hours."""

    id: str
    name: str
    size: int
    size_in_words: str
    status: str


@router.post("/documents", auth=None, response={201: TakenIn}, summary="Upload one document")
def upload(
    request: HttpRequest, file: File[UploadedFile], unnamed: Form[bool] = False
) -> Status | HttpResponse:
    """Multipart, one `file`. `unnamed` ties it to nobody: for a report that is handed in anonymously."""
    user = None if unnamed else caller_of(request)
    try:
        document = take_in(file, user=user, address=address_of(request))
    except NotTaken as fault:
        return problem(422, fault.sentence, errors={"file": [fault.sentence]})
    return Status(
        201,
        {
            "id": str(document.pk),
            "name": document.name,
            "size": document.size,
            "size_in_words": size_in_words(document.size),
            "status": document.status,
        },
    )
