from django.utils.translation import gettext_lazy as _

from tisu.audit import anchors, verifying
from tisu.audit.house import LEDGER
from tisu.foundation.rooms import Job, Room
from tisu.foundation.triggers import unguarded

ROOM = Room(
    ledgers=(LEDGER,),
    start_checks=(unguarded,),
    jobs=(
        Job("anchor", _("take the daily anchor"), anchors.take_daily, anchors.waiting, closing=True),
        Job("verify", _("verify all chains"), verifying.take, verifying.waiting),
    ),
)
