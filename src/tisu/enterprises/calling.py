"""Who may know who comes to a firm, and why."""

from tisu.accounts.standing import Standing
from tisu.enterprises.models import Enterprise, Visit
from tisu.orgs.models import Role

OVERSEEING = (Role.OFFICE_LEAD, Role.OFFICE_STAFF, Role.SUPERVISION)


def knows(standing: Standing, visit: Visit) -> bool:
    """That unit, whoever is in charge of it, the office, supervision, and the firm itself."""
    return visit.unit_id in standing.all_units or knows_all(standing, visit.enterprise)


def knows_all(standing: Standing, firm: Enterprise) -> bool:
    """Whoever comes to it: office and supervision of its region, and the firm itself."""
    over = standing.regions(*OVERSEEING)
    return any(firm.region_id.startswith(own) for own in over) or firm.root_id in standing.enterprises
