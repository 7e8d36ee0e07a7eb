"""Every address of the house, from the resolver itself, and sample values for what stands in an address.

A new room is covered without a line here as long as its addresses take kinds of values that are known here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter
from django.utils.regex_helper import normalize

A_UUID = "00000000-0000-4000-8000-000000000000"
# What the parts of an address are called, and a value that fits; the world of a test may know better ones.
SAMPLES = {
    "day": "2023-05-22",
    "period": "2023Q1",
    "uscc": "91422826XFTEXT0182",
    "credit_code": "91422826XFTEXT0182",
    "code": "zhujian",
    "unit": "zhujian",
    "key": "1-abc",
    "action": "accept",
}


@dataclass(frozen=True)
class Address:
    """One leaf of the resolver. `pattern` is the address with its parts named, `view_name` its name."""

    pattern: str
    view_name: str
    view: Callable
    parts: tuple[tuple[str, Any], ...] = ()

    def path(self, samples: dict[str, Any]) -> str:
        return self.pattern.replace("<", "{").replace(">", "}").format(**self._values(samples))

    def _values(self, samples: dict[str, Any]) -> dict[str, Any]:
        """A sample is given for a part's name, or for the very address up to the part (`/org/units/<pk>`)."""
        known = SAMPLES | samples
        return {
            name: known.get(self._upto(name), known.get(name, _sample_of(converter)))
            for name, converter in self.parts
        }

    def _upto(self, name: str) -> str:
        return self.pattern.partition(f"<{name}>")[0] + f"<{name}>"


def _sample_of(converter: Any) -> Any:
    if isinstance(converter, IntConverter):
        return 999_999_999
    return A_UUID if isinstance(converter, UUIDConverter) else "sample"


def addresses() -> list[Address]:
    return sorted(
        _leaves(get_resolver(), "", [], {}), key=lambda address: (address.pattern, address.view_name)
    )


def _leaves(
    resolver: URLResolver, before: str, spaces: list[str], parts: dict[str, Any]
) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        expression = before + str(entry.pattern.regex.pattern).removeprefix("^")
        inner = parts | _converters(entry)
        if isinstance(entry, URLResolver):
            yield from _leaves(entry, expression, [*spaces, *filter(None, [entry.namespace])], inner)
        else:
            yield _leaf(entry, expression, spaces, inner)


def _converters(entry: URLPattern | URLResolver) -> dict[str, Any]:
    return dict.fromkeys(entry.pattern.regex.groupindex) | entry.pattern.converters


def _leaf(entry: URLPattern, expression: str, spaces: list[str], parts: dict[str, Any]) -> Address:
    form, names = normalize(expression)[0]
    return Address(
        pattern="/" + form % {name: f"<{name}>" for name in names},
        view_name=":".join([*spaces, entry.name or ""]),
        view=entry.callback,
        parts=tuple((name, parts.get(name)) for name in names),
    )


def is_turned_away(response: HttpResponse) -> bool:
    """To the sign-in page, or told that a signed-in person is needed, or that nothing answers this method."""
    if response.status_code == 302:
        return response["Location"].partition("?")[0] == "/accounts/login/"
    return response.status_code in (401, 405)


def open_to_strangers(client: Client, address: Address, samples: dict[str, Any]) -> bool:
    path = address.path(samples)
    return not all(is_turned_away(answer) for answer in (client.get(path), client.post(path)))
