"""A matter's clock as a bar from start to due: pauses hatched, extension marked, today a hairline."""

from dataclasses import dataclass
from datetime import date

FULL = 1000


@dataclass(frozen=True)
class Span:
    """A stretch of the bar, in thousandths."""

    x: int
    width: int


@dataclass(frozen=True)
class ClockBar:
    """Dates in, places on the bar out. `extended_from` is the due day before any extension, `told_first` the one that
    was told when it began, where it is another one today.

    A clock that is overdue runs past its due day, so the bar then ends today and the due day stands inside it.
    """

    start: date
    due: date
    today: date
    light: str = ""
    pauses: tuple[tuple[date, date], ...] = ()
    extended_from: date | None = None
    told_first: date | None = None

    @property
    def end(self) -> date:
        return max(self.due, self.today)

    def at(self, day: date) -> int:
        days = max((self.end - self.start).days, 1)
        return min(max((day - self.start).days * FULL // days, 0), FULL)

    def span(self, since: date, until: date) -> Span:
        return Span(self.at(since), self.at(until) - self.at(since))

    def run(self) -> Span:
        """Time that has passed, up to the due day."""
        return self.span(self.start, min(self.today, self.due))

    def over(self) -> Span:
        return self.span(self.due, self.end)

    def added(self) -> Span | None:
        return self.span(self.extended_from, self.due) if self.extended_from else None

    def original(self) -> int:
        """The due day that was told first."""
        return self.at(self.told_first or self.due)

    def stopped(self) -> list[Span]:
        return [self.span(since, until) for since, until in self.pauses]

    def now(self) -> int:
        return self.at(self.today)

    def limit(self) -> int:
        return self.at(self.due)

    def is_over(self) -> bool:
        return self.today > self.due
