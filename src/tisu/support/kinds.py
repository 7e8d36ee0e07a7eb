"""A request for a production factor as a kind of matter: what its acts mean here, and what its page shows."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.loop.faults import Unacceptable
from tisu.loop.kinds import Kind, Panel
from tisu.loop.models import Matter
from tisu.loop.register import register_rest
from tisu.loop.stages import Result
from tisu.support.models import KIND, TASK, ForceTask, StepKind
from tisu.support.panels import force_panels, panels_for
from tisu.support.rest import open_rest

SOLVED = (Result.RESOLVED, Result.PARTLY_RESOLVED)


class FactorRequestKind(Kind):
    """Opened by asking.ask() alone, because without its facts it would say nothing."""

    code = KIND
    label = gettext_lazy("factor request")
    has_own_panel = True

    def guard(self, performance: Any) -> None:
        if performance.action.code == "submit":
            _check_result(performance.matter.factor_request, performance.data["result"])

    def open_rest(self, performance: Any) -> None:
        open_rest(performance)

    def panels(self, matter: Matter, user: Any) -> Iterable[Panel]:
        return panels_for(matter, user)


class ForceTaskKind(Kind):
    """A task of a task force: given on its page, by the office."""

    code = TASK
    label = gettext_lazy("task of a task force")

    def open_rest(self, performance: Any) -> None:
        """What is left of a task stays with the task force."""
        rest = register_rest(performance)
        ForceTask.objects.create(task_force_id=performance.matter.force_task.task_force_id, matter=rest)

    def panels(self, matter: Matter, user: Any) -> Iterable[Panel]:
        return force_panels(matter, user)


def _check_result(request: Any, result: str) -> None:
    """A result says nothing that the facts do not: what is solved was granted, what is not was explained."""
    steps = request.steps.standing()
    is_unmet = steps.filter(kind=StepKind.UNMET).exists()
    if result == Result.NOT_SUPPORTED and not is_unmet:
        raise Unacceptable.at(
            "result", _("First write down why it cannot be met and what is offered instead: “Cannot be met”.")
        )
    if result in SOLVED and is_unmet:
        raise Unacceptable.at(
            "result", _("It stands here that this cannot be met: take that step back first.")
        )
    if result in SOLVED and request.measure and not request.granted:
        raise Unacceptable.at(
            "result", _("First write down the decision: how much was granted, and by whom.")
        )
    if result == Result.PARTLY_RESOLVED and request.measure and request.granted == request.asked:
        raise Unacceptable.at("result", _("All that was asked for was granted: nothing is left over."))
