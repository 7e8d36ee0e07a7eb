"""Keyset paging: a page begins after the last key of the one before, so a late page costs what the first did."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from tisu.foundation.sealed import SealBroken, open_sealed, seal

PAGE = 50
LARGEST = 200
CURSOR = "page cursor"


def keyset_page(rows: QuerySet, request: HttpRequest) -> tuple[list[Any], str | None]:
    """Newest first. Returns the items and the path of the next page, or None on the last.

    `after` tells the last item seen, `limit` how many to give (50, at most 200); both from the query string,
    where anything unreadable counts as not given. `after` is sealed: from bare keys one could count what is
    walled off between two items.
    """

    def read(after: int, count: int) -> list[Any]:
        older = rows.filter(pk__lt=after) if after else rows
        return list(older.order_by("-pk")[:count])

    return page_of(read, request)


def page_of(read: Callable[[int, int], list[Any]], request: HttpRequest) -> tuple[list[Any], str | None]:
    """The same of rows that are not read from a query set: `read(after, count)` gives so many before a key, 0 for all."""
    size = min(_whole(request.GET.get("limit")) or PAGE, LARGEST)
    items = read(_opened(request.GET.get("after", "")), size + 1)
    if len(items) <= size:
        return items, None
    query = request.GET.copy()
    query["after"] = _sealed(items[size - 1].pk)
    return items[:size], f"{request.path}?{query.urlencode()}"


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def _sealed(key: int) -> str:
    return urlsafe_b64encode(seal(str(key), context=CURSOR)).decode()


def _opened(cursor: str) -> int:
    try:
        return int(open_sealed(urlsafe_b64decode(cursor.encode()), context=CURSOR)) if cursor else 0
    except (SealBroken, ValueError):
        return 0
