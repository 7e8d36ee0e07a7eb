"""Who stands above a matter: the county leaders to whom it can be escalated, nearest first."""

from django.db.models import Q

from tisu.foundation import clock
from tisu.loop.models import ConflictOfInterest, Matter
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
    kept_out = _kept_out(matter)
    free = [
        post
        for post in posts
        if post.pk not in watching and _holders(post) and not _is_walled(matter, post, kept_out)
    ]
    return sorted(free, key=lambda post: (not _charge(post) & near, not _charge(post) & office, post.pk))


def leaders_who_see(matter: Matter) -> list[Post]:
    """County leaders' posts that someone holds and that see the matter: in charge of a unit that handles it, or
    watching it."""
    handling = {row.unit_id for row in matter.current_assignments}
    watching, kept_out = set(matter.watches.values_list("post", flat=True)), _kept_out(matter)
    return [
        post
        for post in _leaders(matter)
        if (post.pk in watching or _charge(post) & handling)
        and _holders(post)
        and not _is_walled(matter, post, kept_out)
    ]


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


def _is_walled(matter: Matter, post: Post, kept_out: set[int]) -> bool:
    """A leader in charge of a walled unit, or kept out in person, is not told."""
    return bool((_charge(post) | {post.unit_id}) & matter.walled_units or _holders(post) & kept_out)


def _kept_out(matter: Matter) -> set[int]:
    """Who was recused, and who has an interest in the firm."""
    recused = {wall.user_id for wall in matter.standing_walls if wall.user_id}
    if matter.enterprise_id is None:
        return recused
    interested = ConflictOfInterest.objects.on().filter(enterprise=matter.enterprise_id)
    return recused | set(interested.values_list("user_id", flat=True))


def _holders(post: Post) -> set[int]:
    today = clock.today()
    return {row.user_id for row in post.holdings.all() if row.is_in_force(today)}
