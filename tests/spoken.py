"""What a page says by itself: its words, less everything that people typed into the house."""

import json
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db import models

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
SAID = frozenset(
    {
        "title",
        "aria-label",
        "aria-description",
        "placeholder",
        "alt",
        "label",
        "content",
        "value",
        "data-label",
    }
)
EMPTY = frozenset(
    {"input", "img", "meta", "link", "br", "hr", "use", "line", "rect", "path", "circle", "polyline", "wbr"}
)
# Written by the house in the words of whoever is told: there a foreign word would be its own.
TELLING = frozenset({"inbox.Message"})


class Words(HTMLParser):
    """The texts of a page and of the attributes that are read out. A part that says its own language is not asked."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.language, self.texts = "", []
        self._open: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        elif tag not in EMPTY:
            self._open.append((tag, bool(given.get("lang")) or self._is_apart))
        if not self._is_apart:
            self.texts += [value for name, value in attrs if name in SAID and value]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._is_apart and data.strip():
            self.texts.append(" ".join(data.split()))

    @property
    def _is_apart(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def typed() -> list[str]:
    """Every Han text that stands in the database, its lines and its parts, the longest first."""
    found = {part for text in _stored() for part in (text, *text.splitlines()) if HAN.search(part)}
    return sorted({part.strip() for part in found}, key=len, reverse=True)


def _stored() -> Iterator[str]:
    for model in apps.get_models():
        columns = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        if columns and model._meta.label not in TELLING:
            for row in model._base_manager.values_list(*columns):
                for value in row:
                    yield from _texts_in(value)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        inside = _read(value)
        yield from [value] if inside is None else _texts_in(inside)
    elif isinstance(value, dict):
        yield from (text for part in (*value.keys(), *value.values()) for text in _texts_in(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _texts_in(part))


def _read(value: str) -> Any:
    """What a column holds as JSON text."""
    try:
        return json.loads(value) if value[:1] in ("{", "[") else None
    except ValueError:
        return None


def own_words(texts: Iterable[str], typed_by_people: list[str]) -> Iterator[str]:
    """Each text without what people typed, however much of it stands in one sentence; cut short, too."""
    for text in texts:
        if HAN.search(text):
            rest = _without_what_was_cut(_uncovered(text, typed_by_people), typed_by_people)
            if HAN.search(rest):
                yield rest.strip()


def _uncovered(text: str, typed_by_people: list[str]) -> str:
    """A name may stand in a longer one, so whatever any of them covers is theirs."""
    covered: set[int] = set()
    for part in typed_by_people:
        place = text.find(part)
        while place >= 0:
            covered.update(range(place, place + len(part)))
            place = text.find(part, place + 1)
    return "".join(sign for place, sign in enumerate(text) if place not in covered)


def _without_what_was_cut(rest: str, typed_by_people: list[str]) -> str:
    """An excerpt ends in an ellipsis where the text goes on."""
    if not rest.rstrip().endswith("…"):
        return rest
    begun = rest.rstrip().removesuffix("…").strip(" ,;·、；")
    return "" if any(part.startswith(begun) or begun in part for part in typed_by_people) else rest
