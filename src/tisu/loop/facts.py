"""What stands at the head of a matter's page: its facts, and the posts and units that have a part in it."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tisu.accounts.standing import standing_of
from tisu.foundation.clock import local_day
from tisu.foundation.listed import listed
from tisu.loop.actions import ACTIONS
from tisu.loop.kinds import kind_of
from tisu.loop.models import Assignment, Matter
from tisu.loop.offers import Tried
from tisu.loop.parties import is_requester
from tisu.loop.queries import OVERSIGHT_ROLES
from tisu.loop.stages import AssignmentState, Result, Screening, Stage
from tisu.orgs.models import Unit
from tisu.web.templatetags.web import han_date


def facts_of(matter: Matter, user: Any) -> list[dict[str, Any]]:
    """Only what is known; the firm behind a report is for the office and supervision alone."""
    screened = kind_of(matter).is_screened
    knows_firm = (
        not screened or standing_of(user).has(*OVERSIGHT_ROLES) or is_requester(standing_of(user), matter)
    )
    rows = (
        (_("Stage"), Stage(matter.stage).label),
        (_("Due"), han_date(matter.due_at)),
        (_("Result"), Result(matter.result).label if matter.result else ""),
        (
            _("Proposed result"),
            Result(matter.proposed_result).label if matter.proposed_result and matter.is_open else "",
        ),
        (_("Screened as"), Screening(matter.screened_as).label if matter.screened_as else ""),
        (_("Enterprise"), str(matter.enterprise) if matter.enterprise and knows_firm else ""),
        (_("Region"), str(matter.region)),
        (_("Registered on"), han_date(matter.registered_at)),
        (_("Closed on"), han_date(matter.closed_at)),
        (_("Sent back by verification"), _times(matter.reworks)),
    )
    return [{"label": label, "value": value} for label, value in rows if value]


def people_of(matter: Matter, only_requester: bool) -> list[dict[str, Any]]:
    """Units with their state; who handles it, what was required and who watches it is not for the requester."""
    day = local_day(matter.closed_at) if matter.closed_at else None
    people = [_part(row, only_requester, day) for row in matter.current_assignments]
    if only_requester:
        return people
    if matter.lead and matter.lead.requirement:
        people.append({"label": _("Requirement"), "value": matter.lead.requirement})
    if watching := [str(watch.post) for watch in matter.watches.select_related("post__unit")]:
        people.append({"label": _("Watched by"), "value": listed(watching)})
    return people


def _part(row: Assignment, only_requester: bool, closed_on: date | None) -> dict[str, Any]:
    by_rule = row.accepted_by_rule and row.state == AssignmentState.ACCEPTED
    state = _("not accepted in time, counts as accepted") if by_rule else row.get_state_display()
    said = [_called(row.unit, closed_on), state, "" if only_requester else row.handler]
    return {
        "label": _("Lead unit") if row.is_lead else _("Co-unit"),
        "value": " · ".join(filter(None, map(str, said))),
    }


def _called(unit: Unit, closed_on: date | None) -> str:
    """What is over names the unit as it was called then, and as it is called now."""
    then = unit.called_on(closed_on) if closed_on else unit
    if then.short_name == unit.short_name:
        return unit.short_name
    return _("%(then)s (now %(now)s)") % {"then": then, "now": unit}


def kept_words(tried: Tried) -> list[dict[str, str]]:
    """What was typed for an action that is no longer open, so that nobody has to write it again."""
    form = ACTIONS[tried.code].form if tried.code in ACTIONS else None
    return [
        {"label": form.base_fields[name].label, "text": value}
        for name, value in tried.data.items()
        if isinstance(value, str) and value.strip()
    ]


def _times(count: int) -> str:
    return ngettext("%(n)d time", "%(n)d times", count) % {"n": count} if count else ""
