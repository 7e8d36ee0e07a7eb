"""Months and quarters as periods with a first and a last day, both counted."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from tisu.promises.rates import Quarter

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year, as 2023-05."""

    year: int
    number: int

    @cached_property
    def code(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @cached_property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @cached_property
    def last(self) -> date:
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def before(self) -> "Month":
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)


Period = Month | Quarter


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


# Asked of every leader again, so each period is reckoned once.
@lru_cache
def months_in(quarter: Quarter) -> tuple[Month, ...]:
    first = month_of(quarter.first)
    return first, first.after, first.after.after


@lru_cache
def days_of(period: Period) -> tuple[date, date]:
    """The first and the last day."""
    return period.first, period.last


def read_month(code: str) -> Month | None:
    """2023-05, or None for anything else."""
    year, sign, number = code.partition("-")
    if not (sign and _is_number(year, 4) and _is_number(number, 2)):
        return None
    fits = FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(number) <= 12
    return Month(int(year), int(number)) if fits else None


def read_quarter(code: str) -> Quarter | None:
    """2023Q2, or None for anything else."""
    year, sign, number = code.partition("Q")
    if not (sign and _is_number(year, 4) and number in tuple("1234")):
        return None
    return Quarter(int(year), int(number)) if FIRST_YEAR <= int(year) <= LAST_YEAR else None


def _is_number(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()
