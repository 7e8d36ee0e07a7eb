from django.utils.translation import gettext_lazy as _

from tisu.foundation.rooms import Door, Room
from tisu.loop.tiles import handles_matters
from tisu.support.asking import asks_for_own_firm
from tisu.support.firms import FIRM_LANES, FIRM_PANELS
from tisu.support.kinds import FactorRequestKind


def reads_requests(user) -> bool:
    """Whoever handles matters, and firms: each sees what is theirs."""
    return handles_matters(user) or asks_for_own_firm(user)


ROOM = Room(
    doors=(Door(_("Production factors"), "support:requests", reads_requests, order=35, icon="forward"),),
    kinds=(FactorRequestKind(),),
    firm_panels=FIRM_PANELS,
    firm_lanes=FIRM_LANES,
)
