from django.utils.translation import gettext_lazy as _

from tisu.accounts.gates import is_one
from tisu.foundation.rooms import Door, Job, Room
from tisu.loop import chained
from tisu.loop.alarms import due_clocks, due_suspensions, take_alarm, take_resumption
from tisu.loop.desk import has_desk
from tisu.loop.firm_panels import FIRM_LANES, FIRM_PANELS, FIRM_RECORDS
from tisu.loop.firms import DEALINGS, JOININGS
from tisu.loop.handed_over import HAND_OVER_LISTS
from tisu.loop.keepers import may_keep_calendar
from tisu.loop.kept_tables import CONFLICTS_OUT, WALLS_OUT
from tisu.loop.panes import PANES
from tisu.loop.papers import MATTERS
from tisu.loop.redating import behind, take_batch
from tisu.loop.succession import due_successions, open_matters_of, take_succession
from tisu.loop.tables import MATTERS_OUT
from tisu.loop.tiles import TILES, handles_matters
from tisu.orgs.models import Role

ROOM = Room(
    signatures=("reporter",),
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
        Door(_("Calendar"), "loop:calendar", shown_to=may_keep_calendar, order=70, icon="calendar"),
        Door(_("Walls"), "loop:walls", is_one(Role.SECURITY_ADMIN), order=20, icon="lock"),
        Door(
            _("Conflicts of interest"), "loop:conflicts", is_one(Role.SECURITY_ADMIN), order=30, icon="people"
        ),
    ),
    acts=(
        ("publish-type", _("published rules of a kind of matter")),
        ("publish-notice", _("published a notice of the calendar")),
        ("stop-rule", _("switched off a standing rule")),
        ("start-rule", _("switched on a standing rule")),
        ("build-wall", _("built a wall before a matter")),
        ("lift-wall", _("lifted a wall")),
        ("declare-recusal", _("stepped back from a matter")),
        ("add-conflict", _("recorded a conflict of interest")),
        ("end-conflict", _("ended a conflict of interest")),
    ),
    hand_over_lists=HAND_OVER_LISTS,
    unit_counts=((_("Open matters"), open_matters_of),),
    ledgers=(chained.LEDGER,),
    tiles=TILES,
    panes=PANES,
    firm_panels=FIRM_PANELS,
    firm_lanes=FIRM_LANES,
    firm_records=FIRM_RECORDS,
    joinings=JOININGS,
    dealings=DEALINGS,
    subjects=(MATTERS,),
    exports=(MATTERS_OUT, WALLS_OUT, CONFLICTS_OUT),
    jobs=(
        Job(
            "resumptions", _("Suspensions that are over"), take_resumption, lambda: due_suspensions().count()
        ),
        Job("calendar", _("Dates under a new calendar"), take_batch, lambda: behind().count()),
        Job("successions", _("What a unit that ended leaves to another"), take_succession, due_successions),
        Job("alarms", _("Limits that run out"), take_alarm, lambda: due_clocks().count(), quiet=True),
    ),
)
