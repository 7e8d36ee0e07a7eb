"""A word from above, and from whoever raised it."""

from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.loop.faults import Conflict
from tisu.loop.models import Event, Rating
from tisu.loop.stages import (
    SCREENED_OUT,
)


def urge(act) -> None:
    """Once a working day at the most for each post that urges."""
    today = Event.objects.filter(matter=act.matter, action="urge", signed=act.actor.signed)
    if any(clock.local_day(event.at) == clock.local_day(act.at) for event in today):
        raise Conflict(_("You have urged this matter today already; the unit has been told."))


def rate(act) -> None:
    """Voluntary; may be changed once. All ratings are kept."""
    matter = act.matter
    if matter.result in SCREENED_OUT:
        raise Conflict(_("This matter was not handled here, so there is nothing to rate."))
    if Rating.objects.filter(matter=matter, cycle=matter.cycle).count() >= 2:
        raise Conflict(_("The rating has been changed once already and now stands."))
    Rating.objects.create(matter=matter, cycle=matter.cycle, at=act.at, **act.data)
