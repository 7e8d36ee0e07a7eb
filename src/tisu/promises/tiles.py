"""The figures of the leader's page, each equal to the list its link opens, each with its last twelve months.

A line is computed from facts, in one query: what was owed when a month ended (this month: now), by the days that were
promised and the steps that ended it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext

from tisu.foundation import clock
from tisu.foundation.rooms import Tile
from tisu.promises.models import Promise
from tisu.promises.queries import PromiseQuerySet
from tisu.promises.rates import quarter_of
from tisu.promises.states import OPEN

MONTHS = 12
Trend = list[tuple[date, int]]


def _promises(count: int) -> str:
    return npgettext("unit", "promise", "promises", count)


def _due_this_quarter(user) -> PromiseQuerySet:
    quarter = quarter_of(clock.today())
    return Promise.objects.visible_to(user).running().due_between(quarter.first, quarter.last)


def _overdue(user) -> PromiseQuerySet:
    return Promise.objects.visible_to(user).overdue()


def _list(**query: object) -> str:
    return f"{reverse('promises:list')}?{urlencode(query)}"


def _due_list(user) -> str:
    quarter = quarter_of(clock.today())
    return _list(state="open", due_from=quarter.first, due_until=quarter.last)


# --- Twelve months -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Owed:
    """From when on a promise was owed, by which day, and until when; to this day where nothing has ended it."""

    given_on: date
    due_on: date
    ended_on: date | None

    def is_owed_on(self, day: date) -> bool:
        return self.given_on <= day and (self.ended_on is None or self.ended_on > day)


def _histories(user) -> Iterable[Owed]:
    ended = Min("steps__at", filter=~Q(steps__to_state__in=OPEN))
    rows = Promise.objects.visible_to(user).filter(due_on__isnull=False).annotate(ended_at=ended)
    for given_on, due_on, state, at in rows.order_by().values_list("given_on", "due_on", "state", "ended_at"):
        yield Owed(given_on, due_on, None if state in OPEN else _day(at))


def _day(moment: datetime | None) -> date:
    return clock.local_day(moment) if moment else date.min


def _ends_of_months() -> list[tuple[date, date]]:
    """Each month with its last day; the current one ends today."""
    last, found = clock.today(), []
    for _month in range(MONTHS):
        first = last.replace(day=1)
        found.append((first, last))
        last = first - timedelta(days=1)
    return found[::-1]


def _counted(user, counts: Callable[[Owed, date], bool]) -> Trend:
    known = list(_histories(user))
    return [
        (month, sum(each.is_owed_on(last) and counts(each, last) for each in known))
        for month, last in _ends_of_months()
    ]


def _due_trend(user) -> Trend:
    return _counted(user, lambda each, day: quarter_of(each.due_on) == quarter_of(day))


def _overdue_trend(user) -> Trend:
    return _counted(user, lambda each, day: each.due_on < day)


TILES = (
    Tile(
        "promises-due",
        _("Promises due this quarter"),
        _due_this_quarter,
        _due_list,
        _due_trend,
        order=60,
        unit=_promises,
    ),
    Tile(
        "promises-overdue",
        _("Promises overdue"),
        _overdue,
        lambda user: _list(state="overdue"),
        _overdue_trend,
        order=61,
        light="red",
        unit=_promises,
    ),
)
