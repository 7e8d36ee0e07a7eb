"""Every surface on which a person could read something: all addresses, and all that their pages lead to.

What differs by chance from one fetch to the next (tokens, cursors, keys of messages) is made the same; nothing else.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from addresses import addresses
from cast import enter
from house import ROOT
from tisu.loop.actions import ACTIONS

# The component page shows made-up matters only; each look at a factor that is being set up has a secret of its own.
AWAY = (
    "/accounts/logout/",
    "/accounts/own/app",
    "/accounts/own/passkeys/new",
    "/static/",
    "/i18n/",
    "/components",
)
MOST_OF_A_SORT = 2  # pages of one view with the same names in their query
A_DAY = "2023-05-22"
MOST_CHOICES = 1  # of each filter
CHANCE = (
    (re.compile(r'(csrfmiddlewaretoken" value|name="key" value)="[^"]*"'), r'\1="…"'),
    (re.compile(r"(<time data-real[^>]*>)[^<]*"), r"\1…"),
    (re.compile(r'(value="(?:session|token):)[^<]*'), r"\1…"),
    (re.compile(r"\bafter=[\w%=-]+"), "after=…"),
    (re.compile(r'"next": ?"[^"]*after=[^"]*"'), '"next": "…"'),
)
TOKENS = (settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME)
OF_THE_SECOND = ("Content-Length", "Expires")  # of tokens of any length, and of the machine's time
A_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Answer:
    """All that comes back, with how many questions the database was asked for it (a reader can time that)."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    body: str
    queries: int

    def unlike(self, other: "Answer") -> str:
        """The first thing that differs, in words."""
        for name in ("status", "headers", "cookies", "queries"):
            mine, theirs = getattr(self, name), getattr(other, name)
            if mine != theirs:
                return f"{name}: {_alone(mine, theirs)} / {_alone(theirs, mine)}"
        for mine, theirs in zip(self.body.splitlines(), other.body.splitlines(), strict=False):
            if mine != theirs:
                return f"{_around(mine, theirs)} / {_around(theirs, mine)}"
        return f"length: {len(self.body)} / {len(other.body)}"


def _alone(mine: Any, other: Any) -> Any:
    """Of headers and cookies only those that the other has not."""
    return [each for each in mine if each not in other] if isinstance(mine, tuple) else mine


def _around(mine: str, other: str) -> str:
    """The part of a line where it goes another way."""
    place = next((at for at, pair in enumerate(zip(mine, other, strict=False)) if len({*pair}) > 1), 0)
    return mine[max(place - 40, 0) : place + 60]


class Browser(Client):
    """Django's own, without the copy of every context that it keeps for tests: that takes longer than the page."""

    def request(self, **request: Any) -> HttpResponse:
        response = self.handler(self._base_environ(**request))
        self.cookies.update(response.cookies)
        return response


class Reader:
    """One person's browser and program at once."""

    def __init__(self, user: Any, seeds: dict[str, Any], words: tuple[str, ...]) -> None:
        """`seeds` stand for the parts of addresses, numbers for a list of them; `words` are typed into searches."""
        self.browser, self.seeds, self.words = Browser(), seeds, words
        enter(self.browser, user)
        self.closed = closed_to(user.username)
        self.found: dict[str, Answer] = {}
        self._sorts: Counter = Counter()

    def read_all(self, only: str = "", *, follow: bool = True) -> dict[str, Answer]:
        """What each address answers, and what its answers lead to; `only` addresses that begin so."""
        waiting = [path for path in self._first_paths() if path.startswith(only)]
        while waiting:
            path = waiting.pop(0)
            if (shown := _same_by_chance(path)) not in self.found:
                answer, leads = self._get(path)
                self.found[f"GET {shown}"] = answer
                waiting += [lead for lead in leads if follow and self._is_new(lead)]
        return self.found

    def press_all(self, number: str, only: str = "", actions: Iterable[str] = ACTIONS) -> None:
        """Every button of one matter, by page and by program, whoever may press it."""
        for address in addresses():
            parts = dict(address.parts)
            if "number" not in parts or not address.pattern.startswith(only):
                continue
            for action in actions if "action" in parts else [""]:
                path = address.path({"number": number, "action": action})
                self.found[f"POST {path}"] = self._post(path)

    def tick(self, *numbers: str) -> None:
        """Ticked among others, looked at and sent, for every action that can be done to several."""
        for code in (action.code for action in ACTIONS.values() if action.together):
            path, data = f"/matters/together/{code}", {"ticked": [f"{number}.1" for number in numbers]}
            for method in ("get", "post"):
                self.found[f"{method} {path} {numbers}"] = self._answer(method, path, data)[0]

    def merge_into(self, number: str, parent: str) -> None:
        """What is typed into a form may name a matter too."""
        data = {"parent": parent, "expected_version": "1"}
        self.found[f"merge {number} into {parent}"] = self._answer("post", f"/matters/{number}/merge", data)[
            0
        ]

    def read(self, path: str) -> Answer:
        return self._answer("get", path)[0]

    # --- fetching ---

    def _first_paths(self) -> Iterator[str]:
        for address in addresses():
            if not address.pattern.startswith(AWAY) and address.pattern not in self.closed:
                numbers = self.seeds["number"] if "number" in dict(address.parts) else [""]
                yield from (address.path({**self.seeds, "number": number}) for number in numbers)
        for place in ("", "/api/v1"):  # what programs may ask for is not all in the schema
            yield from (f"{place}/matters?{urlencode({'q': words})}" for words in self.words)
            yield f"{place}/matters?unit=zhujian&limit=2"

    def _get(self, path: str) -> tuple[Answer, list[str]]:
        answer, response = self._answer("get", path)
        kind = response.headers.get("Content-Type", "")
        if kind.startswith("text/html"):
            page = Page(response.content.decode())
            return answer, [urldefrag(urljoin(path, lead)).url for lead in page.leads(path, self.words)]
        following = json.loads(response.content).get("next") if kind.startswith("application/json") else None
        return answer, [following] if following else []

    def _post(self, path: str) -> Answer:
        data = {"expected_version": 1, "text": "字", "reason": "字"}
        if path.startswith("/api/"):
            body = {"data": data, "expected_version": 1}
            return self._answer("post", path, body, content_type="application/json")[0]
        return self._answer("post", path, data)[0]

    def _answer(self, method: str, path: str, *given: Any, **more: Any) -> tuple[Answer, Any]:
        asked: list[str] = []
        with connection.execute_wrapper(lambda run, *call: (asked.append(call[0]), run(*call))[1]):
            response = getattr(self.browser, method)(path, *given, **more)
        body = response.getvalue().decode("utf-8", "replace")
        headers = {name: value for name, value in response.headers.items() if name not in OF_THE_SECOND}
        return Answer(
            response.status_code,
            tuple(sorted((name, _same_by_chance(value)) for name, value in headers.items())),
            tuple(sorted(_kept(name, morsel) for name, morsel in response.cookies.items())),
            _same_by_chance(body),
            len(asked),
        ), response

    def _is_new(self, lead: str) -> bool:
        """So many of one sort, so that lists that lead to lists come to an end."""
        path, _mark, query = lead.partition("?")
        if not path.startswith("/") or path.startswith(("//", *AWAY)):
            return False
        try:
            view = resolve(path).view_name
        except Resolver404:
            view = path
        sort = (
            view,
            tuple(sorted(f"{name}={value}" if name == "list" else name for name, value in parse_qsl(query))),
        )
        self._sorts[sort] += 1
        return self._sorts[sort] <= MOST_OF_A_SORT and f"GET {_same_by_chance(lead)}" not in self.found


def _kept(name: str, morsel: Any) -> str:
    """A cookie without the second at which it ends; a token's value is chance."""
    value = "…" if name in TOKENS else morsel.value
    rest = " ".join(f"{part}={word}" for part, word in sorted(morsel.items()) if word and part != "expires")
    return f"{name}={value} {rest}"


def _same_by_chance(text: str) -> str:
    for pattern, same in CHANCE:
        text = pattern.sub(same, text)
    keys: dict[str, str] = {}
    return A_KEY.sub(lambda key: keys.setdefault(key[0], f"key-{len(keys)}"), text)


def closed_to(name: str) -> set[str]:
    """Addresses that are there for someone else or for a form, as reviewed in urls_by_cast.txt: nothing is read there."""
    lines = (ROOT / "tests/urls_by_cast.txt").read_text("utf-8").splitlines()
    told = (line.partition(": ") for line in lines)
    rows = [(*what.split(" "), names.split()) for what, _colon, names in told]
    return {
        pattern for pattern, status, names in rows
        if status in ("403", "404", "405") and name in names and "<number>" not in pattern
    }  # fmt: skip


class Page(HTMLParser):
    """Where a page leads: its links, what it fetches by itself, and its filters set to one thing each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.filters: dict[str, list[str]] = {}
        self._in_filter, self._select = False, ""
        self.feed(text)

    def leads(self, path: str, words: tuple[str, ...]) -> Iterator[str]:
        yield from self.links
        here = path.partition("?")[0]
        if "?" in path:
            return
        for name, values in self.filters.items():
            for value in values[:MOST_CHOICES] or words:
                yield f"{here}?{urlencode({name: value})}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.links += [given[name] for name in ("href", "hx-get") if given.get(name) and tag != "link"]
        if tag == "form":
            self._in_filter = given.get("method", "get").lower() == "get" and not given.get("action")
        elif self._in_filter and given.get("name"):
            self._select = given["name"]
            self.filters.setdefault(given["name"], [A_DAY] if given.get("type") == "date" else [])
        elif self._in_filter and tag == "option" and given.get("value"):
            self.filters[self._select].append(given["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in_filter = False
