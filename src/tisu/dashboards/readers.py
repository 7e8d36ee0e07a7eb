"""Who has the overview: county leaders and their secretaries, the office's lead, supervision."""

from typing import Any

from tisu.accounts.standing import standing_of
from tisu.orgs.models import Role

READERS = (Role.COUNTY_LEADER, Role.OFFICE_LEAD, Role.SUPERVISION)


def has_overview(user: Any) -> bool:
    """What they then see in it is each figure's own business: every list is what this person may see."""
    standing = standing_of(user)
    return not standing.is_administrator and standing.has(*READERS)
