"""Promises go with the post: whoever takes it over signs for what its holders promised, and for what its unit answers for."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_at
from tisu.foundation.rooms import HandOverList, OpenItem
from tisu.loop.queries import UNIT_ROLES, interests_of
from tisu.orgs.models import Post, Unit
from tisu.promises.models import Promise
from tisu.promises.queries import PromiseQuerySet
from tisu.promises.states import State


def owed_by(unit: Unit) -> int:
    return Promise.objects.running().filter(unit=unit).count()


def _of_post(post: Post, user: User) -> PromiseQuerySet:
    standing = standing_at(user, post)
    if standing.is_administrator:
        return Promise.objects.none()
    answers = Q(unit=post.unit_id) if post.role in UNIT_ROLES else Q(pk__in=())
    rows = Promise.objects.running().filter(Q(maker=post) | answers)
    return rows.exclude(pk__in=rows.filter(enterprise__in=interests_of(standing)).values("pk"))


def _items(post: Post, user: User) -> Iterable[OpenItem]:
    for row in _of_post(post, user).order_by("due_on", "pk"):
        due = row.due_on.isoformat() if row.due_on else ""
        yield OpenItem(row.pk, {"number": row.number, "state": str(row.state), "due": due})


def _words(post: Post, user: User, keys: Iterable[int]) -> dict[int, tuple[str, str]]:
    rows = _of_post(post, user).filter(pk__in=list(keys))
    return {row.pk: (row.head, reverse("promises:promise", args=[row.number])) for row in rows}


def _cells(facts: dict[str, Any]) -> tuple[str, ...]:
    return facts["number"], str(State(facts["state"]).label), facts["due"]


HAND_OVER_LISTS = (
    HandOverList(
        "promises",
        _("Promises that are owed"),
        (_("Number"), _("State"), _("To be kept by")),
        _items,
        _words,
        _cells,
    ),
)
