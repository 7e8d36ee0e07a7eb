from django.utils.translation import gettext_lazy as _

from tisu.foundation.rooms import Door, Room
from tisu.loop.desk import has_desk
from tisu.loop.panes import PANES
from tisu.loop.tiles import TILES, handles_matters

ROOM = Room(
    doors=(
        Door(_("Desk"), "loop:desk", shown_to=has_desk, order=10, icon="desk"),
        Door(
            _("Matters"),
            "loop:list",
            shown_to=handles_matters,
            order=20,
            icon="matters",
            search="loop:search",
        ),
    ),
    tiles=TILES,
    panes=PANES,
)
