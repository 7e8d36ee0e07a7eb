from typing import Any

from django.utils.translation import gettext_lazy as _

from tisu.accounts.standing import standing_of
from tisu.firms.kinds import FirmAsk
from tisu.foundation.rooms import Door, Room


def acts_for_a_firm(user: Any) -> bool:
    return bool(standing_of(user).enterprises)


ROOM = Room(
    doors=(Door(_("Our firm"), "firms:own", acts_for_a_firm, order=5, icon="enterprises"),),
    kinds=(FirmAsk(),),
    acts=(("take-along-own", _("took along what is held about their firm")),),
)
