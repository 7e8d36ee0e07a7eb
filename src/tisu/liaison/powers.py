"""Who pairs, who enters contacts, who answers for the firm. Every check and every button asks here."""

from django.db.models import Q, QuerySet

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.liaison.models import Contact, Pairing
from tisu.loop.queries import OFFICE_ROLES, OVERSIGHT_ROLES
from tisu.orgs.models import Post, Role, Unit, within

FIRM = "enterprise"  # the role that a firm's mandate grants


def is_office(user: User, region: str = "") -> bool:
    """Of a region, or with none asked for, of any."""
    standing = standing_of(user)
    if standing.is_administrator:
        return False
    return any(region.startswith(role.region) if region else True for role in standing.having(*OFFICE_ROLES))


def is_leader(user: User) -> bool:
    """Whoever holds a leader's post or stands in there."""
    standing = standing_of(user)
    return not standing.is_administrator and standing.has(Role.COUNTY_LEADER)


def reads_liaison(user: User) -> bool:
    standing = standing_of(user)
    return not standing.is_administrator and standing.has(Role.COUNTY_LEADER, *OVERSIGHT_ROLES)


def acts_for_a_firm(user: User) -> bool:
    standing = standing_of(user)
    return bool(standing.enterprises) and not standing.is_administrator


def speaks_for(user: User, pairing: Pairing) -> bool:
    """Whether this person acts for the very firm, whichever row of the register it stands under."""
    return acts_for_a_firm(user) and pairing.enterprise.root_id in standing_of(user).enterprises


def pairings_to_enter(user: User) -> QuerySet[Pairing]:
    """Those under which this person enters a contact today: of the leader's posts that are theirs to act at."""
    posts = standing_of(user).posts(Role.COUNTY_LEADER)
    return Pairing.objects.visible_to(user).on().filter(post__in=posts).for_rows()


def enters_for(user: User, pairing: Pairing) -> bool:
    return pairing.post_id in standing_of(user).posts(Role.COUNTY_LEADER)


def may_take_back(user: User, contact: Contact) -> bool:
    """Whoever may have entered it, and the office."""
    pairing = contact.pairing
    return enters_for(user, pairing) or is_office(user, pairing.post.unit.region_id)


def leader_posts(user: User) -> QuerySet[Post]:
    """The posts that this person's office pairs, in force today."""
    reach = Q(pk__in=())
    for region in standing_of(user).regions(*OFFICE_ROLES):
        reach |= within("unit__region_id", region)
    rows = Post.objects.filter(reach, role=Role.COUNTY_LEADER, pk__in=Post.objects.on().values("pk"))
    return rows.filter(unit__in=Unit.objects.on().values("pk")).select_related("unit").order_by("unit", "pk")


def signed_by(user: User, *roles: str) -> str:
    return standing_of(user).label_as(*roles)[:120]


def write_down(
    user: User, act: str, pairing: Pairing, signed: str, *, reason: str = "", **details: object
) -> None:
    """Into the ledger of the house, last in the transaction: about the firm, naming the post."""
    about = pairing.firm.credit_code
    record(act=act, about=about, actor=user, signed=signed, reason=reason, post=str(pairing.post), **details)
