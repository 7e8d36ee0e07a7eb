"""Evidence on promises: whoever sees a promise reads what hangs on it; the office and supervision open originals."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from tisu.accounts.standing import standing_of
from tisu.foundation.rooms import Subject
from tisu.loop.queries import OVERSIGHT_ROLES
from tisu.promises.findable import SUBJECT
from tisu.promises.models import Promise

EVIDENCE = "evidence"


def _visible(user: Any, keys: Iterable[int]) -> QuerySet:
    return Promise.objects.visible_to(user).filter(pk__in=keys).order_by().values_list("pk", flat=True)


def _opens(user: Any, keys: Iterable[int]) -> QuerySet:
    rows = _visible(user, keys)
    return rows if standing_of(user).has(*OVERSIGHT_ROLES) else rows.none()


def _told(user: Any, keys: Iterable[int]) -> set[int]:
    return set(_visible(user, keys))


def _place(key: int) -> dict[str, Any]:
    promise = Promise.objects.get(pk=key)
    return {"label": promise.head, "url": reverse("promises:promise", args=[promise.number])}


PROMISES = Subject(SUBJECT, _told, parts={EVIDENCE: _visible}, opens=_opens, place=_place)


def about(promise: Promise) -> tuple[str, int]:
    return PROMISES.code, promise.pk
