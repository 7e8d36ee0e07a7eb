"""A page of firms by words alone, about as quickly as by their keys (docs/performance.md).

The SQL of a look-up is made once for each shape of question (ADR 0019): how many words there are that must stand in the
text as they were typed, and whether the reader has one region or is a firm. Whoever narrows the list further, or has
posts in several regions, asks the query set; both find the same, in the same order.
"""

from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import F
from django.http import HttpRequest

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.enterprises.findable import SUBJECT
from tisu.enterprises.models import Enterprise
from tisu.enterprises.queries import STAFF, EnterpriseQuerySet
from tisu.foundation import clock, search
from tisu.foundation.paging import PAGE, page_of
from tisu.foundation.prepared import Blank, Prepared, Spelled

MOST_PHRASES = 3
LAST = 2**62  # beyond every key
SPELLED = ("match", "first", "beyond", "after", "month")


def page_found_by(words: str, request: HttpRequest) -> tuple[list[Enterprise], str | None]:
    """What `visible_to(user).found_by(words).for_rows()` has on this page, and the address of the next one."""
    return page_of(lambda after, count: look_up(request.user, words, after=after, count=count), request)


def look_up(user: User, words: str, *, after: int = 0, count: int = PAGE + 1) -> list[Enterprise]:
    """The newest firms of which all these words are true, registered before the one of the key `after`."""
    asked, region = search.question(words), _one_region(user)
    if asked is None or not region or len(asked.phrases) > MOST_PHRASES or count != PAGE + 1:
        rows = Enterprise.objects.visible_to(user).found_by(words).for_rows()
        return list(rows.filter(pk__lt=after or LAST).order_by("-pk")[:count])
    phrases = {f"phrase{place}": phrase for place, phrase in enumerate(asked.phrases)}
    return _prepared(len(asked.phrases))(
        match=asked.match, first=region, beyond=f"{region}~", after=after or LAST,
        month=clock.today().replace(day=1), **phrases,
    )  # fmt: skip


def _one_region(user: User) -> str:
    """Where this person sees the firms of one region and no others, as nearly everyone does."""
    standing = standing_of(user)
    regions = standing.regions(*STAFF)
    is_plain = len(regions) == 1 and not standing.enterprises and not standing.is_administrator
    return next(iter(regions)) if is_plain else ""


@cache
def _prepared(phrases: int) -> Prepared:
    return Prepared(lambda: _rows(phrases), spelled=SPELLED)


def _rows(phrases: int) -> EnterpriseQuerySet:
    typed = [Blank(f"phrase{place}", str) for place in range(phrases)]
    keys = search.matching_of(SUBJECT, Spelled("match", str), typed)
    rows = Enterprise.objects.filter(
        pk__in=keys, pk__lt=Spelled("after"), survivor=None,
        region_id__gte=Spelled("first", str), region_id__lt=Spelled("beyond", str),
    )  # fmt: skip
    return rows.for_rows(Spelled("month", date)).order_by(_newest_first())[: PAGE + 1]


def _newest_first() -> Any:
    """On PostgreSQL by what no index has, or it walks through all firms until it has met enough of those found.

    SQLite goes through what was found in this order anyway, and stops when the page is full.
    """
    return (F("pk") + 0).desc() if connection.vendor == "postgresql" else F("pk").desc()
