"""Assigning, accepting and returning: who handles it, and by when."""

from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.moves import begin
from tisu.foundation.workdays import count_workdays, official
from tisu.loop import deadlines
from tisu.loop.effects.parts import step
from tisu.loop.faults import Conflict
from tisu.loop.models import Assignment, ClockKind, ClockUnit
from tisu.loop.stages import (
    HANDLED_HERE,
    AssignmentState,
    Screening,
)


def assign(act) -> None:
    """One lead, any co-units, one limit. An unscreened report is screened as A by being assigned."""
    matter, data = act.matter, act.data
    if act.is_screened_kind:
        kind = matter.screened_as or Screening.COMPLAINT
        if kind not in HANDLED_HERE:
            raise Conflict(
                _("Screened as %(kind)s: hand it over or refuse it.") % {"kind": Screening(kind).label}
            )
        act.facts["screened_as"] = kind
        deadlines.stop_clock(matter, ClockKind.SCREEN, at=act.at)
    units = [data["lead_unit"], *data["co_units"]]
    for place, unit in enumerate(units):
        row = Assignment(matter=matter, unit=unit, is_lead=not place, cycle=matter.cycle, sent_at=act.at)
        row.requirement = data["requirement"] if row.is_lead else ""
        begin(row, AssignmentState.SENT)
    _start_handling(act)


def _start_handling(act) -> None:
    data = act.data
    if data["due_on"]:
        limit = {"unit": ClockUnit.DATE, "due_on": data["due_on"]}
    elif data["calendar_days"]:
        limit = {"unit": ClockUnit.CALENDAR_DAY, "amount": data["calendar_days"]}
    else:
        days = data["working_days"] or act.matter.matter_type.rules.solve_days
        limit = {"unit": ClockUnit.WORKING_DAY, "amount": days}
        act.body["working_days"] = days
    deadlines.start_clock(act.matter, ClockKind.SOLVE, at=act.at, **limit)


def accept(act) -> None:
    handler = act.data["handler"] or act.actor.user.name
    act.body["handler"] = handler
    step(act.matter.lead, "accepted", accepted_at=act.at, handler=handler)


def return_(act) -> None:
    """Within the limit, and twice at the most: then the office decides (loop.md §1, row 5)."""
    matter, rules = act.matter, act.matter.matter_type.rules
    if matter.assignments.filter(is_lead=True, state=AssignmentState.RETURNED).count() >= rules.returns:
        raise Conflict(_("Returned twice already: the office decides who handles it. Ring the office."))
    lead = matter.lead
    passed = count_workdays(clock.local_day(lead.sent_at), clock.local_day(act.at), official())
    if passed > rules.return_days:
        raise Conflict(
            _("The %(days)s working days for a return are over: accept it and ask the office for a transfer.")
            % {"days": rules.return_days}
        )
    for row in matter.current_assignments:
        step(row, "returned")
    deadlines.void_clock(matter, ClockKind.SOLVE, at=act.at)
    if act.is_screened_kind and rules.screen_days:
        limit = {"unit": ClockUnit.WORKING_DAY, "amount": rules.screen_days}
        deadlines.start_clock(matter, ClockKind.SCREEN, at=act.at, **limit)  # the office decides anew
