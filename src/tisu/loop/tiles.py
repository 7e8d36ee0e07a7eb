"""The figures that the spine declares, each equal to the list its link opens, each with its last twelve months.

A line is computed from facts, one query for all twelve months: what stood open, or late, or with the verifier
when a month ended (this month: now), and what fell due or was closed in the course of it.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from tisu.accounts.standing import standing_of
from tisu.foundation import clock
from tisu.foundation.rooms import Tile
from tisu.loop.models import Event, Matter
from tisu.loop.queries import MatterQuerySet
from tisu.loop.stages import OPEN, Light, Stage
from tisu.orgs.models import ADMINISTRATORS, Role

NO_PART = (*ADMINISTRATORS, Role.CUSTODIAN)
MONTHS = 12
Trend = list[tuple[date, int]]


def handles_matters(user) -> bool:
    """Whoever has a part in matters; administrators have none."""
    standing = standing_of(user)
    if standing.is_administrator:
        return False
    return any(role.code not in NO_PART for role in standing.roles)


def _visible(user) -> MatterQuerySet:
    return Matter.objects.visible_to(user)


def _week() -> tuple[date, date]:
    monday = clock.today() - timedelta(days=clock.today().weekday())
    return monday, monday + timedelta(days=7)


def _month(back: int = 0) -> tuple[date, date]:
    """The first days of the month `back` months ago and of the one after it."""
    months = clock.today().year * 12 + clock.today().month - 1 - back
    return _first(months), _first(months + 1)


def _first(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


def _list(**query: object) -> str:
    return f"{reverse('loop:list')}?{urlencode(query)}"


def _begins(day: date) -> datetime:
    return clock.moment(day, time.min)


def _due_this_week(user) -> MatterQuerySet:
    start, end = _week()
    return _visible(user).open().filter(due_at__gte=_begins(start), due_at__lt=_begins(end))


def _closed_this_month(user) -> MatterQuerySet:
    start, end = _month()
    return _visible(user).at(Stage.CLOSED).filter(closed_at__gte=_begins(start), closed_at__lt=_begins(end))


def _due_this_week_list(user) -> str:
    start, end = _week()
    return _list(stage="open", due_from=start, due_before=end)


def _closed_list(user) -> str:
    start, end = _month()
    return _list(stage=Stage.CLOSED.value, closed_from=start, closed_before=end)


# --- Twelve months -----------------------------------------------------------------------------------------


def _months() -> list[tuple[date, datetime, datetime]]:
    """Each month with its first moment and its end; the current one ends now."""
    spans = [_month(back) for back in range(MONTHS - 1, -1, -1)]
    return [(start, _begins(start), min(_begins(end), clock.now())) for start, end in spans]


def _counted(rows, condition: Callable[[datetime, datetime], Q]) -> Trend:
    """`condition(start, end)` counted for every month, in one query."""
    months = _months()
    counts = {
        f"m{place}": Count("pk", filter=condition(start, end))
        for place, (_m, start, end) in enumerate(months)
    }
    found = rows.order_by().aggregate(**counts)
    return [(month, found[f"m{place}"]) for place, (month, _s, _e) in enumerate(months)]


def _open_at(end: datetime) -> Q:
    """Registered by then, and not ended by then. What ended otherwise than by closing has no day and is left out."""
    return Q(registered_at__lte=end) & (Q(stage__in=OPEN) | Q(closed_at__gt=end))


def _late_at(end: datetime) -> Q:
    """Open then, past its due moment, and its clock not stopped in time."""
    in_time = Q(stopped_at__isnull=False, stopped_at__lte=F("due_at"))
    return _open_at(end) & Q(due_at__lt=end) & ~in_time


def _not_long_ended(user) -> MatterQuerySet:
    """What can have been open at the end of any of the months: all that is open, and what closed since."""
    since = _months()[0][1]
    return _visible(user).filter(Q(stage__in=OPEN) | Q(closed_at__gte=since))


def _open_trend(user) -> Trend:
    return _counted(_not_long_ended(user), lambda start, end: _open_at(end))


def _late_trend(user) -> Trend:
    return _counted(_not_long_ended(user).filter(due_at__lt=clock.now()), lambda start, end: _late_at(end))


def _due_trend(user) -> Trend:
    """Fell due in the month, whatever became of it; the current month up to now."""
    recent = _visible(user).filter(due_at__gte=_months()[0][1], due_at__lt=clock.now())
    return _counted(recent, lambda start, end: Q(due_at__gte=start, due_at__lt=end))


def _closed_trend(user) -> Trend:
    recent = _visible(user).at(Stage.CLOSED).filter(closed_at__gte=_months()[0][1])
    return _counted(recent, lambda start, end: Q(closed_at__gte=start, closed_at__lte=end))


def _verifying_trend(user) -> Trend:
    """With the verifier when the month ended: those there now, less what came since, and what left since."""
    visible = _visible(user)
    now = visible.at(Stage.SUBMITTED).count()
    since = Event.objects.filter(matter__in=visible.values("pk"), at__gt=_months()[0][2])
    came = since.filter(to_stage=Stage.SUBMITTED).exclude(from_stage=Stage.SUBMITTED)
    left = since.filter(from_stage=Stage.SUBMITTED).exclude(to_stage=Stage.SUBMITTED)
    arrivals = _counted(came, lambda start, end: Q(at__gt=end))
    departures = _counted(left, lambda start, end: Q(at__gt=end))
    return [
        (month, now - arrived + departed)
        for (month, arrived), (_m, departed) in zip(arrivals, departures, strict=True)
    ]


TILES = (
    Tile(
        "open",
        _("Open"),
        lambda user: _visible(user).open(),
        lambda user: _list(stage="open"),
        _open_trend,
        order=10,
    ),
    Tile("due-this-week", _("Due this week"), _due_this_week, _due_this_week_list, _due_trend, order=20),
    Tile(
        "red",
        _("Overdue"),
        lambda user: _visible(user).open().under(Light.RED),
        lambda user: _list(stage="open", light=Light.RED.value),
        _late_trend,
        order=30,
        light=Light.RED.value,
    ),
    Tile(
        "to-verify",
        _("Awaiting verification"),
        lambda user: _visible(user).at(Stage.SUBMITTED),
        lambda user: _list(stage=Stage.SUBMITTED.value),
        _verifying_trend,
        order=40,
    ),
    Tile(
        "closed-this-month", _("Closed this month"), _closed_this_month, _closed_list, _closed_trend, order=50
    ),
)
