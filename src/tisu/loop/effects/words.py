"""A word from above, and from whoever raised it."""

from django.utils.translation import gettext as _

from tisu.accounts.models import StandIn
from tisu.foundation import clock
from tisu.foundation.calendars import calendar_of
from tisu.foundation.prepared import Blank, Prepared
from tisu.foundation.workdays import add_workdays
from tisu.foundation.writing import write
from tisu.loop.effects.requests import file
from tisu.loop.faults import Conflict
from tisu.loop.models import Rating, RequestKind, Watch
from tisu.loop.stages import SCREENED_OUT, Solved
from tisu.loop.superiors import superiors_of
from tisu.orgs.models import Role

LOW = 2  # of five: from here down someone else looks at the facts


def urge(act) -> None:
    """Once a working day at the most on each level: office and supervision, leaders, rules (loop.md §1, row 16)."""
    level = act.body["level"] = _level(act.actor)
    calendar = calendar_of(act.matter.region_id)
    today = add_workdays(clock.local_day(act.at), 0, calendar)
    for event in act.matter.events.filter(action="urge").select_related("content"):
        on = add_workdays(clock.local_day(event.at), 0, calendar)
        if on == today and (event.content.body or {}).get("level") == level:
            raise Conflict(_("It has been urged today already; the unit has been told."))


def _level(actor) -> str:
    if actor.rule:
        return "rule"
    return "leader" if actor.is_one(Role.COUNTY_LEADER) else "oversight"


def escalate(act) -> None:
    """The next superior watches it from now on (loop.md §1, row 17)."""
    post = act.data["to"]
    highest = _HIGHEST.first(matter=act.matter.pk) or 0
    write(Watch(matter=act.matter, post=post, level=highest + 1, since=act.at))
    act.body["to"] = str(post)


_HIGHEST = Prepared(
    lambda: (
        Watch.objects.filter(matter=Blank("matter")).order_by("-level").values_list("level", flat=True)[:1]
    )
)


def instruct(act) -> None:
    """The act it carries follows in the same transaction, as an act of its own (perform.py).

    A secretary enters a paper note: of today, where no other day is named.
    """
    if not act.data["paper_of"] and _is_entered_for_a_leader(act.actor):
        act.body["paper_of"] = clock.local_day(act.at).isoformat()
    if act.data["carries"] == "escalate" and not superiors_of(act.matter):
        raise Conflict(_("Every superior who may see it watches it already."))


def _is_entered_for_a_leader(actor) -> bool:
    roles = [actor.role] if actor.role else actor.standing.having(Role.COUNTY_LEADER)
    return all(role.stands_in == StandIn.SECRETARY for role in roles)


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
