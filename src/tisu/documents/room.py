from django.utils.translation import gettext_lazy as _

from tisu.documents.ailing import checker_is_down, storage_is_shut
from tisu.documents.vanishing import (
    removable,
    remove_one,
    remove_original,
    scan_one,
    waiting,
    without_original,
)
from tisu.foundation.rooms import Job, Room

ROOM = Room(
    jobs=(
        Job("documents", _("Documents to remove"), remove_one, lambda: removable().count()),
        Job("originals", _("Originals to remove"), remove_original, lambda: without_original().count()),
        Job("virus-check", _("Documents that wait for the virus check"), scan_one, lambda: waiting().count()),
    ),
    acts=(("open-original", _("opened the original of a document")),),
    faults=(checker_is_down, storage_is_shut),
)
