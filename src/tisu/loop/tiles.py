"""The figures that the spine declares, each equal to the list its link opens."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from tisu.accounts.standing import standing_of
from tisu.foundation import clock
from tisu.foundation.rooms import Tile
from tisu.loop.models import Matter
from tisu.loop.queries import MatterQuerySet
from tisu.loop.stages import OPEN, Light, Stage
from tisu.orgs.models import ADMINISTRATORS, Role

NO_PART = (*ADMINISTRATORS, Role.CUSTODIAN)


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


def _due_this_week(user) -> MatterQuerySet:
    start, end = _week()
    return _visible(user).filter(stage__in=OPEN, due_at__date__gte=start, due_at__date__lt=end)


def _closed_in(user, back: int = 0) -> MatterQuerySet:
    start, end = _month(back)
    return _visible(user).filter(stage=Stage.CLOSED, closed_at__date__gte=start, closed_at__date__lt=end)


def _due_this_week_list(user) -> str:
    start, end = _week()
    return _list(stage="open", due_from=start, due_before=end)


def _closed_list(user) -> str:
    start, end = _month()
    return _list(stage=Stage.CLOSED.value, closed_from=start, closed_before=end)


def _closed_trend(user) -> list[tuple[date, int]]:
    return [(_month(back)[0], _closed_in(user, back).count()) for back in range(11, -1, -1)]


TILES = (
    Tile("open", _("Open"), lambda user: _visible(user).open(), lambda user: _list(stage="open"), order=10),
    Tile("due-this-week", _("Due this week"), _due_this_week, _due_this_week_list, order=20),
    Tile(
        "red",
        _("Overdue"),
        lambda user: _visible(user).open().under(Light.RED),
        lambda user: _list(stage="open", light=Light.RED.value),
        order=30,
    ),
    Tile(
        "to-verify",
        _("Awaiting verification"),
        lambda user: _visible(user).at(Stage.SUBMITTED),
        lambda user: _list(stage=Stage.SUBMITTED.value),
        order=40,
    ),
    Tile("closed-this-month", _("Closed this month"), _closed_in, _closed_list, _closed_trend, order=50),
)
