"""The clocks of one matter: started, stopped, paused, extended; and the only code that writes their cached dates.

Every method writes facts; the dates follow from them by loop/reckoning.py.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.functional import cached_property

from tisu.foundation import clock
from tisu.foundation.calendars import calendar_of, current_version, versions_since
from tisu.foundation.prepared import Blank, Prepared
from tisu.foundation.workdays import Calendar
from tisu.foundation.writing import change, write
from tisu.loop.levels import Dates, alarm_after
from tisu.loop.models import Adjustment, Assignment, Clock, ClockKind, ClockUnit, Matter, Pause
from tisu.loop.models import Request as Asked
from tisu.loop.reckoning import Deadline, Moments, reckon


def deadline_of(
    row: Clock,
    newest: Calendar | None = None,
    *,
    ordered: bool = False,
    more: int = 0,
    paused: Moments = (),
) -> Deadline:
    """A clock's dates from its facts alone; with `more` working days and `paused` stretches, what they would become.

    It is reckoned under the calendar that its dates were last reckoned under: only redating gives a newer one
    (`newest`), so that no other act moves a date for the calendar's sake, and what was judged stays judged. Never
    earlier than under the calendar its date was last told by, unless a leader orders it (`ordered`: with `newest`).
    """
    region = row.matter.region_id
    now = _under(row, newest or calendar_of(region, row.reckoned_under), more, paused)
    told_by = now.calendar.version if ordered else _told_by(row, region, now.calendar.version)
    if told_by == now.calendar.version:
        return now
    told = _under(row, calendar_of(region, told_by), more, paused)
    if told.due_at <= now.due_at:
        return now
    return replace(
        told, calendar=now.calendar, provisional=now.calendar.is_provisional(told.due_on), kept=True
    )


def told_under(row: Clock, newest: Calendar) -> str:
    """The calendar to write down as the one its date was told by, once it is reckoned under the newest.

    Where the date moves, or an order has come since: the newest, or where that would bring the date forward, the one
    it was told by. So an order counts once, and no later notice comes forward by it. Else what was told stays.
    """
    deadline, told_by = deadline_of(row, newest), _told_by(row, row.matter.region_id, newest.version)
    if deadline.due_at == row.due_at and told_by == row.calendar:
        return row.calendar
    return told_by if deadline.kept else newest.version


def is_ordered_since(row: Clock, newest: Calendar) -> bool:
    """Whether a leader let told dates come forward since this one was told."""
    return _told_by(row, row.matter.region_id, newest.version) != row.calendar


def _told_by(row: Clock, region: str, under: str) -> str:
    """The calendar its date was last told by, or a later one with which a leader let told dates come forward."""
    program, _plus, number = under.partition("+")
    since = [each for each in versions_since(row.calendar) if each.number <= int(number or 0)]
    orders = [each.number for each in since if each.order and each.covers(region)]
    return f"{program}+{orders[-1]}" if orders else row.calendar


def _under(row: Clock, calendar: Calendar, more: int = 0, paused: Moments = ()) -> Deadline:
    return reckon(
        row,
        calendar,
        pauses=_moments(row) + paused,
        extended=more + (sum(each.amount for each in row.adjustments.all()) if row.pk else 0),
        warn_share=row.matter.matter_type.rules.warn_share,
    )


def _moments(row: Clock) -> Moments:
    return tuple((pause.paused_at, pause.ends_at) for pause in row.pauses.all()) if row.pk else ()


def dates_of(row: Clock, newest: Calendar | None = None, *, reached: int | None = None) -> dict[str, Any]:
    """The cached columns of a clock, from its facts and from the alarms that have rung."""
    deadline = deadline_of(row, newest)
    return {
        "due_at": deadline.due_at,
        "warn_at": deadline.warn_at,
        "provisional": deadline.provisional,
        "reckoned_under": deadline.calendar.version,
        "alarm_at": _alarm_at(row, deadline, reached),
    }


def _alarm_at(row: Clock, deadline: Deadline, reached: int | None) -> datetime | None:
    """None for a clock that stands: stopped, void, or paused until someone resumes it."""
    if not row.is_running or (row.pk and any(pause.resumed_at is None for pause in row.pauses.all())):
        return None
    if reached is None:
        rung = row.alarms.all() if row.pk else ()
        reached = max((each.level for each in rung if each.due_at == deadline.due_at), default=0)
    return alarm_after(row, deadline, row.matter.matter_type.rules, reached)


def refresh(row: Clock, newest: Calendar | None = None, *, reached: int | None = None, **facts: Any) -> None:
    """Write facts of a clock and the dates that follow from them."""
    for name, value in facts.items():
        setattr(row, name, value)
    dates = dates_of(row, newest, reached=reached)
    for name, value in dates.items():
        setattr(row, name, value)
    row.save(update_fields=[*facts, *dates])


def kept_dates(row: Clock) -> Dates:
    """The dates that a clock keeps, for as long as its facts are those they were reckoned from."""
    calendar = calendar_of(row.matter.region_id, row.reckoned_under)
    return Dates(row.due_at, clock.local_day(row.due_at), row.warn_at, calendar)


def look_again_at(row: Clock, dates: Dates, *, reached: int) -> None:
    """A level has rung: the next one is looked for when its moment comes. No date moves by that."""
    row.alarm_at = alarm_after(row, dates, row.matter.matter_type.rules, reached)
    change(Clock, {"pk": row.pk}, {"alarm_at": row.alarm_at})


class Clocks:
    """The clocks of a matter in its present cycle, read once; `fresh` for a matter that has none yet."""

    def __init__(self, matter: Matter, *, fresh: bool = False) -> None:
        self.matter, self._fresh = matter, fresh

    @cached_property
    def rows(self) -> list[Clock]:
        if self._fresh:
            return []
        return [self._known(row) for row in _OF_CYCLE(matter=self.matter.pk, cycle=self.matter.cycle)]

    def _known(self, row: Clock) -> Clock:
        row.matter = self.matter
        return row

    def of(self, kind: str, assignment: Assignment | None = None) -> Clock | None:
        """The latest clock of a kind, of one unit's part where asked."""
        found = [
            row
            for row in self.rows
            if row.kind == kind and (assignment is None or row.assignment_id == assignment.pk)
        ]
        return found[-1] if found else None

    def running(self) -> Iterator[Clock]:
        return (row for row in self.rows if row.is_running)

    def judging(self) -> Clock | None:
        """The clock a matter is judged by: handling once assigned, screening until then."""
        return self.of(ClockKind.SOLVE) or self.of(ClockKind.SCREEN)

    # --- starting and stopping ---

    def start(self, kind: str, **limit: Any) -> Clock:
        """Begin a limit of this kind, given as to `foresee`."""
        row = self.foresee(kind, **limit)
        write(row)
        return row

    def foresee(
        self,
        kind: str,
        *,
        at: datetime,
        amount: int = 0,
        unit: str = ClockUnit.WORKING_DAY,
        due_on: date | None = None,
        assignment: Assignment | None = None,
        cycle: int | None = None,
    ) -> Clock:
        """A limit that is about to begin, not yet saved. What it comes to is told at once, so its calendar is today's."""
        row = Clock(
            matter=self.matter,
            kind=kind,
            cycle=cycle or self.matter.cycle,
            assignment=assignment,
            started_at=at,
            amount=amount,
            unit=unit,
            due_on=due_on,
            calendar=current_version(),
        )
        for name, value in dates_of(row, reached=0).items():
            setattr(row, name, value)
        row.first_due_at = row.due_at
        self.rows.append(row)
        return row

    def stop(self, kind: str, *, at: datetime, assignment: Assignment | None = None) -> None:
        """The party has done its part. A clock that stands already keeps its moment."""
        row = self.of(kind, assignment)
        if row is not None and row.is_running:
            _stand(row, stopped_at=at)

    def stop_all(self, *, at: datetime) -> None:
        for row in self.running():
            _stand(row, stopped_at=at)

    def void(self, kind: str, *, at: datetime) -> None:
        """This limit judges no one: the matter went back before anything was done."""
        for row in [row for row in self.rows if row.kind == kind]:
            _stand(row, stopped_at=row.stopped_at or at, is_void=True)
            self.rows.remove(row)

    def restore(self, kind: str) -> None:
        """As if it had never been stopped: a withdrawn submission costs and gains nothing."""
        if row := self.of(kind):
            refresh(row, stopped_at=None)

    def resume(self, kind: str, *, at: datetime, reason: str) -> None:
        """Go on with what was left of a limit: the stretch since the stop becomes a pause."""
        row = self.of(kind)
        if row is not None and row.stopped_at is not None:
            self.resume_row(row, at=at, reason=reason)

    def resume_row(self, row: Clock, *, at: datetime, reason: str) -> None:
        ended = max(at, row.stopped_at)  # the clock may have been set back meanwhile
        Pause.objects.create(clock=row, reason=reason, paused_at=row.stopped_at, resumed_at=ended)
        refresh(row, stopped_at=None)

    # --- holds and extensions ---

    def pause(self, *, at: datetime, until: datetime, reason: str, request: Asked) -> None:
        """Every clock that runs stands until `until`, or until someone resumes it."""
        for row in self.running():
            Pause.objects.create(clock=row, reason=reason, paused_at=at, until=until, request=request)
            refresh(row)

    def end_pauses(self, *, at: datetime) -> None:
        """Resumed: the day of resumption is counted. No pause is longer than approved, or ends before it began."""
        for row in self.running():
            for pause in row.pauses.filter(resumed_at__isnull=True):
                pause.resumed_at = max(pause.paused_at, min(at, pause.until))
                pause.save(update_fields=["resumed_at"])
            refresh(row)

    def pass_on(self, assignment: Assignment) -> None:
        """The limit of the whole goes on in other hands (case 37)."""
        if row := self.of(ClockKind.SOLVE):
            row.assignment = assignment
            row.save(update_fields=["assignment"])

    def hand_on(self, before: Assignment, after: Assignment) -> None:
        """What runs for one part runs for the one that continues it, and so does the limit of the whole."""
        for row in self.rows:
            if row.assignment_id == before.pk and (row.is_running or row.kind == ClockKind.SOLVE):
                row.assignment = after
                row.save(update_fields=["assignment"])

    def extend(self, amount: int, *, request: Asked, approved_by: str, at: datetime) -> None:
        """Working days after the original due day, for the lead unit and for whoever shares its limit."""
        shared = not self.matter.matter_type.rules.co_days
        for row in self.running():
            if row.kind == ClockKind.SOLVE or (shared and row.kind == ClockKind.CO_OPERATE):
                Adjustment.objects.create(
                    clock=row, amount=amount, request=request, approved_by=approved_by, at=at
                )
                refresh(row)

    # --- what the matter keeps of it ---

    def dates(self) -> dict[str, Any]:
        """The fields of the matter's cache, from the clock that judges it."""
        row = self.judging()
        if row is None:
            return {"due_at": None, "warn_at": None, "stopped_at": None, "provisional": False}
        return {
            "due_at": row.due_at,
            "warn_at": row.warn_at,
            "stopped_at": row.stopped_at,
            "provisional": row.provisional,
        }


_OF_CYCLE = Prepared(
    lambda: Clock.objects.filter(matter=Blank("matter"), cycle=Blank("cycle"), is_void=False).order_by("pk")
)


def _stand(row: Clock, **facts: Any) -> None:
    """A clock that stands keeps its dates and rings no more."""
    facts |= {"alarm_at": None}
    for name, value in facts.items():
        setattr(row, name, value)
    change(Clock, {"pk": row.pk}, facts)
