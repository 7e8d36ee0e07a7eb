"""A person's own posts: what they hold, who stands in for them, for whom they do."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from tisu.accounts.models import Delegation, PostHolding, User
from tisu.accounts.standing import standing_of
from tisu.foundation import clock


def has_posts(user: User) -> bool:
    """Whose menu leads to a page of their own: whoever holds a post today or stands in at one."""
    return any(role.post_id for role in standing_of(user).bound)


def works_here(user: User) -> bool:
    """Whoever has posts and is no administrator, whose menu is their own and nothing else."""
    return has_posts(user) and not standing_of(user).is_administrator


def own_page(request: HttpRequest) -> dict[str, Any]:
    """The line of the person's menu."""
    return {"shown": has_posts(request.user)}


def posts_of(user: User) -> QuerySet[PostHolding]:
    """All that were ever held, those of today first."""
    return user.holdings.select_related("post__unit")


def standing_in_for(user: User) -> QuerySet[Delegation]:
    """Who stands in at the person's posts, now or later: secretaries, and covers of this very person."""
    held = PostHolding.objects.on().filter(user=user).values("post")
    rows = Delegation.objects.lasting_beyond(clock.today()).exclude(
        holder__isnull=False, until__lte=clock.today()
    )
    rows = rows.filter(Q(holder=user) | Q(holder__isnull=True, post__in=held))
    return rows.select_related("post__unit", "user")


def stood_in_for_by(user: User) -> QuerySet[Delegation]:
    """For whom the person stands in, now or later."""
    rows = user.delegations.lasting_beyond(clock.today())
    return rows.select_related("post__unit", "holder")
