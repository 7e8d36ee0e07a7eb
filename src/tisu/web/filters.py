"""The filters in force, as chips that can be taken off one by one; all of it works by plain links."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import QueryDict

PAGE = "after"


@dataclass(frozen=True)
class Chip:
    label: Any
    value: str
    url: str


def chips(form: BaseForm, query: QueryDict) -> list[Chip]:
    """One chip for each filter of the form that has a value; its link leads to the list without it."""
    return [
        Chip(field.label, shown(field, values), without(query, field.html_name))
        for field in form
        if (values := [value for value in query.getlist(field.html_name) if value])
    ]


def shown(field: BoundField, values: list[str]) -> str:
    """The words of a choice rather than its code."""
    words = dict(flat(getattr(field.field, "choices", ())))
    return " / ".join(str(words.get(value, value)) for value in values)


def flat(choices: Iterable) -> Iterable[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from flat(label)
        else:
            yield str(value), label


def without(query: QueryDict, *names: str) -> str:
    """The same list without these filters and without empty ones, from its first page."""
    rest = QueryDict(mutable=True)
    for name, values in query.lists():
        if name not in (*names, PAGE):
            rest.setlist(name, [value for value in values if value])
    return f"?{rest.urlencode()}"
