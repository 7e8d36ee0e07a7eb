"""The course of a report in plain words: what happens next and by when."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.calendars import calendar_of
from tisu.foundation.workdays import add_workdays
from tisu.loop.models import MatterType
from tisu.loop.stages import Stage
from tisu.voice.services import KIND
from tisu.web.templatetags.web import han_date

# 鄂政办发〔2020〕66号: tell the reporter within five working days of the answer. No clock runs on it yet.
TELL_DAYS = 5

STEP_OF = {
    Stage.REGISTERED: 0,
    Stage.ASSIGNED: 1,
    Stage.IN_PROGRESS: 1,
    Stage.SUBMITTED: 2,
    Stage.MERGED: 1,
    Stage.CLOSED: 3,
    Stage.CANCELLED: 3,
}


def next_steps() -> list[dict[str, Any]]:
    """What stands beside the button: each step with its limit, the first one with its day."""
    rules = MatterType.objects.in_force(KIND).rules
    decided = add_workdays(clock.today(), rules.screen_days, calendar_of(settings.REGION))
    return [
        _step(_("We decide whether to accept it"), "now", _within(rules.screen_days), _by(decided)),
        _step(_("A unit that can solve it handles it"), "todo", _within(rules.solve_days)),
        _step(_("Someone else checks it, and you read the result here"), "todo", _within(TELL_DAYS)),
        _step(_("You say whether it is solved"), "todo"),
    ]


def steps_at(stage: str) -> list[dict[str, Any]]:
    """The same course with a mark where the report is."""
    now = STEP_OF.get(stage, 0)
    labels = (
        _("It is being decided whether to accept it"),
        _("A unit is handling it"),
        _("The result is being checked"),
        _("It is closed"),
    )
    return [_step(label, _state(place, now, len(labels) - 1)) for place, label in enumerate(labels)]


def _state(place: int, now: int, last: int) -> str:
    if place < now or place == now == last:
        return "done"
    return "now" if place == now else "todo"


def _step(label: str, state: str, when: str = "", text: str = "") -> dict[str, Any]:
    return {"label": label, "state": state, "when": when, "text": text}


def _within(days: int) -> str:
    return _("within %(days)s working days") % {"days": days}


def _by(day: date) -> str:
    words = _("Handed in today, by %(day)s at the latest.")
    return words % {"day": han_date(day)}
