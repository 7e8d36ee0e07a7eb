"""Who stands above a matter: the county leaders to whom it can be escalated, nearest first."""

from collections.abc import Iterator

from django.db.models import Q

from tisu.foundation import clock
from tisu.loop.interests import interested_in
from tisu.loop.models import Matter
from tisu.orgs.models import Duty, Post, Role, Unit


def superiors_of(matter: Matter) -> list[Post]:
    """County leaders' posts of the region that someone holds, that do not watch it yet and may see it.

    First who is in charge of the lead unit, then of the office, then the others.
    """
    watching = {watch.post_id for watch in matter.watches.all()}
    near = {matter.lead.unit_id} if matter.lead else set()
    office = set(
        Unit.objects.on().filter(region=matter.region_id, duty=Duty.OFFICE).values_list("pk", flat=True)
    )
    free = [post for post in _able_to_see(matter) if post.pk not in watching]
    return sorted(free, key=lambda post: (not _charge(post) & near, not _charge(post) & office, post.pk))


def leaders_who_see(matter: Matter) -> list[Post]:
    """County leaders' posts that someone holds and that see the matter: in charge of a unit that handles it, or
    watching it."""
    handling = {row.unit_id for row in matter.current_assignments}
    watching = set(matter.watches.values_list("post", flat=True))
    return [post for post in _able_to_see(matter) if post.pk in watching or _charge(post) & handling]


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


def _able_to_see(matter: Matter) -> Iterator[Post]:
    """Held, not in charge of a walled unit, and by nobody who was recused or has an interest in one of its firms."""
    walls = matter.standing_walls
    units = {wall.unit_id for wall in walls if wall.unit_id}
    persons = {wall.user_id for wall in walls if wall.user_id} | interested_in(matter)
    for post in _leaders(matter):
        holders = _holders(post)
        if holders and not (_charge(post) | {post.unit_id}) & units and not holders & persons:
            yield post


def _holders(post: Post) -> set[int]:
    today = clock.today()
    return {row.user_id for row in post.holdings.all() if row.is_in_force(today)}
