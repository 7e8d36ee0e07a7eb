from django.utils.translation import gettext_lazy as _

from tisu.foundation.rooms import Door, Job, Room
from tisu.liaison.joining import JOININGS
from tisu.liaison.kinds import LiaisonIssue
from tisu.liaison.panels import FIRM_LANES, FIRM_PANELS, FIRM_RECORDS
from tisu.liaison.panes import PANES
from tisu.liaison.papers import CONTACTS, PAIRINGS
from tisu.liaison.powers import acts_for_a_firm, reads_liaison
from tisu.liaison.racing import RACES
from tisu.liaison.tables import EXPORTS, IMPORTS
from tisu.liaison.telling import remind_one, to_remind
from tisu.liaison.tiles import TILES

ROOM = Room(
    doors=(
        Door(_("Liaison"), "liaison:contacts", reads_liaison, order=42, icon="people"),
        Door(_("Our liaison leader"), "liaison:contacts", acts_for_a_firm, order=43, icon="people"),
    ),
    kinds=(LiaisonIssue(),),
    tiles=TILES,
    panes=PANES,
    firm_panels=FIRM_PANELS,
    firm_lanes=FIRM_LANES,
    firm_records=FIRM_RECORDS,
    jobs=(Job("liaison", _("Leaders not yet in touch"), remind_one, lambda: len(to_remind()), quiet=True),),
    subjects=(CONTACTS, PAIRINGS),
    joinings=JOININGS,
    imports=IMPORTS,
    exports=EXPORTS,
    races=RACES,
    acts=(
        ("pair-leader", _("paired a leader's post with a firm")),
        ("end-pairing", _("ended a pairing of leader and firm")),
        ("declare-no-interest", _("wrote down that a leader has no interest in the firm")),
        ("enter-contact", _("entered a leader's contact with a firm")),
        ("take-back-contact", _("took back a contact with a firm")),
        ("answer-contact", _("said whether a leader had been in touch")),
    ),
)
