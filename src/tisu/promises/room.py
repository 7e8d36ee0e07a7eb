from django.utils.translation import gettext_lazy as _

from tisu.foundation.rooms import Door, Room
from tisu.promises.dealings import DEALINGS
from tisu.promises.handed_over import HAND_OVER_LISTS, owed_by
from tisu.promises.kinds import DeliverableKind
from tisu.promises.panels import FIRM_LANES, FIRM_PANELS
from tisu.promises.papers import PROMISES
from tisu.promises.powers import acts_for_a_firm, reads_promises
from tisu.promises.tables import PROMISES_OUT
from tisu.promises.tiles import TILES

ROOM = Room(
    signatures=(
        "the firm, by a link",
        "every deliverable is done and checked",
        "a deliverable was taken up again",
    ),
    doors=(
        Door(_("Promises"), "promises:list", reads_promises, order=45, icon="promise"),
        Door(_("Promised to us"), "promises:list", acts_for_a_firm, order=42, icon="promise"),
    ),
    public=frozenset({"promises:confirm"}),
    kinds=(DeliverableKind(),),
    tiles=TILES,
    subjects=(PROMISES,),
    exports=(PROMISES_OUT,),
    hand_over_lists=HAND_OVER_LISTS,
    unit_counts=((_("Promises that are owed"), owed_by),),
    dealings=DEALINGS,
    firm_panels=FIRM_PANELS,
    firm_lanes=FIRM_LANES,
    acts=(
        ("give-promise", _("wrote down a promise")),
        ("correct-promise", _("corrected what was written down of a promise")),
        ("hang-promise-papers", _("added papers to a promise")),
        ("ask-promise-review", _("put a promise up for review")),
        ("send-back-promise", _("sent a promise back to be written anew")),
        ("review-promise", _("reviewed a promise")),
        ("pass-promise-review", _("passed the review of a promise")),
        ("break-down-promise", _("broke a promise down into deliverables")),
        ("ask-promised-firm", _("asked a firm whether a promise was kept")),
        ("go-on-with-promise", _("went on with a promise")),
        ("issue-promise-link", _("made out a link for a firm's word on a promise")),
        ("answer-promise", _("said whether a promise was kept")),
        ("change-promise", _("changed a promise by a procedure, with compensation")),
        ("give-up-promise", _("explained why a promise cannot be kept")),
        ("archive-promise", _("archived a promise")),
    ),
)
