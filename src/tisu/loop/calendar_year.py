"""A year of a region's calendar as its page shows it: months with their marks, and what they say in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tisu.foundation import clock
from tisu.foundation.calendars import notices_of
from tisu.foundation.layers import built_in
from tisu.foundation.listed import listed
from tisu.foundation.models import NoticeKind
from tisu.foundation.officehours import Session
from tisu.foundation.tally import SATURDAY
from tisu.foundation.workdays import Calendar, count_workdays
from tisu.foundation.yearly import Yearly
from tisu.web.months import Month, months_of

ONE_DAY = timedelta(days=1)


def year_in_months(calendar: Calendar, year: int) -> list[Month]:
    return months_of(year, lambda day: kind_of_day(calendar, day), clock.today())


def kind_of_day(calendar: Calendar, day: date) -> str:
    """What is plain needs no mark: a weekend that is off, a weekday that is worked."""
    if calendar.is_workday(day):
        return "make-up" if day.weekday() >= SATURDAY else "work"
    return "rest" if day.weekday() >= SATURDAY else "off"


def year_in_words(calendar: Calendar, year: int, region: str) -> list[dict[str, Any]]:
    """Facts of a year, for web/components/facts.html."""
    days = [date(year, 1, 1) + ONE_DAY * n for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    kinds = {day: kind_of_day(calendar, day) for day in days}
    said = source_of(year, region)
    facts = [
        (
            _("Working days in the year"),
            str(count_workdays(date(year - 1, 12, 31), date(year, 12, 31), calendar)),
        ),
        (_("Days off besides weekends"), runs_in_words(day for day in days if kinds[day] == "off")),
        (_("Weekends worked"), runs_in_words(day for day in days if kinds[day] == "make-up")),
        (_("Arranged by"), said or _("not announced yet: only weekends are known")),
    ]
    return [{"label": label, "value": value} for label, value in facts]


def source_of(year: int, region: str) -> str:
    """What a year's arrangement rests on: the latest notice of that year, else what came with the program."""
    notices = [each for each in notices_of(region) if each.kind == NoticeKind.YEAR and each.year == year]
    if notices:
        return notices[-1].source
    known = built_in().get(year)
    return (known.title or known.source) if known else ""


@dataclass(frozen=True)
class Run:
    """Days on end."""

    first: date
    last: date

    def __str__(self) -> str:
        if self.first == self.last:
            return _day(self.first)
        return _("%(first)s to %(last)s") % {"first": _day(self.first), "last": _day(self.last)}


def runs_of(days: Iterable[date]) -> Iterator[Run]:
    first = last = None
    for day in sorted(days):
        if last is not None and day - last > ONE_DAY:
            yield Run(first, last)
            first = day
        first, last = first or day, day
    if last is not None:
        yield Run(first, last)


def runs_in_words(days: Iterable[date]) -> str:
    return listed(runs_of(days)) or "—"


def _day(day: date) -> str:
    return date_format(day, pgettext("date", "j M"))


def hours_in_words(calendar: Calendar) -> list[dict[str, Any]]:
    """Office hours, and those of each season."""
    seasons = [(_season(each.range), each.sessions) for each in calendar.hours.seasons]
    base = _("Otherwise") if seasons else _("All the year")
    return [
        {"label": label, "value": sessions_in_words(sessions)}
        for label, sessions in (*seasons, (base, calendar.hours.base))
    ]


def _season(each: Yearly) -> str:
    first, last = (date(2000, *day) for day in (each.first, each.last))
    return _("%(first)s to %(last)s") % {"first": _day(first), "last": _day(last)}


def sessions_in_words(sessions: Iterable[Session]) -> str:
    return listed(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in sessions)
