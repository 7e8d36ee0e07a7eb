"""A deliverable as a kind of matter: what each act of the loop means to the promise that it is a part of."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tisu.foundation.signatures import as_written
from tisu.loop.faults import Conflict
from tisu.loop.kinds import Kind, Panel
from tisu.loop.models import Event, Matter
from tisu.loop.register import register_rest
from tisu.loop.stages import Result
from tisu.promises.answering import put_to_firm
from tisu.promises.breaking_down import KIND, keep_deliverable
from tisu.promises.models import Deliverable, Progress, Promise
from tisu.promises.moves import GO_ON, Hand, held, take_step
from tisu.promises.states import State

ALL_DONE = gettext_lazy("every deliverable is done and checked")
TAKEN_UP = gettext_lazy("a deliverable was taken up again")


class DeliverableKind(Kind):
    """Opened by breaking a promise down and in no other way; how far it is, is read from its stage."""

    code = KIND
    label = pgettext_lazy("kind", "promised deliverable")

    def guard(self, performance: Any) -> None:
        """Merged into another matter it would be done when that one is: the firm was promised this."""
        if performance.action.code == "merge":
            raise Conflict(
                _("A promised deliverable is not merged: it stands for what one firm was promised.")
            )

    def on_move(self, performance: Any, event: Event) -> None:
        if act := ON_MOVE.get(performance.action.code):
            act(performance.matter)

    def open_rest(self, performance: Any) -> None:
        """The rest of what is only partly done is a deliverable of the same promise, for the same day."""
        row, rest = performance.matter.deliverable, register_rest(performance)
        keep_deliverable(row.promise, rest, rest.text, row.due_on)

    def panels(self, matter: Matter, user: Any) -> Iterable[Panel]:
        row = Deliverable.objects.select_related("promise__enterprise", "promise__maker__unit").get(
            matter=matter
        )
        if not Promise.objects.visible_to(user).filter(pk=row.promise_id).exists():
            return
        url = reverse("promises:promise", args=[row.promise.number])
        yield Panel(KIND, _("The promise"), "promises/parts/of_matter.html", {"row": row, "url": url})


def _passed(matter: Matter) -> None:
    """When the last one is done and checked, the firm is asked; the unit's own word is not enough."""
    promise = _held_promise(matter)
    if (
        promise.state != State.IN_PROGRESS or matter.result == Result.PARTLY_RESOLVED
    ):  # the rest comes after this
        return
    rows = promise.deliverables.select_related("matter")
    if all(row.progress == Progress.DONE for row in rows):
        put_to_firm(promise, Hand(None, as_written(ALL_DONE)))


def _reopened(matter: Matter) -> None:
    promise = _held_promise(matter)
    if promise.state == State.AWAITING_FIRM:
        take_step(promise, GO_ON, Hand(None, as_written(TAKEN_UP)))


def _held_promise(matter: Matter) -> Promise:
    return held(matter.deliverable.promise)


ON_MOVE = {"pass": _passed, "reopen": _reopened}
