"""Submitting and verifying: the clock stops, and someone else looks."""

from django.utils.translation import gettext as _

from tisu.loop import deadlines
from tisu.loop.faults import Conflict, NotAllowed, Unacceptable
from tisu.loop.models import ClockKind, Event
from tisu.loop.stages import (
    CO_SETTLED,
)


def submit(act) -> None:
    """Stops the handling clock at this moment. Every co-unit must be done or waived first."""
    waiting = [str(row.unit) for row in act.matter.co_assignments if row.state not in CO_SETTLED]
    if waiting:
        raise Unacceptable(
            _("Still open: %(units)s. Let each report its part done, or waive it with a reason.")
            % {"units": "、".join(waiting)}
        )
    act.facts |= {"proposed_result": act.data["result"], "verifying": False}
    deadlines.stop_clock(act.matter, ClockKind.SOLVE, at=act.at)


def withdraw(act) -> None:
    """Only whoever submitted, and only until verification begins. The clock goes on as if never stopped."""
    last = Event.objects.filter(matter=act.matter, action="submit").last()
    if last.actor_id != act.actor.user.pk:
        raise NotAllowed(_("Only whoever submitted the result may withdraw it."))
    if act.matter.verifying:
        raise Conflict(_("Verification has begun: the submission can no longer be withdrawn."))
    act.facts["proposed_result"] = ""
    deadlines.restore_clock(act.matter, ClockKind.SOLVE)


def begin_verification(act) -> None:
    if act.matter.verifying:
        raise Conflict(_("Verification has begun already."))
    act.facts["verifying"] = True


def pass_(act) -> None:
    """The proposed result becomes the result; the verdict is frozen."""
    act.facts |= {
        "result": act.matter.proposed_result,
        "closed_at": act.at,
        "verdict": deadlines.verdict_of(act.matter),
        "verifying": False,
    }
    act.body["result"] = act.matter.proposed_result


def fail(act) -> None:
    """Back to the lead unit with what is left of its limit; the time of verification is not counted."""
    act.facts |= {"proposed_result": "", "verifying": False, "reworks": act.matter.reworks + 1}
    deadlines.resume_clock(act.matter, ClockKind.SOLVE, at=act.at, reason="verification")
