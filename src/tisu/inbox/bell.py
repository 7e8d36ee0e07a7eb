"""The bell in the frame of every page: how many messages wait to be read."""

from typing import Any

from django.http import HttpRequest

from tisu.foundation.prepared import Blank, Prepared
from tisu.inbox.models import Message
from tisu.inbox.models.message import subjects_seen

MOST = 99
FEW = 300  # messages whose subjects are looked up in less time than the database needs to leave out the unseen ones
_ABOUT = Prepared(
    lambda: (
        Message.objects.filter(recipient=Blank("user"))
        .unread()
        .values_list("about_kind", "about_key")[: FEW + 1]
    )
)


def bell(request: HttpRequest) -> dict[str, Any]:
    count = unread_count(request)
    return {"count": count, "shown": shown(count)}


def shown(count: int) -> str:
    return f"{MOST}+" if count > MOST else str(count)


def unread_count(request: HttpRequest) -> int:
    """Counted once for a page, and no further than the bell can show."""
    known = getattr(request, "_unread_messages", None)
    if known is None:
        known = request._unread_messages = _unread(request.user)
    return known


def _unread(user: Any) -> int:
    """Of few unread messages the subjects are looked up, and those that may be seen counted; of many, the database
    does it."""
    about = _ABOUT(user=user.pk)
    if len(about) > FEW:
        return Message.objects.shown_to(user).unread().values("pk")[: MOST + 1].count()
    seen = subjects_seen(user, about)
    return min(sum(each in seen for each in about), MOST + 1)
