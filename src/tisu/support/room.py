from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext

from tisu.foundation.rooms import Door, Room, Tile
from tisu.support.firms import FIRM_LANES, FIRM_PANELS
from tisu.support.forces import task_forces_of
from tisu.support.handed_over import HAND_OVER_LISTS
from tisu.support.kinds import FactorRequestKind, ForceTaskKind
from tisu.support.models import FactorRequest, TaskForce
from tisu.support.readers import reads_requests
from tisu.support.states import OPEN_STATES
from tisu.support.tables import REQUESTS_OUT


def _open_requests(user):
    return FactorRequest.objects.visible_to(user).with_state().filter(state__in=OPEN_STATES)


ROOM = Room(
    doors=(Door(_("Production factors"), "support:requests", reads_requests, order=35, icon="forward"),),
    kinds=(FactorRequestKind(), ForceTaskKind()),
    firm_panels=FIRM_PANELS,
    firm_lanes=FIRM_LANES,
    exports=(REQUESTS_OUT,),
    hand_over_lists=HAND_OVER_LISTS,
    unit_counts=((_("Task forces at work"), task_forces_of),),
    tiles=(
        Tile(
            "factor-requests",
            _("Open requests for production factors"),
            _open_requests,
            lambda user: f"{reverse('support:requests')}?state=open",
            order=60,
        ),
        Tile(
            "task-forces-overdue",
            _("Task forces past their day"),
            lambda user: TaskForce.objects.visible_to(user).overdue(),
            lambda user: f"{reverse('support:forces')}?state=overdue",
            order=61,
            light="red",
            unit=lambda n: npgettext("unit", "task force", "task forces", n),
        ),
    ),
    acts=(
        ("enter-step", _("entered a step of a request for a production factor")),
        ("set-up-task-force", _("set up a task force")),
        ("continue-task-force", _("let a task force go on")),
        ("dissolve-task-force", _("dissolved a task force")),
    ),
)
