"""What a person is to the house today: the roles that every declared source grants.

A role source is a function `(user, day) -> Iterable[GrantedRole]` that a room declares: a post (here), a
firm's mandate, an observer's letter. Nothing else grants anything.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, wraps
from typing import TypeVar

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy

from tisu.accounts.models import Delegation, PostHolding, StandIn, User
from tisu.foundation import clock
from tisu.foundation.prepared import Blank, Prepared
from tisu.foundation.rooms import declared
from tisu.foundation.signatures import as_written
from tisu.orgs.models import ADMINISTRATORS, Role

T = TypeVar("T")


@dataclass(frozen=True)
class GrantedRole:
    """One role with its scope: the unit and region it acts in, and the units a leader is in charge of.

    `took_over` are units that are no more and whose work this one's goes on with: what was theirs is this role's, walls too.
    `stands_in` is the kind of delegation where it comes from one; `holders` are those whose post it then is.
    """

    code: str
    label: str
    unit_id: int | None = None
    region: str = ""
    post_id: int | None = None
    in_charge_of: frozenset[int] = frozenset()
    took_over: frozenset[int] = frozenset()
    stands_in: str = ""
    holders: frozenset[int] = frozenset()
    enterprise_id: int | None = None

    @property
    def on_behalf(self) -> bool:
        return bool(self.stands_in)

    @property
    def units(self) -> frozenset[int]:
        return self.took_over | {self.unit_id} if self.unit_id else frozenset()

    @property
    def key(self) -> str:
        """What tells it apart from the other roles of one person, in a form and in a session."""
        return "-".join((self.code, str(self.post_id or self.enterprise_id or 0), self.stands_in or "own"))


@dataclass(frozen=True)
class Standing:
    """What one person is on one day, and the questions permission asks of it.

    `roles` grant; `bound` are all that the person has, and bind: whoever chose to act as one of several posts
    (`acting_as`) keeps the walls, the units and the hands of all of them.
    """

    user: User
    day: date
    roles: tuple[GrantedRole, ...] = field(default=())
    bound: tuple[GrantedRole, ...] = field(default=())
    acting_as: GrantedRole | None = None

    def having(self, *codes: str) -> Iterator[GrantedRole]:
        return (role for role in self.roles if role.code in codes)

    def has(self, *codes: str) -> bool:
        return any(self.having(*codes))

    def regions(self, *codes: str) -> set[str]:
        return {role.region for role in self.having(*codes)}

    def units(self, *codes: str) -> set[int]:
        """Units by key, those among them whose work they went on with."""
        return set().union(*(role.units for role in self.having(*codes)))

    def posts(self, *codes: str) -> set[int]:
        return {role.post_id for role in self.having(*codes) if role.post_id}

    @cached_property
    def persons(self) -> frozenset[int]:
        """This person and the holders of the posts they stand in for: a recusal of one binds both."""
        return frozenset({self.user.pk}).union(*(role.holders for role in self.bound))

    @cached_property
    def hands(self) -> frozenset[int]:
        """Whose acts count as done by whoever acts by these roles: four eyes are not two pairs of one post."""
        return frozenset({self.user.pk}).union(*(role.holders for role in self.roles))

    @cached_property
    def faces(self) -> tuple["Standing", ...]:
        """As whom one may act: by one's own roles, and apart from them by each that is another person's.

        What one may do in one's own right is not lost by standing in for a colleague, nor gained.
        """
        lent = [role for role in self.roles if role.on_behalf]
        if not lent:
            return (self,)
        own = tuple(role for role in self.roles if not role.on_behalf)
        return (self.by(*own), *(self.by(role) for role in lent))

    def by(self, *roles: GrantedRole) -> "Standing":
        """The same person by these roles alone, bound by all of them."""
        return replace(self, roles=roles)

    @cached_property
    def all_units(self) -> frozenset[int]:
        """Every unit this person belongs to or is in charge of: where a wall would reach them."""
        return frozenset().union(*(role.units | role.in_charge_of for role in self.bound))

    @cached_property
    def is_administrator(self) -> bool:
        return any(role.code in ADMINISTRATORS for role in self.bound)

    @cached_property
    def enterprises(self) -> frozenset[int]:
        return frozenset(role.enterprise_id for role in self.roles if role.enterprise_id)

    @property
    def label(self) -> str:
        """How this person's acts are signed where one post alone can allow them: posts, not names."""
        return self.roles[0].label if self.roles else as_written(NO_POST)

    def label_as(self, *codes: str) -> str:
        """How an act is signed that one of these roles allows: by the post that does."""
        return next((role.label for role in self.having(*codes)), self.label)


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
    """A person's standing today, read once per user object, so once per request.

    Who chose in this session to act as one post (`choose_role`) has its role alone, for as long as they hold it.
    """
    today = clock.today()
    known = getattr(user, "_standing", None)
    if known is None or known.day != today:
        known = user._standing = _standing(user, today)
    return known


def _standing(user: User, day: date) -> Standing:
    with translation.override(settings.LANGUAGE_CODE):  # a label signs what is written down
        every = tuple(_granted(user, day))
    wanted = getattr(user, "_chosen_role", "")
    chosen = next((role for role in every if role.key == wanted), None) if wanted else None
    return Standing(user, day, (chosen,) if chosen else every, bound=every, acting_as=chosen)


def choose_role(user: User, key: str) -> User:
    """From now on this user object acts as one of the roles, by its key, or with none as all of them."""
    user._chosen_role = key
    vars(user).pop("_standing", None)
    return user


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
        yield from _role_of(holding.post, day, str(holding.post))


NO_POST = gettext_lazy("no post")
SIGNED_BY = {
    StandIn.SECRETARY: gettext_lazy("%(post)s (by secretary)"),
    StandIn.COVER: gettext_lazy("%(post)s (by leave cover)"),
}


def roles_from_delegations(user: User, day: date) -> Iterable[GrantedRole]:
    """Who stands in for the holder of a post has its role: as long as the delegation lasts, and somebody holds it."""
    for row in _STOOD_IN_FOR(user=user.pk, day=day):
        holders = _holders(row, day)
        if holders:
            label = SIGNED_BY[row.kind] % {"post": row.post}
            yield from _role_of(row.post, day, label, stands_in=row.kind, holders=holders)


def standing_at(user: User, post) -> Standing:
    """A person at one post alone, whether they hold it today or not, bound by it and by all that they are besides.

    For what is handed over with the post: it grants nothing to anyone.
    """
    role, own = _granted_by(post, str(post)), standing_of(user)
    return replace(own, roles=(role,), bound=(*own.bound, role), acting_as=None)


def _role_of(post, day: date, label: str, **more) -> Iterable[GrantedRole]:
    if post.is_in_force(day) and post.unit.is_in_force(day):
        yield _granted_by(post, label, **more)


def _granted_by(post, label: str, **more) -> GrantedRole:
    charge = post.in_charge_of.values_list("pk", "took_over") if post.role == Role.COUNTY_LEADER else ()
    return GrantedRole(
        code=post.role,
        label=label,
        unit_id=post.unit_id,
        region=post.unit.region_id,
        post_id=post.pk,
        in_charge_of=frozenset(key for own, former in charge for key in (own, *former)),
        took_over=frozenset(post.unit.took_over),
        **more,
    )


def _holders(row: Delegation, day: date) -> frozenset[int]:
    """Of a cover it is the one who is away, of a secretary everyone who holds the post."""
    held = PostHolding.objects.on(day).filter(post=row.post_id).values_list("user_id", flat=True)
    return frozenset(held.filter(user=row.holder_id) if row.holder_id else held)
