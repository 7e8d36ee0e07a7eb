"""Who kept in touch: obligations of many posts over many months, from a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Count, F, Func, Q

from tisu.accounts.models import Delegation, PostHolding, StandIn
from tisu.foundation import clock
from tisu.liaison.models import Contact, Mode, Pairing
from tisu.liaison.obligations import Facts, Outcome, Span, Tally, outcome_of
from tisu.liaison.periods import Month, Period, months_in
from tisu.liaison.queries import PairingQuerySet
from tisu.promises.rates import Quarter, Rate

Done = dict[str, tuple[int, int]]  # by month: contacts that count, on-site meetings among them


class MonthCode(Func):
    """The month of a day as 2023-05, in the database's own words: a hundred thousand days are grouped by it."""

    function = "TO_CHAR"
    template = "TO_CHAR(%(expressions)s, 'YYYY-MM')"
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list]:
        return self.as_sql(compiler, connection, template="SUBSTR(%(expressions)s, 1, 7)", **more)


@dataclass
class Line:
    """One leader's post: with which firm it is or was paired, and what became of each period."""

    post: Any
    firm: Any
    facts: Facts
    done: Done = field(default_factory=dict)

    def outcome(self, period: Period, today: date) -> Outcome | None:
        return outcome_of(period, self.facts, self.is_met(period), today)

    def is_met(self, period: Period) -> bool:
        if isinstance(period, Month):
            return period.code in self.done
        return any(self.on_site(month) for month in months_in(period))

    def on_site(self, month: Month) -> int:
        return self.done.get(month.code, (0, 0))[1]


@dataclass(frozen=True)
class Compliance:
    """Lines in the order of their posts, and what they add up to on a day."""

    lines: Sequence[Line]
    today: date

    def tally(self, periods: Iterable[Period]) -> Tally:
        return Tally.of(line.outcome(period, self.today) for period in periods for line in self.lines)

    def rate(self, periods: Iterable[Period]) -> Rate:
        """Met of what was due, numerator and denominator; periods that are not over do not count."""
        tally = self.tally(period for period in periods if period.last < self.today)
        return Rate(tally.met, tally.due, tally.missed)


def compliance_of(pairings: PairingQuerySet, first: date, last: date) -> Compliance:
    """Of these pairings between two days. Four queries, however many leaders and contacts there are."""
    rows = list(
        pairings.overlapping(first, last + timedelta(days=1)).for_rows().order_by("post__pk", "since")
    )
    done = _done(pairings, first, last)
    held = _spans(PostHolding.objects.overlapping(first, last + timedelta(days=1)), rows)
    away = _spans(
        Delegation.objects.filter(kind=StandIn.COVER).overlapping(first, last + timedelta(days=1)), rows
    )
    by_post: dict[int, list[Pairing]] = defaultdict(list)
    for row in rows:
        by_post[row.post_id].append(row)
    lines = [
        Line(
            post=own[-1].post,
            firm=own[-1].firm,
            facts=Facts([_paired(row) for row in own], held[key], away[key]),
            done=_together(done[row.pk] for row in own),
        )
        for key, own in by_post.items()
    ]
    return Compliance(lines, clock.today())


def _paired(row: Pairing) -> Span:
    """A firm that is no more asks for no contact, whether or not somebody has ended its pairing."""
    ends = [day for day in (row.until, row.firm.deregistered_on) if day]
    return Span(row.since, max(min(ends), row.since) if ends else None)


def _done(pairings: PairingQuerySet, first: date, last: date) -> dict[int, Done]:
    rows = Contact.objects.counted().between(first, last).filter(pairing__in=pairings.order_by().values("pk"))
    grouped = (
        rows.order_by()
        .values("pairing_id", month=MonthCode(F("on")))
        .annotate(n=Count("pk"), on_site=Count("pk", filter=Q(mode=Mode.ON_SITE)))
    )
    found: dict[int, Done] = defaultdict(dict)
    for key, month, n, on_site in grouped.values_list("pairing_id", "month", "n", "on_site"):
        found[key][month] = (n, on_site)
    return found


def _together(parts: Iterable[Done]) -> Done:
    """A post that changed firms within a month has done what it did with either."""
    whole: Done = {}
    for part in parts:
        for month, (n, on_site) in part.items():
            known = whole.get(month, (0, 0))
            whole[month] = (known[0] + n, known[1] + on_site)
    return whole


def _spans(rows: Any, pairings: Sequence[Pairing]) -> dict[int, list[Span]]:
    """By post, of the posts of these pairings."""
    posts = {row.post_id for row in pairings}
    found: dict[int, list[Span]] = defaultdict(list)
    known = rows.filter(post__role="county_leader").order_by().values_list("post_id", "since", "until")
    for key, since, until in known:
        if key in posts:
            found[key].append(Span(since, until))
    return found


def quarters_until(quarter: Quarter, count: int) -> list[Quarter]:
    """So many, this one last."""
    found = [quarter]
    while len(found) < count:
        found.insert(0, found[0].before)
    return found
