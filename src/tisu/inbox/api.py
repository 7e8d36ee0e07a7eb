"""One's own messages over HTTP: the same rows as the page, and nobody else's."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.responses import Status

from tisu.foundation.paging import keyset_page
from tisu.inbox.models import Message
from tisu.inbox.services import mark_read
from tisu.web.problem import problem

router = Router(tags=["messages"])


class MessageItem(Schema):
    id: UUID
    subject: str
    text: str
    url: str
    urgent: bool
    at: datetime
    read_at: datetime | None


class MessagePage(Schema):
    items: list[MessageItem]
    next: str | None


@router.get("/messages", response=MessagePage, summary="The caller's messages, newest first")
def list_messages(request: HttpRequest, unread: bool = False) -> dict:
    rows = Message.objects.shown_to(request.user)
    items, following = keyset_page(rows.unread() if unread else rows, request)
    return {"items": [item_of(message) for message in items], "next": following}


@router.post("/messages/{id}/read", response={200: MessageItem}, summary="Mark one message as read")
def read_message(request: HttpRequest, id: UUID) -> Status | HttpResponse:
    """Reading twice is reading once: the first time counts."""
    message = Message.objects.shown_to(request.user).filter(key=id).first()
    if message is None:
        return problem(404, _("There is no such message, or it is not yours to see."))
    mark_read(message)
    return Status(200, item_of(message))


def item_of(message: Message) -> dict:
    return {
        "id": message.key,
        "subject": message.subject,
        "text": message.text,
        "url": message.url,
        "urgent": message.urgent,
        "at": message.at,
        "read_at": message.read_at,
    }
