from django.utils.translation import gettext_lazy as _

from tisu.dashboards.readers import has_overview
from tisu.foundation.rooms import Door, Room

ROOM = Room(doors=(Door(_("Overview"), "dashboards:leader", shown_to=has_overview, order=15, icon="chart"),))
