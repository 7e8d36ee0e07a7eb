"""Submitting, verifying, and what becomes of it afterwards: someone else looks, each on their own clock."""

from datetime import timedelta

from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.listed import listed
from tisu.loop.clocks import Clocks
from tisu.loop.deadlines import verdict_of
from tisu.loop.effects.requests import lapse, waits_for_nothing
from tisu.loop.faults import Conflict, NotAllowed, Unacceptable
from tisu.loop.models import ClockKind, Event, Judgement
from tisu.loop.papers import bring
from tisu.loop.stages import CO_SETTLED, SCREENED_OUT

# What stands while the result is with the verifier, and goes on where it was when it is sent back.
HANDLING = (ClockKind.SOLVE, ClockKind.REPORT)


def submit(act) -> None:
    """Stops the handling clock at this moment. Every co-unit must be done or waived, nothing may wait."""
    if act.matter.suspended_until:
        raise Conflict(_("It is suspended: resume it, then submit the result."))
    waiting = [str(row.unit) for row in act.matter.co_assignments if row.state not in CO_SETTLED]
    if waiting:
        raise Unacceptable(
            _("Still open: %(units)s. Let each report its part done, or waive it with a reason.")
            % {"units": listed(waiting)}
        )
    waits_for_nothing(act)
    bring(act)
    act.facts |= {"proposed_result": act.data["result"], "verifying": False}
    for kind in HANDLING:
        act.clocks.stop(kind, at=act.at)
    if days := act.matter.matter_type.rules.verify_days:
        act.clocks.start(ClockKind.VERIFY, at=act.at, amount=days)


def withdraw(act) -> None:
    """Only whoever submitted, and only until verification begins. The clock goes on as if never stopped."""
    last = Event.objects.filter(matter=act.matter, action="submit").last()
    if last.actor_id != act.actor.user.pk:
        raise NotAllowed(_("Only whoever submitted the result may withdraw it."))
    if act.matter.verifying:
        raise Conflict(_("Verification has begun: the submission can no longer be withdrawn."))
    act.facts["proposed_result"] = ""
    act.clocks.void(ClockKind.VERIFY, at=act.at)
    for kind in HANDLING:
        act.clocks.restore(kind)


def begin_verification(act) -> None:
    if act.matter.verifying:
        raise Conflict(_("Verification has begun already."))
    act.facts["verifying"] = True


def pass_(act) -> None:
    """The proposed result becomes the result; the verdict is frozen with the calendar that judged it."""
    matter, years = act.matter, act.matter.matter_type.rules.retain_years
    act.clocks.stop(ClockKind.VERIFY, at=act.at)
    lapse(act, matter.requests.all())
    row = act.clocks.of(ClockKind.SOLVE)
    act.facts |= {
        "result": matter.proposed_result,
        "closed_at": act.at,
        "verdict": verdict_of(row),
        "verifying": False,
        "retain_until": clock.local_day(act.at) + timedelta(days=round(365.25 * years)),
    }
    act.body["result"] = matter.proposed_result
    Judgement.objects.create(
        matter=matter,
        cycle=matter.cycle,
        result=matter.proposed_result,
        verdict=act.facts["verdict"],
        due_at=row and row.due_at,
        stopped_at=row and row.stopped_at,
        closed_at=act.at,
        calendar=row.reckoned_under if row else "",
    )


def fail(act) -> None:
    """Back to the lead unit with what is left of its limit; the time of verification is not counted."""
    act.facts |= {"proposed_result": "", "verifying": False, "reworks": act.matter.reworks + 1}
    act.clocks.stop(ClockKind.VERIFY, at=act.at)
    for kind in HANDLING:
        act.clocks.resume(kind, at=act.at, reason="verification")


def reopen(act) -> None:
    """The next cycle, with a new limit and the same units, within the window (loop.md §1, row 20).

    Where a unit is no more, who took over its work goes on (loop/succession.py).
    """
    matter, rules = act.matter, act.matter.matter_type.rules
    if matter.result in SCREENED_OUT:
        raise Conflict(_("This matter was not handled here, so there is nothing to reopen."))
    if clock.local_day(act.at) > clock.local_day(matter.closed_at) + timedelta(days=rules.reopen_days):
        raise Conflict(
            _("It was closed more than %(days)d days ago: register a new matter that goes on from this one.")
            % {"days": rules.reopen_days}
        )
    unit = matter.lead.unit
    if not (unit.heir_id or unit.is_in_force(clock.local_day(act.at))):
        raise Conflict(_("%(unit)s exists no more: open a new matter.") % {"unit": unit})
    lapse(act, matter.requests.all())
    act.facts |= {
        "cycle": matter.cycle + 1,
        "result": "",
        "verdict": "",
        "proposed_result": "",
        "closed_at": None,
        "retain_until": None,
    }
    act.clocks = Clocks(matter, fresh=True)
    cycle, at = matter.cycle + 1, act.at
    act.clocks.start(ClockKind.SOLVE, at=at, amount=rules.solve_days, assignment=matter.lead, cycle=cycle)
    if rules.report_days:
        act.clocks.start(ClockKind.REPORT, at=at, amount=rules.report_days, cycle=cycle)
