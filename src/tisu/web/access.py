"""Which views a stranger may open. Everything else needs sign-in (architecture.md §2)."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from tisu.foundation.rooms import declared

View = TypeVar("View", bound=Callable)


def public(view: View) -> View:
    """Mark a view as open to strangers, for views that are not named in a room's `public`."""
    view.is_public = True
    return view


def is_public(view: Callable, name: str) -> bool:
    """It is marked, or a room declares its name, or a room declares its whole namespace (`api-v1:*`).

    A declared namespace is one that asks for a name by itself, as the API does with its bearer tokens.
    """
    return (
        getattr(view, "is_public", False)
        or getattr(getattr(view, "view_class", None), "is_public", False)
        or name in declared_names()
        or f"{name.rpartition(':')[0]}:*" in declared_names()
    )


@cache
def declared_names() -> frozenset[str]:
    return frozenset(declared("public"))
