"""Rules that come back every year: from one month and day to another, over New Year where need be.

They hold in the years 1949 to 2149: every limit lies within, and what a calendar counts ahead stays short.
"""

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

FIRST_YEAR, LAST_YEAR = 1949, 2149
LEAP_YEAR = 2000  # has every month and day there is

MonthDay = tuple[int, int]


@dataclass(frozen=True)
class Yearly:
    """Days from `first` to `last`, both counted; a range that ends before it begins runs over New Year."""

    first: MonthDay
    last: MonthDay
    name: str = ""

    def covers(self, day: date) -> bool:
        return FIRST_YEAR <= day.year <= LAST_YEAR and (day.month, day.day) in self.month_days

    @cached_property
    def month_days(self) -> frozenset[MonthDay]:
        every = (date(LEAP_YEAR, 1, 1) + timedelta(days=n) for n in range(366))
        return frozenset(day for each in every if self._holds(day := (each.month, each.day)))

    def days(self) -> Iterator[date]:
        """All its days; 29 February in leap years only."""
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            for month, day in self.month_days:
                if (month, day) != (2, 29) or isleap(year):
                    yield date(year, month, day)

    def _holds(self, day: MonthDay) -> bool:
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last
