"""Every kind of page that a member of the cast can reach fits a phone and a desk and keeps nobody out.

Pages are found by following links from each member's first page. A page of the same view with the same make-up
as one already drawn is not drawn again.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve

from tisu.accounts.models import User

PHONE, NARROW_PHONE, DESKTOP = 390, 360, 1440
STRANGER = "stranger"
FIRST_PAGES = ["/desk", "/", "/accounts/login/", "/components"]
MOST_PAGES = 40  # for one member: links between lists could go on for ever
AWAY = ("/accounts/logout/", "/static/", "/api/")


class Links(HTMLParser):
    """The links of a page and its make-up: which elements of which classes it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.parts: set[tuple[str, str]] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.parts.add((tag, given.get("class") or ""))
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])


def reachable(client: Client) -> Iterator[tuple[str, Links]]:
    """Pages that links lead to, breadth first."""
    waiting, seen = list(FIRST_PAGES), set(FIRST_PAGES)
    for _ in range(MOST_PAGES):
        if not waiting:
            return
        path = waiting.pop(0)
        response = client.get(path)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        page = Links(response.content.decode())
        yield path, page
        for link in page.links:
            target = urldefrag(urljoin(path, link)).url
            if target.startswith("/") and not target.startswith(AWAY) and target not in seen:
                seen.add(target)
                waiting.append(target)


def kind_of(path: str, page: Links) -> tuple[str, frozenset]:
    try:
        view = resolve(path.partition("?")[0]).view_name
    except Resolver404:
        view = path
    return view, frozenset(page.parts)


def kinds_of_pages(clients: dict[str, Client]) -> list[tuple[str, str]]:
    """Member and path, one for each kind of page."""
    found: dict[tuple[str, frozenset], tuple[str, str]] = {}
    for name, client in clients.items():
        for path, page in reachable(client):
            found.setdefault(kind_of(path, page), (name, path))
    return list(found.values())


@pytest.fixture
def clients(county, sign_in) -> dict[str, Client]:
    return {STRANGER: Client()} | {name: sign_in(name) for name in county.people}


@pytest.mark.django_db(transaction=True)
def test_every_page_fits_and_keeps_nobody_out(clients, at_stage, open_browser, faults_of, complaints):
    at_stage("in_progress")
    pages = {name: open_browser(None if name == STRANGER else name) for name in clients}
    faults = []
    for name, path in kinds_of_pages(clients):
        for width in (PHONE, DESKTOP):
            pages[name].set_viewport_size({"width": width, "height": 900})
            pages[name].goto(path)
            faults += [f"{name} {path} at {width}: {fault}" for fault in faults_of(pages[name])]
    faults += complaints.unexpected()
    assert not faults, "\n".join(faults)  # all of them: what a list is cut to hides the rest


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_every_page_has_room_for_the_words_of(language, clients, at_stage, open_browser, squeezed_of):
    """English is longer: no word runs over its neighbour, out of its button or off the page."""
    at_stage("in_progress")
    User.objects.update(language=language)
    pages = {name: open_browser(None if name == STRANGER else name) for name in clients}
    home = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "domain": "localhost", "path": "/"}
    pages[STRANGER].context.add_cookies([home])
    faults = []
    for name, path in kinds_of_pages(clients):
        for width in (PHONE, DESKTOP):
            pages[name].set_viewport_size({"width": width, "height": 900})
            pages[name].goto(path)
            faults += [f"{name} {path} at {width}: {fault}" for fault in squeezed_of(pages[name])]
    assert not faults, "\n".join(faults)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/desk", "/"])
def test_first_pages_fit_a_narrow_phone(at_stage, open_browser, path):
    at_stage("in_progress")
    page = open_browser("zhujian", width=NARROW_PHONE)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW_PHONE


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_page_that_is_not_there_is_a_page_too(open_browser, faults_of, complaints, width):
    complaints.expect("404")
    page = open_browser("office", width=width)
    page.goto("/no-such-page")
    assert faults_of(page) == []
