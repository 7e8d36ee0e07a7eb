"""A real browser against a live server, in the county's language and on its day.

Every page opened here is watched: an error in the console, a refusal by the content security policy, a fault
of the server or a request to elsewhere fails the test, unless the test says that it expects it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright

from cast import MONDAY, PASSWORD, enter

CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE, NARROW_PHONE, DESKTOP = 390, 360, 1440
HEIGHTS = {PHONE: 844, NARROW_PHONE: 740, DESKTOP: 900}
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > wide + 1)
    .slice(0, 5).map((element) => `<${element.tagName.toLowerCase()} class="${element.className}">`)
    .concat(`${document.documentElement.scrollWidth}px`);
}"""

# Words that do not have the room they need: over their neighbour in the top bar, out of a button, a word in two lines.
CROWDED = """() => {
  const found = [];
  const bar = [...document.querySelectorAll(".top > *, .public-top > *")].filter((each) => each.offsetWidth);
  const boxes = bar.map((each) => each.getBoundingClientRect()).sort((one, other) => one.left - other.left);
  boxes.forEach((box, place) => {
    const next = boxes[place + 1];
    if (next && box.right > next.left + 1 && box.top < next.bottom && next.top < box.bottom) found.push("top bar");
  });
  document.querySelectorAll(".btn, .top-mark, .tab, .door, .menu-word").forEach((each) => {
    if (each.checkVisibility() && each.scrollWidth > each.clientWidth + 1) found.push(`cut: ${each.textContent.trim()}`);
  });
  document.querySelectorAll(".menu-word").forEach((each) => {
    if (each.checkVisibility() && each.offsetHeight > 50) found.push(`broken: ${each.textContent.trim()}`);
  });
  return found;
}"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@dataclass
class Complaints:
    """What went wrong on any page of a test; `expect` names by a pattern what the test provokes."""

    found: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, pattern: str) -> None:
        self.expected.append(pattern)

    def unexpected(self) -> list[str]:
        return [line for line in self.found if not any(re.search(pattern, line) for pattern in self.expected)]

    def watch(self, page: Page, home: str) -> None:
        page.on(
            "console", lambda said: said.type == "error" and self.found.append(f"{page.url}: {said.text}")
        )
        page.on("pageerror", lambda error: self.found.append(f"{page.url}: {error}"))
        page.on("response", lambda got: got.status >= 500 and self.found.append(f"{got.status} {got.url}"))
        page.on(
            "request", lambda asked: self._leaves(asked.url, home) and self.found.append(f"out: {asked.url}")
        )

    @staticmethod
    def _leaves(url: str, home: str) -> bool:
        return not url.startswith((home, "data:", "blob:", "about:"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        except Exception as reason:  # whatever keeps it from starting, the reason is told
            pytest.skip(f"Chromium does not start at {CHROMIUM}: {str(reason).splitlines()[0]}")
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def domain_day(settings) -> None:
    """The server's threads do not see `clock.at`; their domain lives on the cast's Monday by its offset."""
    settings.CLOCK_OFFSET = MONDAY - timezone.now()


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    complaints = Complaints()
    yield complaints
    assert complaints.unexpected() == []


@pytest.fixture
def open_browser(live_server, chromium, complaints, county) -> Iterator[Callable[..., Page]]:
    """`open_browser("zhujian", width=PHONE)`: a page in a browser of its own, signed in unless no name is given."""
    contexts = []

    def _open(name: str | None = None, *, width: int = DESKTOP, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": HEIGHTS[width]},
            java_script_enabled=scripts,
        )
        contexts.append(context)
        if name:
            context.add_cookies([_session_of(county.people[name], live_server.url)])
        page = context.new_page()
        page.set_default_timeout(30_000)  # a machine that is busy is no fault of a page
        complaints.watch(page, live_server.url)
        return page

    yield _open
    for context in contexts:
        context.close()


def _session_of(user, url: str) -> dict[str, str]:
    client = Client()
    enter(client, user)
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.fixture
def sign_in_by_form(open_browser) -> Callable[..., Page]:
    """`sign_in_by_form("office")`: through the sign-in page itself, as a person does it."""

    def _sign_in(name: str, *, password: str = PASSWORD, width: int = DESKTOP, scripts: bool = True) -> Page:
        page = open_browser(width=width, scripts=scripts)
        page.goto("/accounts/login/")
        page.fill("input[name=login]", name)
        page.fill("input[name=password]", password)
        page.locator("form:has(input[name=password]) button").first.click()
        page.wait_for_load_state()
        return page

    return _sign_in


def overflow_of(page: Page) -> list[str]:
    """What reaches beyond the right edge of the page, and how wide the page became; nothing when it fits."""
    page.wait_for_load_state()
    return page.evaluate(OVERFLOW)


def crowded_of(page: Page) -> list[str]:
    page.wait_for_load_state()
    return page.evaluate(CROWDED)


def barriers_of(page: Page) -> list[str]:
    """What axe finds to keep people out, one line for each rule with the first place."""
    return [
        f"{found['id']}, {len(found['nodes'])}×, first {found['nodes'][0]['html'][:120]}"
        for found in Axe().run(page).response["violations"]
    ]


@pytest.fixture
def faults_of() -> Callable[[Page], list[str]]:
    """Everything that no page may have: overflow and barriers."""
    return lambda page: [f"too wide: {part}" for part in overflow_of(page)] + barriers_of(page)


@pytest.fixture
def squeezed_of() -> Callable[[Page], list[str]]:
    """What does not fit: for words of another length than the Chinese ones that every page is drawn with."""
    return lambda page: overflow_of(page) + crowded_of(page)
