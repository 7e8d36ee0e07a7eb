"""Who may know who comes to a firm, and why."""

from tisu.accounts.standing import Standing
from tisu.enterprises.models import Visit
from tisu.orgs.models import Role

OVERSEEING = (Role.OFFICE_LEAD, Role.OFFICE_STAFF, Role.SUPERVISION)


def knows(standing: Standing, visit: Visit) -> bool:
    """That unit, whoever is in charge of it, the office, supervision, and the firm itself."""
    region = visit.enterprise.region_id
    return (
        visit.unit_id in standing.all_units
        or any(region.startswith(own) for own in standing.regions(*OVERSEEING))
        or (visit.enterprise.root_id in standing.enterprises)
    )
