"""Keyset paging: a page begins after the last key of the one before, so a late page costs what the first did."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

PAGE = 50
LARGEST = 200


def keyset_page(rows: QuerySet, request: HttpRequest) -> tuple[list[Any], str | None]:
    """Newest first. Returns the items and the path of the next page, or None on the last.

    `after` is the key of the last item seen, `limit` how many to give (50, at most 200); both from the query
    string, where anything unreadable counts as not given.
    """
    size = min(_whole(request.GET.get("limit")) or PAGE, LARGEST)
    after = _whole(request.GET.get("after"))
    rows = rows.order_by("-pk")
    if after:
        rows = rows.filter(pk__lt=after)
    items = list(rows[: size + 1])
    if len(items) <= size:
        return items, None
    query = request.GET.copy()
    query["after"] = str(items[size - 1].pk)
    return items[:size], f"{request.path}?{query.urlencode()}"


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
