from django.utils.translation import gettext_lazy as _

from tisu.foundation.rooms import Door, Job, Room, Subject
from tisu.loop.alarms import due_clocks, due_suspensions, take_alarm, take_resumption
from tisu.loop.desk import has_desk
from tisu.loop.keepers import may_keep_calendar
from tisu.loop.models import Matter
from tisu.loop.panes import PANES
from tisu.loop.redating import behind, take_batch
from tisu.loop.tiles import TILES, handles_matters


def _visible(user, keys) -> set[int]:
    """The matters of these keys that a person may be told of today."""
    return set(Matter.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))


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
        Door(_("Calendar"), "loop:calendar", shown_to=may_keep_calendar, order=70, icon="calendar"),
    ),
    acts=(
        ("publish-notice", _("published a notice of the calendar")),
        ("stop-rule", _("switched off a standing rule")),
        ("start-rule", _("switched on a standing rule")),
    ),
    tiles=TILES,
    panes=PANES,
    subjects=(Subject("matter", _visible),),
    jobs=(
        Job(
            "resumptions", _("Suspensions that are over"), take_resumption, lambda: due_suspensions().count()
        ),
        Job("calendar", _("Dates under a new calendar"), take_batch, lambda: behind().count()),
        Job("alarms", _("Limits that run out"), take_alarm, lambda: due_clocks().count(), quiet=True),
    ),
)
