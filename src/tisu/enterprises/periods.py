"""The stretch of time that a figure is of: a month, a quarter, a year, or a year as far as one day.

A period is said and read in the words of either language, and has a code that is the same in both: 2022-10, 2022Q4, 2022,
and for the year up to a day that day, 2023-05-22.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from tisu.foundation.textnorm import search_form

YEARS = range(1980, 2100)
HOW = pgettext_lazy("period", "2022, Q4 2022, 2022-10, or 2023-05-22 for the year up to that day")


class Grain(models.TextChoices):
    MONTH = "month", pgettext_lazy("period", "month")
    QUARTER = "quarter", pgettext_lazy("period", "quarter")
    YEAR = "year", pgettext_lazy("period", "year")
    SO_FAR = "so_far", pgettext_lazy("period", "year up to a day")


# From coarse to fine: periods of one grain never overlap, but for years that are told up to several days.
FINE = {Grain.YEAR: 0, Grain.SO_FAR: 1, Grain.QUARTER: 2, Grain.MONTH: 3}


class NotAPeriod(ValueError):
    """What was written is no period; the message is a sentence that says what to write."""


@dataclass(frozen=True)
class Period:
    grain: str
    first: date
    last: date

    def holds(self, other: "Period") -> bool:
        """Whether the other one is a part of it, and not it itself."""
        return self != other and self.first <= other.first and other.last <= self.last

    def has_ended_by(self, day: date) -> bool:
        """A year up to a day is told on that day; every other period ends when its last day is over."""
        return self.last <= day if self.grain == Grain.SO_FAR else self.last < day

    @property
    def code(self) -> str:
        if self.grain == Grain.SO_FAR:
            return self.last.isoformat()
        if self.grain == Grain.QUARTER:
            return f"{self.first.year}Q{_quarter_of(self.first)}"
        return f"{self.first:%Y}" if self.grain == Grain.YEAR else f"{self.first:%Y-%m}"

    def words(self) -> str:
        said = {"year": self.first.year, "month": self.first.month, "quarter": _quarter_of(self.first)}
        if self.grain == Grain.YEAR:
            return _("year %(year)s") % said
        if self.grain == Grain.QUARTER:
            return _("quarter %(quarter)s of %(year)s") % said
        if self.grain == Grain.MONTH:
            return _("month %(month)s of %(year)s") % said
        said |= {"month": self.last.month, "day": self.last.day}
        return _("%(year)s up to %(year)s-%(month)s-%(day)s") % said


def year(number: int) -> Period:
    return Period(Grain.YEAR, date(number, 1, 1), date(number, 12, 31))


def quarter(number: int, place: int) -> Period:
    return Period(Grain.QUARTER, date(number, place * 3 - 2, 1), _end(number, place * 3))


def month(number: int, place: int) -> Period:
    return Period(Grain.MONTH, date(number, place, 1), _end(number, place))


def so_far(day: date) -> Period:
    return Period(Grain.SO_FAR, date(day.year, 1, 1), day)


def period_of(grain: str, last: date) -> Period:
    """The period of this grain that has this last day."""
    if grain == Grain.SO_FAR:
        return so_far(last)
    if grain == Grain.YEAR:
        return year(last.year)
    return quarter(last.year, _quarter_of(last)) if grain == Grain.QUARTER else month(last.year, last.month)


def read_period(text: str) -> Period:
    """NotAPeriod for what cannot be read, or is no year, quarter, month or day that there is."""
    written = search_form(text).replace(" ", "")
    for pattern, made in _READ:
        if found := pattern.fullmatch(written):
            try:
                return _checked(made(found))
            except ValueError:
                break
    raise NotAPeriod(_("This is no period: write it like %(how)s.") % {"how": HOW})


def _checked(period: Period) -> Period:
    if period.first.year not in YEARS:
        raise ValueError
    return period


def _end(number: int, place: int) -> date:
    return date(number, place, calendar.monthrange(number, place)[1])


def _quarter_of(day: date) -> int:
    return (day.month + 2) // 3


# --- How people write them, folded by search_form ---

_PLACES = {**{str(n): n for n in range(1, 5)}, **{sign: n for n, sign in enumerate("一二三四", start=1)}}
_Y, _M = r"(\d{4})", r"(\d{1,2})"


def _as_quarter(found: re.Match) -> Period:
    return quarter(int(found[1]), _PLACES[found[2]])


def _swapped_quarter(found: re.Match) -> Period:
    return quarter(int(found[2]), _PLACES[found[1]])


def _as_day(found: re.Match) -> Period:
    return so_far(date(*map(int, found.groups())))


def _up_to_month(found: re.Match) -> Period:
    """From January on; from another month on it would be no year so far."""
    return so_far(_end(int(found[1]), int(found[2])))


_READ = tuple(
    (re.compile(pattern), made)
    for pattern, made in (
        (rf"(?:year)?{_Y}(?:年度?|年全年)?", lambda found: year(int(found[1]))),
        (rf"{_Y}年?-?(?:第)?([一二三四1-4])季度?", _as_quarter),
        (rf"{_Y}年?-?q([1-4])", _as_quarter),
        (rf"q([1-4])(?:of)?{_Y}", _swapped_quarter),
        (rf"quarter([1-4])of{_Y}", _swapped_quarter),
        (rf"{_Y}[年./-]{_M}月?(?:份)?", lambda found: month(int(found[1]), int(found[2]))),
        (r"(\d{4})(0[1-9]|1[0-2])", lambda found: month(int(found[1]), int(found[2]))),
        (rf"month{_M}of{_Y}", lambda found: month(int(found[2]), int(found[1]))),
        (rf"{_Y}年?1月?[-—–~至到]+{_M}月(?:份)?(?:累计)?", _up_to_month),
        (rf"{_Y}年?上半年", lambda found: so_far(date(int(found[1]), 6, 30))),
        (rf"(?:截至|截止|到)?{_Y}[年./-]{_M}[月./-]{_M}日?(?:止|累计)?", _as_day),
        (rf"\d{{4}}upto{_Y}-{_M}-{_M}", _as_day),
    )
)
