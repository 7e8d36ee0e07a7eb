"""The only code that writes a state.

A noun with states has a table of moves; `begin` gives it its first state, `advance` takes it along one move.
The write is conditional on the version last seen, so of two people who act at once one is told (StaleState).
tests/test_one_door.py fails when any other code writes a field named here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models

from tisu.foundation.writing import change, write

M = TypeVar("M", bound=models.Model)


class StaleState(Exception):
    """The object has moved on since it was last seen."""


class NoSuchMove(Exception):
    """The move does not start from the state the object is in."""


@dataclass(frozen=True)
class Move:
    """From one of `sources` to `target`; a `target` of None stays where it is."""

    code: str
    sources: frozenset[str]
    target: str | None

    def starts_from(self, state: str) -> bool:
        return state in self.sources


def move(code: str, sources: Iterable[str], target: str | None = None) -> Move:
    return Move(code, frozenset(sources), target)


class StateField(models.CharField):
    """A state. Named in one place so that the structural test knows which attributes only moves may write."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 24)
        super().__init__(*args, **kwargs)


def state_field(model: type[models.Model]) -> str:
    return next(field.attname for field in model._meta.fields if isinstance(field, StateField))


def begin(instance: M, state: str) -> M:
    """Give a new object its first state and save it."""
    setattr(instance, state_field(type(instance)), state)
    write(instance)
    return instance


def advance(instance: M, step: Move, *, seen_version: int, **facts: Any) -> M:
    """Take `instance` along `step`, write `facts` with it, raise its version by one.

    Raises NoSuchMove from a wrong state and StaleState when someone was quicker. Call inside a transaction.
    """
    model, field = type(instance), state_field(type(instance))
    seen = getattr(instance, field)
    if not step.starts_from(seen):
        raise NoSuchMove(f"{step.code} does not start from {seen}")
    changes = facts | {field: step.target or seen, "version": seen_version + 1}
    if change(model, {"pk": instance.pk, "version": seen_version, field: seen}, changes) != 1:
        raise StaleState(f"{model.__name__} {instance.pk} is no longer at version {seen_version}")
    for name, value in changes.items():
        setattr(instance, name, value)
    return instance
