"""What an action writes besides the stage. Each effect may refuse (409, 422) before it writes anything.

`performance.facts` goes into the conditional update of the matter; `performance.body` into the event.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.moves import advance, begin, move
from tisu.foundation.workdays import count_workdays, official
from tisu.loop import deadlines
from tisu.loop.faults import Conflict, NotAllowed, Unacceptable
from tisu.loop.models import Assignment, ClockKind, ClockUnit, Event, Rating, Wall
from tisu.loop.queries import UNIT_ROLES
from tisu.loop.stages import (
    CO_SETTLED,
    HANDLED_HERE,
    SCREENED_OUT,
    AssignmentState,
    Result,
    Screening,
)
from tisu.orgs.models import Duty, Unit

_A = AssignmentState
ASSIGNMENT_MOVES = {
    "accepted": move("accepted", [_A.SENT], _A.ACCEPTED),
    "returned": move("returned", [_A.SENT, _A.ACCEPTED, _A.DONE, _A.CONFIRMED, _A.WAIVED], _A.RETURNED),
    "co_done": move("co_done", [_A.SENT, _A.ACCEPTED], _A.DONE),
    "co_confirm": move("co_confirm", [_A.DONE], _A.CONFIRMED),
    "co_waive": move("co_waive", [_A.SENT, _A.ACCEPTED], _A.WAIVED),
}


# What a discipline report leaves of its matter besides number, time and officer (domain.md M10.1, kind B).
NOTHING_LEFT = {"title": "", "text": "", "requester": None, "enterprise": None}


def _step(row: Assignment, code: str, **facts) -> None:
    advance(row, ASSIGNMENT_MOVES[code], seen_version=row.version, **facts)


# --- screening ---------------------------------------------------------------------------------------------


def screen(act) -> None:
    """Kind A–H, who is accused, who could solve it, and the facts that units will read.

    Accused and able to solve it at once: the wall wins, and no responsible unit is kept.
    """
    data, matter = act.data, act.matter
    act.facts["screened_as"] = data["kind"]
    if data["kind"] == Screening.DISCIPLINE:
        act.facts |= NOTHING_LEFT
        act.body = {"kind": data["kind"]}
        return
    if accused := data["accused_unit"]:
        _leave_someone_to_dispatch(matter, accused)
        wall_off(matter, accused, reason="accused")
        if data["responsible_unit"] == accused:
            data["responsible_unit"], act.body["responsible_unit"] = None, None
    if data["facts"]:
        act.facts |= {"text": data["facts"], "title": headline(data["facts"])}


def _leave_someone_to_dispatch(matter, accused: Unit) -> None:
    """Office and supervision stand in for each other; walled off both, nobody would see it again."""
    walled = {wall.unit.duty for wall in matter.walls.all() if wall.unit_id}
    if {Duty.OFFICE, Duty.SUPERVISION} <= walled | {accused.duty}:
        raise Unacceptable.at(
            "accused_unit",
            _("Then neither office nor supervision could handle it: hand it over to the commission instead."),
        )


def wall_off(matter, unit: Unit, *, reason: str) -> None:
    """Close a matter to a unit, its staff, and the leaders in charge of it."""
    Wall.objects.get_or_create(matter=matter, unit=unit, defaults={"reason": reason, "built_at": clock.now()})


def headline(text: str) -> str:
    """The first sentence of a text, cut to forty characters, as a title."""
    first = text.strip().splitlines()[0] if text.strip() else ""
    for stop in "。；;!！?？":
        first = first.split(stop)[0]
    return first if len(first) <= 40 else first[:39] + "…"


def hand_over(act) -> None:
    """To a unit of the county or a body outside it, by name. Of the units only discipline then sees it."""
    matter = act.matter
    unit = _unit_named(matter, act.data["to"])
    if unit and any(wall.unit_id == unit.pk for wall in matter.walls.all()):
        raise Unacceptable(
            _("Choose where to hand it over."),
            {"to": [_("This report accuses %(unit)s: hand it over elsewhere.") % {"unit": unit}]},
        )
    act.facts["handed_to"] = unit if unit and unit.duty == Duty.DISCIPLINE else None
    act.body["to_name"] = unit.name if unit else act.data["to"]
    _end(act, Result.HANDED_OVER)


def _unit_named(matter, words: str) -> Unit | None:
    """A unit of the county by its code or by a name that people call it."""
    called = Q(code=words.lower()) | Q(name=words) | Q(short_name=words)
    return Unit.objects.on().filter(called, region=matter.region_id).first()


def refuse_acceptance(act) -> None:
    _end(act, Result.NOT_ACCEPTED)


def split(act) -> None:
    """Ends here; the room opens one registered matter per text (Kind.on_move)."""
    if act.matter.screened_as == Screening.DISCIPLINE:
        raise Conflict(_("A discipline report keeps no text that could be split: hand it over."))
    act.body = {"parts": len(act.data["texts"])}
    _end(act, Result.SPLIT)


def _end(act, result: str) -> None:
    deadlines.stop_clock(act.matter, ClockKind.SCREEN, at=act.at)
    act.facts |= {"result": result, "closed_at": act.at}


# --- assignment --------------------------------------------------------------------------------------------


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
    _step(act.matter.lead, "accepted", accepted_at=act.at, handler=handler)


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
        _step(row, "returned")
    deadlines.void_clock(matter, ClockKind.SOLVE, at=act.at)
    if act.is_screened_kind and rules.screen_days:
        limit = {"unit": ClockUnit.WORKING_DAY, "amount": rules.screen_days}
        deadlines.start_clock(matter, ClockKind.SCREEN, at=act.at, **limit)  # the office decides anew


# --- handling ----------------------------------------------------------------------------------------------


def co_done(act) -> None:
    units = act.actor.standing.units(*UNIT_ROLES)
    for row in act.matter.co_assignments:
        if row.unit_id in units and row.state not in CO_SETTLED:
            return _step(row, "co_done")
    raise Conflict(_("Your unit's part is settled already."))


def co_confirm(act) -> None:
    _settle(act, "co_confirm", _("%(unit)s has not reported its part done yet."))


def co_waive(act) -> None:
    _settle(act, "co_waive", _("The part of %(unit)s is settled already."))


def _settle(act, code: str, sentence: str) -> None:
    row = next(row for row in act.matter.co_assignments if row.unit == act.data["unit"])
    if not ASSIGNMENT_MOVES[code].starts_from(row.state):
        raise Conflict(sentence % {"unit": row.unit})
    _step(row, code)


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


# --- a word from above, and from the requester ---------------------------------------------------------------


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


EFFECTS = {
    "screen": screen,
    "hand_over": hand_over,
    "refuse_acceptance": refuse_acceptance,
    "split": split,
    "assign": assign,
    "accept": accept,
    "return": return_,
    "co_done": co_done,
    "co_confirm": co_confirm,
    "co_waive": co_waive,
    "submit": submit,
    "withdraw": withdraw,
    "begin_verification": begin_verification,
    "pass": pass_,
    "fail": fail,
    "urge": urge,
    "rate": rate,
}
