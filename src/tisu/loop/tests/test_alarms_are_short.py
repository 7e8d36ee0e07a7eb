"""What an alarm asks of the database, counted: a worker has thousands to ring in a morning (docs/performance.md)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tisu.foundation import calendars, clock
from tisu.loop.alarms import take_alarm
from tisu.loop.clocks import kept_dates
from tisu.loop.levels import FIRST_ESCALATION, levels_of, moment_of
from tisu.loop.models import Alarm, Clock, Matter, Watch
from tisu.orgs.models import Post, Role

pytestmark = pytest.mark.django_db

# Which clock rings, at which level, and how many statements that takes, from finding it to having it committed.
# Beside the alarm itself: a savepoint and the matter's lock for an act, the act's own rows, who is told, and the words.
RINGS = {
    "screening overdue": ("screen", 2, 13),
    "accepted by rule": ("accept", 2, 26),
    "due soon": ("solve", 1, 11),
    "overdue: urged": ("solve", 2, 21),
    "a superior told": ("solve", 3, 31),
    "every superior knows": ("solve", 4, 25),
    "a co-unit overdue": ("co_operate", 2, 12),
    "no progress reported": ("report", 2, 12),
    "verification overdue": ("verify", 2, 13),
}


@pytest.fixture
def reached(opened, take, reported, county) -> Callable[[str], Matter]:
    """A matter with a running clock of this kind, under a type that asks for progress reports."""

    def _reached(kind: str, level: int) -> Matter:
        if kind == "screen":
            return reported("窗口来回跑了四趟。").matter
        stage = {"accept": "assigned", "verify": "submitted"}.get(kind, "in_progress")
        co_units = ["fagai"] if kind == "co_operate" else []
        matter = take(opened(report_days=3), stage, co_units=co_units, working_days=5)
        if level > FIRST_ESCALATION:
            watched_by_every_leader(matter)
        return matter

    return _reached


def watched_by_every_leader(matter: Matter) -> None:
    for post in Post.objects.filter(role=Role.COUNTY_LEADER):
        Watch.objects.create(matter=matter, post=post, level=1, since=clock.now())


def ring(matter: Matter, kind: str, level: int) -> int:
    """Everything below rang already; how many statements the level that is due now takes."""
    row = Clock.objects.get(matter=matter, kind=kind)
    Clock.objects.exclude(pk=row.pk).update(alarm_at=None)
    for below in range(1, level):
        Alarm.objects.create(clock=row, level=below, due_at=row.due_at, sent=True, at=clock.now())
    rules, dates = matter.matter_type.rules, kept_dates(row)
    now = next(moment_of(each, dates, rules) for each in levels_of(row, rules) if each.number == level)
    Clock.objects.filter(pk=row.pk).update(alarm_at=now)
    calendars.forget()  # as the worker does before each row
    with clock.at(now), CaptureQueriesContext(connection) as queries:
        assert take_alarm()
    assert row.alarms.filter(sent=True).last().level == level
    return len(queries)


@pytest.mark.parametrize("which", RINGS)
def test_takes_so_many_statements(reached, which):
    kind, level, statements = RINGS[which]
    assert ring(reached(kind, level), kind, level) == statements
