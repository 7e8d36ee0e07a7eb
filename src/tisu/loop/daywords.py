"""Deadlines in words: what is left, and the arithmetic that a reader can open (loop.md §4, point 3)."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tisu.foundation import clock
from tisu.foundation.calendars import notices_behind
from tisu.foundation.listed import listed
from tisu.foundation.signatures import as_read
from tisu.foundation.tally import union
from tisu.foundation.workdays import count_workdays
from tisu.loop.deadlines import remaining_workdays, workdays_left
from tisu.loop.models import Clock, ClockKind, ClockUnit, Matter
from tisu.loop.reasons import in_words, told_outside
from tisu.loop.reckoning import Deadline
from tisu.web.templatetags.web import han_date, han_moment


def remaining_words(matter: Matter) -> str:
    """“3 working days left”, “due today”, “2 working days over”; empty without a running clock."""
    if matter.is_suspended and matter.is_open:
        return _("suspended until %(day)s") % {"day": han_date(matter.suspended_until)}
    days = remaining_workdays(matter)
    if days is None:
        return _("clock stopped") if matter.is_open and matter.stopped_at else ""
    return _days_in_words(days)


def left_words(due_at: datetime, region: str) -> str:
    """The same for a single limit that runs."""
    return _days_in_words(workdays_left(due_at, region))


def _days_in_words(days: int) -> str:
    if days == 0:
        return _("due today")
    if days > 0:
        return ngettext("%(days)d working day left", "%(days)d working days left", days) % {"days": days}
    return ngettext("%(days)d working day over", "%(days)d working days over", -days) % {"days": -days}


def reckoned(row: Clock, deadline: Deadline, *, for_requester: bool = False) -> SafeString:
    """How the due day was reckoned, line by line: start, amount, pauses, what is provisional, basis and calendar.

    Whoever merely raised the matter reads the days and the listed reasons, not what offices wrote.
    """
    lines = [
        _sum(row, deadline),
        *_pauses(row, deadline, for_requester),
        *_extensions(row, deadline, for_requester),
        *_grounds(row, deadline),
    ]
    return format_html_join("", "{}<br>", ((line,) for line in lines))


def _sum(row: Clock, deadline: Deadline) -> str:
    terms = " ".join([_amount(row), *_gained(row, deadline)])
    if row.unit == ClockUnit.WORKING_HOUR:
        return _("From %(start)s %(terms)s = %(due)s") % {
            "start": han_moment(row.started_at),
            "terms": terms,
            "due": han_moment(deadline.due_at),
        }
    return _("From %(start)s (not counted) %(terms)s = %(due)s, close of business") % {
        "start": han_date(deadline.started_on),
        "terms": terms,
        "due": han_date(deadline.due_on),
    }


def _pauses(row: Clock, deadline: Deadline, for_requester: bool) -> Iterator[str]:
    for (first, resumed), pause in zip(deadline.paused, row.pauses.all(), strict=True):
        yield _("Not counted from %(first)s until %(resumed)s: %(reason)s.") % {
            "first": han_date(first),
            "resumed": han_date(resumed),
            "reason": told_outside(pause.reason) if for_requester else in_words(pause.reason),
        }


def _extensions(row: Clock, deadline: Deadline, for_requester: bool) -> Iterator[str]:
    for each in row.adjustments.all():
        words = {
            "days": each.amount,
            "day": han_date(deadline.original_due_on),
            "by": as_read(each.approved_by),
        }
        yield (
            _("Extended by %(days)s working days from the original due day %(day)s.")
            if for_requester
            else _("Extended by %(days)s working days from the original due day %(day)s; granted by %(by)s.")
        ) % words


def _grounds(row: Clock, deadline: Deadline) -> Iterator[str]:
    if first := told_first(row, deadline):
        yield _("The day that was told first: %(day)s.") % {"day": han_date(first)}
    if deadline.kept:
        yield _("A later calendar notice would bring the day forward; the day already told is kept.")
    if deadline.provisional:
        yield _(
            "Provisional: the days off of that year have not been announced; the day is reckoned anew when they are."
        )
    yield _basis(row)
    notices = notices_behind(row.matter.region_id, deadline.calendar, deadline.started_on, deadline.due_on)
    yield _("Days off and days worked: %(notices)s. Calendar %(version)s.") % {
        "notices": listed(notices),
        "version": deadline.calendar.version,
    }


def told_first(row: Clock, deadline: Deadline) -> date | None:
    """The due day that was told when it began, where it is another one today."""
    if row.first_due_at is None or clock.local_day(row.first_due_at) == deadline.due_on:
        return None
    return clock.local_day(row.first_due_at)


def _basis(row: Clock) -> str:
    """What set the limit: the assignment, else the type, whose paper stands behind handling and screening alone."""
    type_ = row.matter.matter_type
    by_type = row.unit == ClockUnit.WORKING_DAY and row.amount == type_.rules.solve_days
    if row.kind == ClockKind.SOLVE and not by_type:
        return _("The limit was named when it was assigned.")
    if type_.basis and row.kind in (ClockKind.SOLVE, ClockKind.SCREEN):
        return _("Basis: %(basis)s.") % {"basis": type_.basis}
    return _("A limit of this kind of matter, rules version %(number)d.") % {"number": type_.number}


def _amount(row: Clock) -> str:
    if row.unit == ClockUnit.WORKING_DAY:
        return ngettext("+ %(n)d working day", "+ %(n)d working days", row.amount) % {"n": row.amount}
    if row.unit == ClockUnit.CALENDAR_DAY:
        return ngettext("+ %(n)d calendar day", "+ %(n)d calendar days", row.amount) % {"n": row.amount}
    if row.unit == ClockUnit.MONTH:
        return ngettext("+ %(n)d month", "+ %(n)d months", row.amount) % {"n": row.amount}
    if row.unit == ClockUnit.WORKING_HOUR:
        return ngettext("+ %(n)d working hour", "+ %(n)d working hours", row.amount) % {"n": row.amount}
    return _("to the day named")


def _gained(row: Clock, deadline: Deadline) -> list[str]:
    """What pauses and extensions move the day on by."""
    gained = []
    if row.unit == ClockUnit.WORKING_DAY and (days := _workdays_paused(deadline)):
        gained.append(
            ngettext("+ %(n)d working day paused", "+ %(n)d working days paused", days) % {"n": days}
        )
    elif row.unit != ClockUnit.WORKING_HOUR and (days := _days_paused(deadline)):
        gained.append(
            ngettext("+ %(n)d calendar day paused", "+ %(n)d calendar days paused", days) % {"n": days}
        )
    if more := deadline.extended:
        gained.append(
            ngettext("+ %(n)d working day granted", "+ %(n)d working days granted", more) % {"n": more}
        )
    return gained


def _workdays_paused(deadline: Deadline) -> int:
    """Days of pauses that overlap are taken out once."""
    span = deadline.started_on, deadline.due_on, deadline.calendar
    return count_workdays(*span) - count_workdays(*span, deadline.paused)


def _days_paused(deadline: Deadline) -> int:
    return sum((resumed - first).days for first, resumed in union(deadline.paused))
