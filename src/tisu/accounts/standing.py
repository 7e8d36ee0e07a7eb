"""What a person is to the house today: the roles that every declared source grants.

A role source is a function `(user, day) -> Iterable[GrantedRole]` that a room declares: a post (here), a
firm's mandate, an observer's letter. Nothing else grants anything.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, wraps
from typing import TypeVar

from django.utils.translation import gettext as _

from tisu.accounts.models import Delegation, PostHolding, User
from tisu.foundation import clock
from tisu.foundation.prepared import Blank, Prepared
from tisu.foundation.rooms import declared
from tisu.orgs.models import ADMINISTRATORS, Role

T = TypeVar("T")


@dataclass(frozen=True)
class GrantedRole:
    """One role with its scope: the unit and region it acts in, and the units a leader is in charge of."""

    code: str
    label: str
    unit_id: int | None = None
    region: str = ""
    post_id: int | None = None
    in_charge_of: frozenset[int] = frozenset()
    on_behalf: bool = False
    holders: frozenset[int] = frozenset()
    enterprise_id: int | None = None


@dataclass(frozen=True)
class Standing:
    """All roles of one person on one day, and the questions permission asks of them."""

    user: User
    day: date
    roles: tuple[GrantedRole, ...] = field(default=())

    def having(self, *codes: str) -> Iterator[GrantedRole]:
        return (role for role in self.roles if role.code in codes)

    def has(self, *codes: str) -> bool:
        return any(self.having(*codes))

    def regions(self, *codes: str) -> set[str]:
        return {role.region for role in self.having(*codes)}

    def units(self, *codes: str) -> set[int]:
        return {role.unit_id for role in self.having(*codes) if role.unit_id}

    def posts(self, *codes: str) -> set[int]:
        return {role.post_id for role in self.having(*codes) if role.post_id}

    @cached_property
    def persons(self) -> frozenset[int]:
        """This person and the holders of the posts they stand in for: a recusal of one binds both."""
        return frozenset({self.user.pk}).union(*(role.holders for role in self.roles))

    @cached_property
    def all_units(self) -> frozenset[int]:
        """Every unit this person belongs to or is in charge of: where a wall would reach them."""
        own = {role.unit_id for role in self.roles if role.unit_id}
        return frozenset(own.union(*(role.in_charge_of for role in self.roles)))

    @cached_property
    def is_administrator(self) -> bool:
        return any(role.code in ADMINISTRATORS for role in self.roles)

    @cached_property
    def enterprises(self) -> frozenset[int]:
        return frozenset(role.enterprise_id for role in self.roles if role.enterprise_id)

    @property
    def label(self) -> str:
        """How this person's acts are signed: posts, not names."""
        return self.roles[0].label if self.roles else _("no post")


def read_once(read: Callable[..., T]) -> Callable[..., T]:
    """What a room reads about a standing is kept with it, so for one request: asked again, it costs nothing.

    `read(standing, *of)`; what it is asked `of` must be hashable.
    """

    @wraps(read)
    def known(standing: Standing, *of: Hashable) -> T:
        kept = vars(standing).setdefault("_read", {})
        if (read, *of) not in kept:
            kept[read, *of] = read(standing, *of)
        return kept[read, *of]

    return known


def standing_of(user: User) -> Standing:
    """A person's standing today, read once per user object, so once per request."""
    today = clock.today()
    known = getattr(user, "_standing", None)
    if known is None or known.day != today:
        known = Standing(user, today, tuple(_granted(user, today)))
        user._standing = known
    return known


def _granted(user: User, day: date) -> Iterator[GrantedRole]:
    if not user.is_authenticated or not user.is_active:
        return
    for source in declared("role_sources"):
        yield from source(user, day)


# Every page and every act begins with these.
_USER, _DAY = Blank("user"), Blank("day", date)
_HELD = Prepared(lambda: PostHolding.objects.on(_DAY).filter(user=_USER).select_related("post__unit"))
_STOOD_IN_FOR = Prepared(
    lambda: (
        Delegation.objects.on(_DAY)
        .filter(user=_USER, post__in=PostHolding.objects.on(_DAY).values("post"))
        .select_related("post__unit")
    )
)


def roles_from_posts(user: User, day: date) -> Iterable[GrantedRole]:
    """A post held today, while post and unit are in force, grants the post's role in its unit."""
    for holding in _HELD(user=user.pk, day=day):
        yield from _role_of(holding.post, day, on_behalf=False)


def roles_from_delegations(user: User, day: date) -> Iterable[GrantedRole]:
    """A secretary stands in for the holder of a post: as long as the delegation lasts, and somebody holds it."""
    for delegation in _STOOD_IN_FOR(user=user.pk, day=day):
        yield from _role_of(delegation.post, day, on_behalf=True)


def _role_of(post, day: date, *, on_behalf: bool) -> Iterable[GrantedRole]:
    if not (post.is_in_force(day) and post.unit.is_in_force(day)):
        return
    label = _("%(post)s (by secretary)") % {"post": post} if on_behalf else str(post)
    charge = (
        frozenset(post.in_charge_of.values_list("pk", flat=True))
        if post.role == Role.COUNTY_LEADER
        else frozenset()
    )
    yield GrantedRole(
        code=post.role,
        label=label,
        unit_id=post.unit_id,
        region=post.unit.region_id,
        post_id=post.pk,
        in_charge_of=charge,
        on_behalf=on_behalf,
        holders=_holders(post, day) if on_behalf else frozenset(),
    )


def _holders(post, day: date) -> frozenset[int]:
    return frozenset(PostHolding.objects.on(day).filter(post=post).values_list("user_id", flat=True))
