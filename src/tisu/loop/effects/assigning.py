"""Assigning, accepting and returning: who handles it, and by when."""

from typing import Any

from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.calendars import calendar_of
from tisu.foundation.moves import begin
from tisu.foundation.workdays import count_workdays
from tisu.loop.effects.parts import step
from tisu.loop.effects.requests import lapse
from tisu.loop.faults import Conflict, Unacceptable
from tisu.loop.models import Assignment, ClockKind, ClockUnit
from tisu.loop.papers import bring
from tisu.loop.stages import HANDLED_HERE, AssignmentState, Screening

UNITS = {
    "calendar_days": ClockUnit.CALENDAR_DAY,
    "months": ClockUnit.MONTH,
    "working_hours": ClockUnit.WORKING_HOUR,
    "working_days": ClockUnit.WORKING_DAY,
}


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
        act.clocks.stop(ClockKind.SCREEN, at=act.at)
    running = act.clocks.of(ClockKind.SOLVE)
    if running is not None:
        _refuse_another_limit(act, running)
    lead = send_to(act, data["lead_unit"], is_lead=True, requirement=data["requirement"])
    co_units = [send_to(act, unit, is_lead=False) for unit in data["co_units"]]
    limit = _rest_of(running) if running else _limit(act)
    _await_acceptance(act, lead)
    if running is None:
        act.clocks.start(ClockKind.SOLVE, at=act.at, assignment=lead, **limit)
    else:
        act.clocks.pass_on(lead)
    if days := matter.matter_type.rules.co_days:
        limit = {"amount": days}
    for row in co_units:
        act.clocks.start(ClockKind.CO_OPERATE, at=act.at, assignment=row, **limit)


def send_to(act, unit, *, is_lead: bool, requirement: str = "") -> Assignment:
    """One unit's part, begun."""
    row = Assignment(
        matter=act.matter,
        unit=unit,
        is_lead=is_lead,
        cycle=act.matter.cycle,
        sent_at=act.at,
        requirement=requirement,
    )
    act.matter.forget_assignments()
    return begin(row, AssignmentState.SENT)


def continue_at(act, unit, before: Assignment, state: str) -> Assignment:
    """The part of a unit that is no more, at the one that goes on with it: as far as it had come, its handler yet to be
    named."""
    row = Assignment(
        matter=act.matter,
        unit=unit,
        is_lead=before.is_lead,
        cycle=before.cycle,
        requirement=before.requirement,
        sent_at=act.at,
        accepted_at=before.accepted_at,
        accepted_by_rule=before.accepted_by_rule,
    )
    act.matter.forget_assignments()
    return begin(row, state)


def _await_acceptance(act, lead: Assignment) -> None:
    if days := act.matter.matter_type.rules.accept_days:
        act.clocks.start(ClockKind.ACCEPT, at=act.at, amount=days, assignment=lead)


def _limit(act) -> dict[str, Any]:
    """What was named, else what the type says."""
    data = act.data
    if data["due_on"]:
        return {"unit": ClockUnit.DATE, "due_on": data["due_on"]}
    for name, unit in UNITS.items():
        if data[name]:
            return {"unit": unit, "amount": data[name]}
    days = act.matter.matter_type.rules.solve_days
    act.body["working_days"] = days
    return {"unit": ClockUnit.WORKING_DAY, "amount": days}


def _refuse_another_limit(act, running) -> None:
    """Returned after a transfer: the limit of the whole runs on, and is lengthened by an extension alone (case 37)."""
    for name in (*UNITS, "due_on"):
        if act.data[name]:
            day = clock.local_day(running.due_at)
            words = _(
                "The limit of the whole runs on, until %(day)s: leave this empty, or grant an extension."
            )
            raise Unacceptable.at(name, words % {"day": day})


def _rest_of(running) -> dict[str, Any]:
    return {"unit": ClockUnit.DATE, "due_on": clock.local_day(running.due_at)}


def accept(act) -> None:
    handler = act.data["handler"] or act.actor.user.name
    act.body["handler"] = handler
    _accepted(act, handler=handler)


def auto_accept(act) -> None:
    """Nobody accepted in time: from now on it counts as accepted, and says so (loop.md §1, row 6)."""
    _accepted(act, handler="", accepted_by_rule=True)


def _accepted(act, **facts: Any) -> None:
    step(act.matter.lead, "accepted", accepted_at=act.at, **facts)
    act.clocks.stop(ClockKind.ACCEPT, at=act.at)
    if days := act.matter.matter_type.rules.report_days:
        act.clocks.start(ClockKind.REPORT, at=act.at, amount=days)


def report(act) -> None:
    """Progress was told: the next report falls due anew."""
    bring(act)
    days = act.matter.matter_type.rules.report_days
    if days and not act.matter.suspended_until:
        act.clocks.stop(ClockKind.REPORT, at=act.at)
        act.clocks.start(ClockKind.REPORT, at=act.at, amount=days)


def return_(act) -> None:
    """Within the limit, and twice at the most: then the office decides (loop.md §1, row 5).

    The limit judges nobody, unless another unit had it before: then it runs on for the whole (case 37).
    """
    matter, rules = act.matter, act.matter.matter_type.rules
    if matter.assignments.filter(is_lead=True, state=AssignmentState.RETURNED).count() >= rules.returns:
        raise Conflict(_("Returned twice already: the office decides who handles it. Ring the office."))
    lead, calendar = matter.lead, calendar_of(matter.region_id)
    passed = count_workdays(clock.local_day(lead.sent_at), clock.local_day(act.at), calendar)
    if passed > rules.return_days:
        raise Conflict(
            _("The %(days)s working days for a return are over: accept it and ask the office for a transfer.")
            % {"days": rules.return_days}
        )
    lapse(act, matter.requests.all())
    for row in matter.current_assignments:
        step(row, "returned", ended_at=act.at)
    solve = act.clocks.of(ClockKind.SOLVE)
    runs_on = {ClockKind.SOLVE} if solve and solve.started_at != lead.sent_at else set()
    for kind in {ClockKind.ACCEPT, ClockKind.SOLVE, ClockKind.CO_OPERATE} - runs_on:
        act.clocks.void(kind, at=act.at)
    if act.is_screened_kind and rules.screen_days:
        act.clocks.start(ClockKind.SCREEN, at=act.at, amount=rules.screen_days)  # the office decides anew


def transfer(act, request) -> None:
    """Another lead unit; the limit runs on, and the share of each stands in its assignment (loop.md §1, row 15)."""
    matter = act.matter
    if matter.suspended_until:
        raise Conflict(_("It is suspended: resume it before another unit takes it over."))
    unit, requirement = next_unit(act, request), matter.lead.requirement
    for row in matter.current_assignments:
        if row.is_lead or row.unit_id == unit.pk:
            act.clocks.stop(ClockKind.CO_OPERATE, at=act.at, assignment=row)
            step(row, "transferred", ended_at=act.at)
    for kind in (ClockKind.ACCEPT, ClockKind.REPORT):
        act.clocks.stop(kind, at=act.at)
    lead = send_to(act, unit, is_lead=True, requirement=requirement)
    act.clocks.pass_on(lead)
    _await_acceptance(act, lead)


def next_unit(act, request):
    """The unit that was asked for, checked again: a wall may have come between asking and granting."""
    form = act.form_of("request_transfer", {"unit": request.data["unit"], "reason": request.reason})
    if not form.is_valid():
        raise Conflict(next(iter(form.errors.values()))[0])
    return form.cleaned_data["unit"]
