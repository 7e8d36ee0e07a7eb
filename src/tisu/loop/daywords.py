"""Deadlines in words: what is left, and the arithmetic that a reader can open (loop.md §4, point 3)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tisu.foundation.workdays import count_workdays
from tisu.loop.deadlines import Deadline, remaining_workdays
from tisu.loop.models import Clock, ClockUnit, Matter
from tisu.web.templatetags.web import han_date

ONE_DAY = timedelta(days=1)
REASONS = {"verification": gettext_lazy("the result was being verified")}


def remaining_words(matter: Matter) -> str:
    """“3 working days left”, “due today”, “2 working days over”; empty without a running clock."""
    days = remaining_workdays(matter)
    if days is None:
        return _("clock stopped") if matter.is_open and matter.stopped_at else ""
    if days == 0:
        return _("due today")
    if days > 0:
        return ngettext("%(days)d working day left", "%(days)d working days left", days) % {"days": days}
    return ngettext("%(days)d working day over", "%(days)d working days over", -days) % {"days": -days}


def reckoned(row: Clock, deadline: Deadline) -> SafeString:
    """How the due day was reckoned, line by line: start, amount, pauses, what is provisional, which calendar."""
    return format_html_join("", "{}<br>", ((line,) for line in _lines(row, deadline)))


def _lines(row: Clock, deadline: Deadline) -> Iterator[str]:
    yield _("From %(start)s (not counted) %(terms)s = %(due)s, close of business") % {
        "start": han_date(deadline.started_on),
        "terms": " ".join([_amount(row), *_gained(deadline)]),
        "due": han_date(deadline.due_on),
    }
    for (first, resumed), pause in zip(deadline.paused, row.pauses.all(), strict=True):
        yield _("Not counted from %(first)s until %(resumed)s: %(reason)s.") % {
            "first": han_date(first),
            "resumed": han_date(resumed),
            "reason": REASONS.get(pause.reason, pause.reason),
        }
    if deadline.provisional:
        yield _(
            "Provisional: the days off of that year have not been announced; the day is reckoned anew when they are."
        )
    yield _("Working days after the official calendar %(version)s.") % {"version": deadline.calendar.version}


def _amount(row: Clock) -> str:
    if row.unit == ClockUnit.WORKING_DAY:
        return ngettext("+ %(n)d working day", "+ %(n)d working days", row.amount) % {"n": row.amount}
    if row.unit == ClockUnit.CALENDAR_DAY:
        return ngettext("+ %(n)d calendar day", "+ %(n)d calendar days", row.amount) % {"n": row.amount}
    return _("to the day named")


def _gained(deadline: Deadline) -> list[str]:
    """What the pauses move the day on by, in working days."""
    days = sum(_working_days(first, resumed, deadline) for first, resumed in deadline.paused)
    return (
        [ngettext("+ %(n)d working day paused", "+ %(n)d working days paused", days) % {"n": days}]
        if days
        else []
    )


def _working_days(first: date, resumed: date, deadline: Deadline) -> int:
    return count_workdays(first - ONE_DAY, resumed - ONE_DAY, deadline.calendar)
