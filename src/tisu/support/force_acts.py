"""What can be done on the page of a task force, as acts that open in place."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.utils.translation import gettext as _

from tisu.accounts.acts import PageAct
from tisu.accounts.models import User
from tisu.loop.faults import Refusal
from tisu.support.force_forms import DissolveForm, GoOnForm, TaskForm
from tisu.support.forces import directs, dissolve, give_task, go_on, keeps_task_forces
from tisu.support.models import TaskForce


def acts_on(force: TaskForce, user: User) -> list[PageAct]:
    """None once it is dissolved, and none for whoever only works in it."""
    if force.is_dissolved:
        return []
    acts = []
    if keeps_task_forces(user):
        acts.append(
            PageAct(
                "give",
                _("Give a task"),
                _form(TaskForm, force),
                _does(_give, user, force),
                _("The task was given."),
                "primary",
            )
        )
    if directs(user, force):
        acts += [
            PageAct(
                "go-on",
                _("It goes on"),
                _form(GoOnForm, force),
                _does(go_on, user, force),
                _("It goes on to the new day."),
            ),
            PageAct(
                "dissolve",
                _("Dissolve it"),
                _form(DissolveForm, force),
                _does(dissolve, user, force),
                _("It was dissolved."),
            ),
        ]
    return acts


def _form(kind: type[Form], force: TaskForce) -> Callable[..., Form]:
    return lambda data=None, **more: kind(data, force=force, **more)


def _does(act: Callable[..., Any], user: User, force: TaskForce) -> Callable[[dict[str, Any]], None]:
    """What a service refuses is said on the page, at its field."""

    def do(given: dict[str, Any]) -> None:
        said = {("seen_version" if name == "version" else name): value for name, value in given.items()}
        try:
            act(user=user, force=force, **said)
        except Refusal as refusal:
            sentences = {name: [str(each) for each in said] for name, said in refusal.errors.items()}
            raise ValidationError(sentences or str(refusal.sentence)) from refusal

    return do


def _give(*, seen_version: int, **given: Any) -> None:
    """A task is one of several: it does not matter what became of the others since."""
    give_task(**given)
