"""Who keeps a promise to a firm has to do with it now, and so may see whom to speak to there."""

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.enterprises.models import Enterprise
from tisu.foundation.rooms import Dealing
from tisu.loop.queries import UNIT_ROLES
from tisu.promises.models import Promise


def _keeps_one(user: User, firm: Enterprise) -> bool:
    units = standing_of(user).units(*UNIT_ROLES)
    rows = Promise.objects.visible_to(user).running().of_firm(firm)
    return bool(units) and rows.filter(unit__in=units).exists()


DEALINGS = (Dealing("promises", _keeps_one),)
