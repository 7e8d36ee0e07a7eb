"""Boxes before the matters of a list, and the bar below it with what can be done to the ticked ones."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.loop.actions import Action
from tisu.loop.cards import title_of
from tisu.loop.models import Matter
from tisu.loop.together import tick_of
from tisu.web.tables import Tick

FORM = "together"  # html id of the bar, to which the boxes belong wherever they stand


def box(matter: Matter, version: int | None = None, *, form: str = FORM, checked: bool = False) -> Tick:
    tick = tick_of(matter.number, matter.version if version is None else version)
    return Tick(_("Tick “%(title)s”") % {"title": title_of(matter)}, tick, form, checked)


def several(action: Action) -> str:
    return _("%(action)s several at once") % {"action": action.label}


def bar(actions: Iterable[Action], back: str) -> dict[str, Any] | None:
    """The parameters of web/components/tick_bar.html; none where nothing can be done to several."""
    buttons = [
        {"label": several(action), "url": reverse("loop:together", args=[action.code])} for action in actions
    ]
    return {"form": FORM, "buttons": buttons, "hidden": {"back": back}} if buttons else None
