"""The months of a year as tables: which days are worked and which are not, by shape and word."""

from calendar import Calendar as Weeks
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import pgettext, pgettext_lazy

from tisu.web.templatetags.web import WEEKDAYS

SHORT_WEEKDAYS = (
    pgettext_lazy("head of a column of days", "M"),
    pgettext_lazy("head of a column of days", "Tu"),
    pgettext_lazy("head of a column of days", "W"),
    pgettext_lazy("head of a column of days", "Th"),
    pgettext_lazy("head of a column of days", "F"),
    pgettext_lazy("head of a column of days", "Sa"),
    pgettext_lazy("head of a column of days", "Su"),
)
# What a day is. A weekend and a plain working day need no mark.
MARKS = {
    "work": "",
    "rest": "",
    "off": pgettext_lazy("mark in a calendar", "off"),
    "make-up": pgettext_lazy("mark in a calendar", "on"),
    "called": pgettext_lazy("mark in a calendar", "call"),
    "quiet": pgettext_lazy("mark in a calendar", "quiet"),
    "both": pgettext_lazy("mark in a calendar", "call, quiet"),
}


@dataclass(frozen=True)
class Day:
    """`kind` is work, rest (a weekend), off (a day off beside it) or make-up (a weekend that is worked).

    In a firm's calendar it is also called (somebody comes), quiet (it wants to be left alone) or both.
    """

    date: date
    kind: str
    is_today: bool = False

    @property
    def mark(self) -> Any:
        return MARKS[self.kind]


@dataclass(frozen=True)
class Month:
    """Weeks from Monday to Sunday; days of the neighbour months are left blank."""

    first: date
    weeks: list[list[Day | None]]
    weekdays: tuple = tuple(zip(SHORT_WEEKDAYS, WEEKDAYS, strict=True))

    @property
    def name(self) -> str:
        return date_format(self.first, pgettext("format of a month", "F"))


def months_of(year: int, kind_of: Callable[[date], str], today: date) -> list[Month]:
    return [month_of(date(year, number, 1), kind_of, today) for number in range(1, 13)]


def month_of(first: date, kind_of: Callable[[date], str], today: date) -> Month:
    """One month alone."""
    weeks = Weeks().monthdatescalendar(first.year, first.month)
    return Month(
        first,
        [
            [Day(day, kind_of(day), day == today) if day.month == first.month else None for day in week]
            for week in weeks
        ],
    )
