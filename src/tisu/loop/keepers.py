"""Who keeps the county's calendar and its standing rules, and who may read them: the office; its head alone writes."""

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.loop.queries import OFFICE_ROLES
from tisu.orgs.models import Role


def may_read_calendar(user: User) -> bool:
    return standing_of(user).has(*OFFICE_ROLES)


def may_keep_calendar(user: User) -> bool:
    return standing_of(user).has(Role.OFFICE_LEAD)


def region_kept_by(user: User) -> str:
    """The region whose calendar this person reads; the smallest code where someone serves several."""
    return min(standing_of(user).regions(*OFFICE_ROLES))
