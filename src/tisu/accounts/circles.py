"""Nobody stands in for their own post, nor several for one another in a circle: four eyes would be two."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tisu.accounts.models import Delegation, PostHolding, User
from tisu.orgs.models import Post


def runs_in_no_circle(post: Post, user: User, since: date, until: date | None = None) -> None:
    """ValidationError where this person, standing in at the post, would do so for themselves in the end."""
    holders = {row.user_id for row in post.holdings.overlapping(since, until)}
    if user.pk in holders:
        raise ValidationError({"user": _("%(person)s holds this very post.") % {"person": user}})
    if user.pk in _stood_in_for_by(holders, since, until):
        raise ValidationError(
            {"user": _("%(person)s would stand in for someone who stands in for them.") % {"person": user}}
        )


def stands_in_for_no_deputy(post: Post, user: User, since: date) -> None:
    """The same from the other side: whoever takes a post does not stand in for those who stand in there."""
    deputies = set(post.delegations.overlapping(since).values_list("user", flat=True))
    if user.pk in deputies or deputies & _stood_in_for_by({user.pk}, since, None):
        raise ValidationError(
            {
                "user": _("%(person)s stands in for someone who stands in at this post: end that first.")
                % {"person": user}
            }
        )


def _stood_in_for_by(users: set[int], since: date, until: date | None) -> set[int]:
    """Everyone for whom one of these stands in during that time, or for whom such a one does, and so on."""
    found: set[int] = set()
    delegations = Delegation.objects.overlapping(since, until)
    while users:
        posts = delegations.filter(user__in=users).values("post")
        holdings = PostHolding.objects.overlapping(since, until).filter(post__in=posts)
        users = set(holdings.values_list("user", flat=True)) - found
        found |= users
    return found
