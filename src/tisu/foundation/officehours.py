"""When the office is open: sessions of a day by season, and how much open time lies before a moment.

Moments are local and without a zone here; tisu.foundation.workdays turns them.
"""

from bisect import bisect_left, bisect_right
from calendar import isleap
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from tisu.foundation.tally import Tally
from tisu.foundation.yearly import FIRST_YEAR, LAST_YEAR, LEAP_YEAR, MonthDay, Yearly

Session = tuple[time, time]
BASE = ((time(8), time(12)), (time(14, 30), time(18)))
NOTHING = timedelta(0)


@dataclass(frozen=True)
class Season:
    """Other sessions for a part of each year."""

    range: Yearly
    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class OfficeHours:
    """Sessions of a working day, in order and apart; a season's stand in for the base in its part of the year."""

    base: tuple[Session, ...] = BASE
    seasons: tuple[Season, ...] = ()

    def on(self, day: date) -> tuple[Session, ...]:
        return next((season.sessions for season in self.seasons if season.range.covers(day)), self.base)


ORDINARY = OfficeHours()


class OpenTime:
    """Open time before a moment and back, by bisection over the stretches of days with the same sessions."""

    def __init__(self, tally: Tally, hours: OfficeHours) -> None:
        self._tally, self._hours = tally, hours
        self._starts = _changes(hours)
        self._before = [NOTHING]
        for first, following in pairwise(self._starts):
            days = tally.before(following.toordinal()) - tally.before(first.toordinal())
            self._before.append(self._before[-1] + days * _length(hours.on(first)))

    def before(self, moment: datetime) -> timedelta:
        day, number = moment.date(), moment.toordinal()
        place = bisect_right(self._starts, day) - 1
        first = self._starts[place]
        days = self._tally.before(number) - self._tally.before(first.toordinal())
        whole = self._before[place] + days * _length(self._hours.on(day))
        if self._tally.before(number + 1) == self._tally.before(number):
            return whole
        return whole + sum(
            (min(moment, closes) - opens for opens, closes in self._sessions(day) if opens < moment), NOTHING
        )

    def at(self, total: timedelta) -> datetime:
        """The first moment before which so much open time lies. OverflowError beyond the last day there is."""
        place = bisect_left(self._before, total) - 1
        first, rest = self._starts[place], total - self._before[place]
        length = _length(self._hours.on(first))
        days = -(-rest // length) - 1  # whole days before the one in which it ends
        number = self._tally.nth(self._tally.before(first.toordinal()) + days + 1)
        rest -= days * length
        for opens, closes in self._sessions(_date(number)):
            if rest <= closes - opens:
                return opens + rest
            rest -= closes - opens
        raise AssertionError("A day's sessions are as long as their sum.")

    def _sessions(self, day: date) -> list[tuple[datetime, datetime]]:
        return [
            (datetime.combine(day, opens), datetime.combine(day, closes))
            for opens, closes in self._hours.on(day)
        ]


def _changes(hours: OfficeHours) -> list[date]:
    """The days from which on the sessions may be others, the first day there is among them."""
    turns = {turn for season in hours.seasons for turn in (season.range.first, _following(season.range.last))}
    years = range(FIRST_YEAR, LAST_YEAR + 1) if turns else ()
    days = {date(year, *_in_year(turn, year)) for year in years for turn in turns | {(1, 1)}}
    return sorted(days | {date.min, *([date(LAST_YEAR + 1, 1, 1)] if turns else [])})


def _following(day: MonthDay) -> MonthDay:
    after = date(LEAP_YEAR, *day) + timedelta(days=1)
    return after.month, after.day


def _in_year(day: MonthDay, year: int) -> MonthDay:
    return (3, 1) if day == (2, 29) and not isleap(year) else day


def _length(sessions: tuple[Session, ...]) -> timedelta:
    return sum((_since_midnight(closes) - _since_midnight(opens) for opens, closes in sessions), NOTHING)


def _since_midnight(at: time) -> timedelta:
    return datetime.combine(date.min, at) - datetime.min


def _date(number: int) -> date:
    if number > date.max.toordinal():
        raise OverflowError
    return date.fromordinal(number)
