"""The bell in the frame of every page: how many messages wait to be read."""

from typing import Any

from django.http import HttpRequest

from tisu.inbox.models import Message

MOST = 99


def bell(request: HttpRequest) -> dict[str, Any]:
    count = unread_count(request)
    return {"count": count, "shown": f"{MOST}+" if count > MOST else str(count)}


def unread_count(request: HttpRequest) -> int:
    """Counted once for a page, and no further than the bell can show."""
    known = getattr(request, "_unread_messages", None)
    if known is None:
        rows = Message.objects.shown_to(request.user).unread().values("pk")
        known = request._unread_messages = rows[: MOST + 1].count()
    return known
