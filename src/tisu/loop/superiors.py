"""Who stands above a matter: the county leaders to whom it can be escalated, nearest first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from tisu.accounts.models import PostHolding
from tisu.foundation import clock
from tisu.foundation.prepared import Blank, Prepared
from tisu.loop.interests import interested_in
from tisu.loop.models import Matter, Watch
from tisu.orgs.models import Duty, Post, Role, Unit


@dataclass(frozen=True)
class Leader:
    """A county leader's post by its key, where it is, the units in its charge, and who holds it today."""

    post: int
    unit: int
    charge: set[int]
    holders: set[int]


def _leaders(region: Any, day: Any):
    return Post.objects.on(day).filter(role=Role.COUNTY_LEADER, unit__region=region)


_DAY, _REGION = Blank("day", date), Blank("region", str)
_POSTS = Prepared(lambda: _leaders(_REGION, _DAY).order_by().values_list("pk", "unit_id"))
_POST = Prepared(lambda: Post.objects.filter(pk=Blank("pk")).select_related("unit"))
_CHARGES = Prepared(
    lambda: Post.in_charge_of.through.objects.filter(
        post__role=Role.COUNTY_LEADER, post__unit__region=_REGION
    ).values_list("post_id", "unit_id")
)
_HOLDERS = Prepared(
    lambda: (
        PostHolding.objects.on(_DAY)
        .filter(post__role=Role.COUNTY_LEADER, post__unit__region=_REGION)
        .order_by()
        .values_list("post_id", "user_id")
    )
)
_OFFICES = Prepared(
    lambda: Unit.objects.on(_DAY).filter(region=_REGION, duty=Duty.OFFICE).values_list("pk", flat=True)
)
_WATCHING = Prepared(
    lambda: Watch.objects.filter(matter=Blank("matter")).order_by().values_list("post_id", flat=True)
)


def superiors_of(matter: Matter) -> list[Post]:
    """County leaders' posts of the region that someone holds, that do not watch it yet and may see it.

    First who is in charge of the lead unit, then of the office, then the others.
    """
    return _posts(superior_keys(matter))


def next_superior(matter: Matter) -> Post | None:
    """Only the first of them."""
    return next((_POST.first(pk=key) for key in superior_keys(matter)), None)


def superior_keys(matter: Matter) -> list[int]:
    """The same by key, for whoever only asks whether a post is among them."""
    watching = set(_WATCHING(matter=matter.pk))
    near = {matter.lead.unit_id} if matter.lead else set()
    office = set(_OFFICES(region=matter.region_id, day=clock.today()))
    free = [leader for leader in _able_to_see(matter) if leader.post not in watching]
    free.sort(key=lambda each: (not each.charge & near, not each.charge & office, each.post))
    return [leader.post for leader in free]


def leaders_who_see(matter: Matter) -> list[Post]:
    """County leaders' posts that someone holds and that see the matter: in charge of a unit that handles it, or
    watching it."""
    handling = {row.unit_id for row in matter.current_assignments}
    watching = set(_WATCHING(matter=matter.pk))
    able = _able_to_see(matter)
    return _posts(each.post for each in able if each.post in watching or each.charge & handling)


def _posts(keys: Iterable[int]) -> list[Post]:
    """In this order."""
    keys = list(keys)
    found = Post.objects.select_related("unit").in_bulk(keys) if keys else {}
    return [found[key] for key in keys]


def post_named(matter: Matter, words: str) -> Post | None:
    """A leader's post by its key, or by its holder's user name."""
    today = clock.today()
    ended = Q(holdings__until__isnull=True) | Q(holdings__until__gt=today)
    named = Q(holdings__user__username=words, holdings__since__lte=today) & ended
    if words.isascii() and words.isdigit() and len(words) < 10:
        named |= Q(pk=int(words))
    return _leaders(matter.region_id, today).filter(named).select_related("unit").distinct().first()


def _able_to_see(matter: Matter) -> Iterator[Leader]:
    """Held, not in charge of a walled unit, and by nobody who was recused or has an interest in one of its firms."""
    walls = matter.standing_walls
    units = {wall.unit_id for wall in walls if wall.unit_id}
    persons = {wall.user_id for wall in walls if wall.user_id} | interested_in(matter)
    for leader in _leaders_of(matter.region_id, clock.today()):
        reached = leader.charge | {leader.unit}
        if leader.holders and not reached & units and not leader.holders & persons:
            yield leader


def _leaders_of(region: str, day: date) -> Iterator[Leader]:
    charges, holders = _by_post(_CHARGES(region=region)), _by_post(_HOLDERS(region=region, day=day))
    posts = _POSTS(region=region, day=day)
    return (Leader(post, unit, charges[post], holders[post]) for post, unit in posts)


def _by_post(pairs: Iterable[tuple[int, int]]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for post, other in pairs:
        found[post].add(other)
    return found
