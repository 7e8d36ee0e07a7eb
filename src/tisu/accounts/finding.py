"""Accounts found by whatever is known of a person."""

from django.db.models import Prefetch, Q, QuerySet

from tisu.accounts.mobile import as_mobile
from tisu.accounts.models import PostHolding, User
from tisu.foundation.textnorm import narrow


def found(words: str) -> QuerySet[User]:
    """By name, user name or whole mobile number, with the posts they hold today."""
    held = PostHolding.objects.on().select_related("post__unit")
    rows = User.objects.prefetch_related(Prefetch("holdings", held, to_attr="held"))
    text = narrow(words)
    if number := as_mobile(words):
        return rows.filter(mobile=number)
    return rows.filter(Q(name__icontains=words) | Q(username__icontains=text)) if words else rows
