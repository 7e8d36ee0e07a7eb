"""Who stands above a matter: the county leaders to whom it can be escalated, nearest first."""

from django.db.models import Q

from tisu.foundation import clock
from tisu.loop.models import Matter
from tisu.orgs.models import Duty, Post, Role, Unit


def superiors_of(matter: Matter) -> list[Post]:
    """County leaders' posts of the region that someone holds, that do not watch it yet and may see it.

    First who is in charge of the lead unit, then of the office, then the others.
    """
    posts = list(_leaders(matter))
    watching = {watch.post_id for watch in matter.watches.all()}
    near = {matter.lead.unit_id} if matter.lead else set()
    office = set(
        Unit.objects.on().filter(region=matter.region_id, duty=Duty.OFFICE).values_list("pk", flat=True)
    )
    free = [
        post for post in posts if post.pk not in watching and _holders(post) and not _is_walled(matter, post)
    ]
    return sorted(free, key=lambda post: (not _charge(post) & near, not _charge(post) & office, post.pk))


def post_named(matter: Matter, words: str) -> Post | None:
    """A leader's post by its key, or by its holder's user name."""
    named = Q(holdings__user__username=words) & _holding_today()
    if words.isascii() and words.isdigit() and len(words) < 10:
        named |= Q(pk=int(words))
    return _leaders(matter).filter(named).first()


def _leaders(matter: Matter):
    posts = Post.objects.on().filter(role=Role.COUNTY_LEADER, unit__region=matter.region_id)
    return posts.select_related("unit").prefetch_related("in_charge_of", "holdings").distinct()


def _holding_today() -> Q:
    today = clock.today()
    ended = Q(holdings__until__isnull=True) | Q(holdings__until__gt=today)
    return Q(holdings__since__lte=today) & ended


def _charge(post: Post) -> set[int]:
    return {unit.pk for unit in post.in_charge_of.all()}


def _is_walled(matter: Matter, post: Post) -> bool:
    """A leader in charge of a walled unit, or recused in person, is not told."""
    recused = {wall.user_id for wall in matter.standing_walls if wall.user_id}
    return bool((_charge(post) | {post.unit_id}) & matter.walled_units or _holders(post) & recused)


def _holders(post: Post) -> set[int]:
    today = clock.today()
    return {row.user_id for row in post.holdings.all() if row.is_in_force(today)}
