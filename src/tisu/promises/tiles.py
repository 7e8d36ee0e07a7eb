"""The figures of the leader's page, each equal to the list its link opens."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from tisu.foundation import clock
from tisu.foundation.rooms import Tile
from tisu.promises.models import Promise
from tisu.promises.queries import PromiseQuerySet
from tisu.promises.rates import quarter_of


def _due_this_quarter(user) -> PromiseQuerySet:
    quarter = quarter_of(clock.today())
    return Promise.objects.visible_to(user).open().due_between(quarter.first, quarter.last)


def _list(**query: object) -> str:
    return f"{reverse('promises:list')}?{urlencode(query)}"


def _due_list(user) -> str:
    quarter = quarter_of(clock.today())
    return _list(state="open", due_from=quarter.first, due_until=quarter.last)


TILES = (
    Tile("promises-due", _("Promises due this quarter"), _due_this_quarter, _due_list, order=60),
    Tile(
        "promises-overdue",
        _("Promises overdue"),
        lambda user: Promise.objects.visible_to(user).overdue(),
        lambda user: _list(state="overdue"),
        order=61,
        light="red",
    ),
)
