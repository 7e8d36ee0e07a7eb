"""What support hands over with a leader's post: the task forces that it leads and that are at work."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_at
from tisu.foundation.rooms import HandOverList, OpenItem
from tisu.orgs.models import Post
from tisu.support.force_queries import TaskForceQuerySet
from tisu.support.models import TaskForce


def _led_by(post: Post, user: User) -> TaskForceQuerySet:
    """Those that no wall keeps from this person."""
    return TaskForce.objects.outside_walls(standing_at(user, post)).at_work().filter(lead=post)


def _items(post: Post, user: User) -> Iterable[OpenItem]:
    for force in _led_by(post, user).order_by("pk"):
        yield OpenItem(force.pk, {"since": force.since.isoformat(), "due": force.due_on.isoformat()})


def _words(post: Post, user: User, keys: Iterable[int]) -> dict[int, tuple[str, str]]:
    rows = TaskForce.objects.outside_walls(standing_at(user, post)).filter(pk__in=list(keys))
    return {force.pk: (force.name, reverse("support:force", args=[force.pk])) for force in rows}


def _cells(facts: dict[str, Any]) -> tuple[str, ...]:
    return facts["since"], facts["due"]


HAND_OVER_LISTS = (
    HandOverList(
        "task-forces", _("Task forces"), (_("Begins on"), _("Ends or is reviewed")), _items, _words, _cells
    ),
)
