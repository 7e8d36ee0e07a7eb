"""兑现率 in numbers: what firms confirmed as kept, of all that was due. Never one without the other (docs/promises.md)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from tisu.promises.queries import PromiseQuerySet
from tisu.promises.states import OPEN, Outcome

_KEPT = Count("pk", filter=Q(outcome=Outcome.KEPT))
_LATE = Count("pk", filter=Q(state__in=OPEN))


@dataclass(frozen=True)
class Rate:
    """`kept` of `due`; `owed` are not kept yet."""

    kept: int
    due: int
    owed: int = 0

    @property
    def percent(self) -> int | None:
        """Rounded down, so that what is not all of it is never 100. None where nothing was due: no rate."""
        return self.kept * 100 // self.due if self.due else None

    @property
    def fraction(self) -> str:
        return f"{self.kept}/{self.due}"

    @property
    def words(self) -> str:
        return f"{self.percent}% ({self.fraction})" if self.due else f"— ({self.fraction})"


def rate_of(rows: PromiseQuerySet, day: date) -> Rate:
    """Of these promises, those that were due by a day."""
    found = rows.due_by(day).order_by().aggregate(due=Count("pk"), kept=_KEPT, owed=_LATE)
    return Rate(found["kept"], found["due"], found["owed"])


def rates_by_unit(rows: PromiseQuerySet, day: date) -> list[tuple[str, Rate]]:
    """By the unit that answers for them, the one with the most still owed first."""
    found = (
        rows.due_by(day)
        .order_by()
        .values("unit__code", "unit__short_name")
        .annotate(due=Count("pk"), kept=_KEPT, owed=_LATE)
    )
    rates = [(row["unit__short_name"] or "", _rate(row)) for row in found]
    return sorted(rates, key=lambda each: (-each[1].owed, -each[1].due, each[0]))


def _rate(row: dict[str, Any]) -> Rate:
    return Rate(row["kept"], row["due"], row["owed"])


@dataclass(frozen=True)
class Quarter:
    """A quarter of a year, as 2023Q2."""

    year: int
    number: int

    @property
    def code(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def quarter_named(code: str, today: date) -> Quarter:
    """What an address asks for, or this one where it asks for nothing that there is."""
    year, sign, number = code.upper().partition("Q")
    is_year = sign and len(year) == 4 and year.isascii() and year.isdigit()
    if not is_year or number not in ("1", "2", "3", "4") or not 2000 <= int(year) <= 2100:
        return quarter_of(today)
    return Quarter(int(year), int(number))
