"""What the house itself hands over with a post: who stands in there."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import Delegation, StandIn, User
from tisu.foundation import clock
from tisu.foundation.rooms import HandOverList, OpenItem
from tisu.orgs.models import Post


def _standing_in(post: Post, _user: User) -> Iterable[OpenItem]:
    """Secretaries, who stay with the post; a cover ends with the time of the one who was away."""
    for row in post.delegations.filter(kind=StandIn.SECRETARY).lasting_beyond(clock.today()).order_by("pk"):
        yield OpenItem(row.pk, {"kind": row.kind, "since": row.since.isoformat()})


def _words(post: Post, _user: User, keys: Iterable[int]) -> dict[int, tuple[str, str]]:
    rows = Delegation.objects.filter(post=post, pk__in=list(keys)).select_related("user")
    return {row.pk: (row.user.name, reverse("me:own")) for row in rows}


def _cells(facts: dict[str, Any]) -> tuple[str, ...]:
    return str(StandIn(facts["kind"]).label), facts["since"]


STANDING_IN = HandOverList(
    "standing-in", _("Who stands in"), (_("As"), _("Since")), _standing_in, _words, _cells
)
