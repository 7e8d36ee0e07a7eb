"""A word from above, and from whoever raised it."""

from django.db.models import Max
from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.loop.effects.requests import file
from tisu.loop.faults import Conflict
from tisu.loop.models import Event, Rating, RequestKind, Watch
from tisu.loop.stages import SCREENED_OUT, Solved
from tisu.loop.superiors import superiors_of

LOW = 2  # of five: from here down someone else looks at the facts


def urge(act) -> None:
    """Once a working day at the most for each post that urges."""
    today = Event.objects.filter(matter=act.matter, action="urge", signed=act.actor.signed)
    if any(clock.local_day(event.at) == clock.local_day(act.at) for event in today):
        raise Conflict(_("You have urged this matter today already; the unit has been told."))


def escalate(act) -> None:
    """The next superior watches it from now on (loop.md §1, row 17)."""
    post = act.data["to"]
    highest = act.matter.watches.aggregate(highest=Max("level"))["highest"] or 0
    Watch.objects.create(matter=act.matter, post=post, level=highest + 1, since=act.at)
    act.body["to"] = str(post)


def instruct(act) -> None:
    """The act it carries follows in the same transaction, as an act of its own (perform.py)."""
    if act.data["carries"] == "escalate" and not superiors_of(act.matter):
        raise Conflict(_("Every superior who may see it watches it already."))


def rate(act) -> None:
    """Voluntary; may be changed once. All ratings are kept; a low one has the facts checked by someone else."""
    matter = act.matter
    if matter.result in SCREENED_OUT:
        raise Conflict(_("This matter was not handled here, so there is nothing to rate."))
    if Rating.objects.filter(matter=matter, cycle=matter.cycle).count() >= 2:
        raise Conflict(_("The rating has been changed once already and now stands."))
    Rating.objects.create(matter=matter, cycle=matter.cycle, at=act.at, **act.data)
    if _is_low(act) and not matter.requests.filter(kind=RequestKind.FACT_CHECK, cycle=matter.cycle).exists():
        file(act, RequestKind.FACT_CHECK, by_rule="low-rating/1")


def _is_low(act) -> bool:
    return act.data["solved"] == Solved.NO or act.data["satisfaction"] <= LOW
