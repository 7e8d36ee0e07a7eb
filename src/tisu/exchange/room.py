from django.utils.translation import gettext_lazy as _

from tisu.exchange.forgetting import forget_one, old_runs
from tisu.exchange.kinds import kinds_for
from tisu.exchange.running import take_one, waiting_runs
from tisu.exchange.tables import RUNS_OUT
from tisu.foundation.rooms import Door, Job, Room

ROOM = Room(
    doors=(
        Door(_("Import"), "exchange:imports", lambda user: bool(kinds_for(user)), order=80, icon="forward"),
    ),
    jobs=(
        Job("imports", _("Files that come in"), take_one, lambda: waiting_runs().count()),
        Job("forget-imports", _("Old imports are emptied"), forget_one, lambda: old_runs().count()),
    ),
    exports=(RUNS_OUT,),
    acts=(
        ("import", _("imported a file")),
        ("undo-import", _("took an import back")),
        ("export", _("took a list along")),
    ),
)
