"""Every page that lists something has the list as a sheet beside it; which have not, and why, is a table."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from addresses import addresses
from cast import enter
from tisu.foundation.rooms import declared

pytestmark = pytest.mark.django_db
BAR = re.compile(r'<form method="post" action="/exports/([a-z-]+)')
# How a list looks on a page: a table, a list of cards, or panels one after the other.
LISTS = ("<table", 'class="rules"', 'class="panel rule"', 'class="desk-list"', "pagination", "plain-list")
WITHOUT = {
    "/": "the public's own page: it lists nothing",
    "/accounts/own": "one's own factors, sessions and tokens: secrets of one person, each ended by itself",
    "/calendar": "notices come as files and lie in the ledger; the days are the State Council's",
    "/calendar/new": "a form and its preview",
    "/calendar/rules": "a fixed handful of switches, told in docs/deadlines.md",
    "/components": "samples of the components",
    "/desk": "what one does next; the same matters with all filters are the list of matters",
    "/imports/<pk>": "one file; its refused rows are a sheet of their own there",
    "/imports/to/<kind>": "what a kind of table holds; the empty sheet is given out there",
    "/leader": "each figure leads to its list, which is taken along there",
    "/matters/<number>": "one matter, printed as its paper",
    "/matters/<number>/print": "the paper itself",
    "/matters/new": "a form",
    "/matters/together/<action>": "a step between the list of matters and an act",
    "/me": "one's own posts, leaves and hand-overs",
    "/me/handovers/<pk>": "one hand-over, printed as its signed paper",
    "/me/handovers/<pk>/print": "the paper itself",
    "/messages": "one's own messages",
    "/messages/settings": "one's own addresses",
    "/org/chart": "a picture; its units and posts are taken along as lists",
    "/org/people/<pk>": "one person",
    "/org/posts/<pk>": "one post",
    "/org/units/<pk>": "one unit; its posts are in the list of posts",
    "/enterprises/<code>": "one firm; its matters are in the list of matters",
    "/enterprises/<code>/edit": "a form",
    "/enterprises/<code>/people/<pk>": "one contact and their consents",
    "/enterprises/<code>/figures/<pk>": "one figure and what stood there before",
    "/enterprises/<code>/line": "what stands in other lists, in the order of time",
    "/our-firm": "a choice of the firms one acts for",
    "/our-firm/<code>": "one firm; everything about it is taken along as one file",
    "/our-firm/<code>/ask": "a form",
    "/our-firm/<code>/correct": "a form",
    "/our-firm/<code>/held": "all of it is taken along as one file, with a button of its own",
    "/promises/quarter": "a chart and what stands behind it; the same promises are the ledger's, taken along there",
    "/liaison": "what was spoken of stays with leader and firm; who kept in touch is taken along as the map",
    "/support/figures": "computed from the requests, which are taken along",
    "/support/task-forces": "a handful, each a page of its own; their tasks are matters",
    "/reports/<number>/identity": "one report",
    "/reports/openings": "what waits for one's agreement, each with its reason, decided one by one",
    "/resets": "what waits for a second person for a day",
    "/search": "the first few that fit, for a jump to one of them",
    "/security/<pk>": "one account",
    "/system/worker": "what the machine does this minute",
}  # fmt: skip


@pytest.fixture
def world(county, at_stage) -> dict[str, object]:
    matter = at_stage("in_progress")
    return {
        "number": matter.number,
        "kind": "units",
        "unit": "zhujian",
        "code": "zhujian",
        "uscc": county.firms[0].credit_code,
        "/enterprises/<code>": county.firms[0].credit_code,
        "/our-firm/<code>": county.firms[0].credit_code,
        "/org/units/<pk>": county.units["zhujian"].pk,
        "/org/posts/<pk>": county.units["zhujian"].posts.first().pk,
        "/org/people/<pk>": county.people["zhujian"].pk,
        "/security/<pk>": county.people["zhujian"].pk,
    }


@pytest.fixture
def browsers(county) -> dict[str, Client]:
    """One of each kind of reader that a page may be for."""
    found = {}
    for name in ("office", "admin", "security", "auditor", "leader", "zhujian", "supervisor", "firm"):
        found[name] = Client(raise_request_exception=False)
        enter(found[name], county.people[name])
    return found


@pytest.fixture
def pages(world, browsers) -> dict[str, str]:
    """Each address and what the first reader who may is shown there."""
    found = {}
    for address in addresses():
        path = address.path(world)
        for browser in browsers.values():
            answer = browser.get(path)
            if answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html"):
                found[address.pattern] = answer.content.decode()
                break
    return found


def test_it_stands_beside_every_list_but_those_of_the_table(pages):
    lists = {pattern for pattern, html in pages.items() if any(sign in html for sign in LISTS)}
    taken_along = {pattern: set(BAR.findall(html)) for pattern, html in pages.items() if BAR.search(html)}
    assert reverse("loop:list") in lists
    assert sorted(lists - WITHOUT.keys() - taken_along.keys()) == []
    assert sorted(WITHOUT.keys() & taken_along.keys()) == []
    assert set().union(*taken_along.values()) == {export.code for export in declared("exports")}
