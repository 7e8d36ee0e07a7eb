"""What is walled off leaves no trace: not a row, a count, a gap, a header, a cookie or a letter (intake.md, 7 to 11).

Two worlds, one with matters of every declared kind that stand behind walls and one without, are read by everyone who
is kept out of them, on every surface of the house, once for each sort of wall. Both must answer alike, word for word.
Addresses, kinds, jobs and channels come from the resolver and the registries, so a new one is covered by being there.
"""

import sys
from types import ModuleType
from urllib.parse import unquote

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import clear_url_caches, include, path

from keeping_out import SORTS
from papers import key_of_paper
from surfaces import Answer, Reader
from tisu.loop.actions import ACTIONS
from tisu.loop.models import Matter
from worlds import MARK, PINYIN, PLAIN, SECRET, SEEING, World, world

pytestmark = pytest.mark.django_db
A_SECRET, A_PLAIN = f"{SECRET}-00001", f"{PLAIN}-00001"
BRIEF = ("asks",)  # the course that is enough where a world need not be full
Surfaces = dict[str, dict[str, Answer]]


@pytest.fixture(autouse=True)
def anchor_file(settings, tmp_path):
    settings.ANCHORS = tmp_path / "anchors.txt"


@pytest.fixture
def build(county, monkeypatch):
    """`with build(secret=True) as it:` a world for as long as it is looked at."""
    return lambda **more: world(county, monkeypatch, **more)


def surfaces(it: World, names: tuple[str, ...], only: str = "", thorough: tuple[str, ...] = ()) -> Surfaces:
    """What each of them gets to read, and what was sent to them."""
    return {name: surfaces_of(it, name, only, thorough=name in thorough) for name in names}


def surfaces_of(it: World, name: str, only: str, *, thorough: bool) -> dict[str, Answer]:
    reader = reader_in(it, name, (MARK, PINYIN, A_SECRET) if thorough else (MARK,))
    reader.read_all(only, follow=thorough)
    reader.press_all(A_SECRET, only, ACTIONS if thorough else ["accept"])
    if not only:
        reader.merge_into(A_PLAIN, A_SECRET)
        reader.tick(A_SECRET)
        reader.tick(A_SECRET, A_PLAIN)
    return reader.found | {"letters": Answer(0, (), (), "\n\n".join(it.letters_to(name)), 0)}


def reader_in(it: World, name: str, words: tuple[str, ...] = ()) -> Reader:
    firm = it.county.firms[0].credit_code
    seeds = {
        "number": [A_SECRET, A_PLAIN],
        "uscc": firm,
        "/enterprises/<code>": firm,
        "/our-firm/<code>": firm,
    }
    seeds |= {"/documents/<pk>": key_of_paper(A_SECRET), "page": 1}
    return Reader(it.county.people[name], seeds, words)


def leaks(without: Surfaces, within: Surfaces) -> list[str]:
    """Each surface that tells the two worlds apart."""
    found = []
    for name, answers in without.items():
        found += [f"{name}: only with it: {where}" for where in within[name].keys() - answers.keys()]
        found += [f"{name}: only without it: {where}" for where in answers.keys() - within[name].keys()]
        found += [
            f"{name}: {where}: {answer.unlike(within[name][where])}"
            for where, answer in answers.items()
            if where in within[name] and answer != within[name][where]
        ]
    return found


@pytest.mark.parametrize("sort", SORTS)
def test_leaves_no_trace_for_anyone_who_is_kept_out(build, sort):
    kept_out, thorough = SORTS[sort].kept_out, SORTS[sort].thorough
    with build(secret=False, **SORTS[sort].world) as it:
        without = surfaces(it, kept_out, thorough=thorough)
    with build(secret=True, **SORTS[sort].world) as it:
        within = surfaces(it, kept_out, thorough=thorough)
    assert leaks(without, within) == []


def test_shows_administrators_nothing_of_it(build):
    """They may know that a wall stands, never what behind it is about."""
    with build(secret=True, only=BRIEF, **SORTS["recusal"].world) as it:
        answers = {
            f"{name} {where}": answer
            for name in ("admin", "security", "auditor")
            for where, answer in surfaces_of(it, name, "", thorough=True).items()
        }
    told = [where for where, answer in answers.items() if MARK in answer.body and MARK not in unquote(where)]
    assert told == []


# --- The test itself -------------------------------------------------------------------------------------

# Where the secret ones are met while nobody is kept out: or the tests above look at the wrong places.
SHOWS_IT = {
    "/desk": ("office", "zhujian-head", "fagai"),
    "/matters": SEEING,
    f"/matters/{A_SECRET}": tuple(name for name in SEEING if name not in ("discipline", "observer")),
    f"/matters/{A_SECRET}/print": ("office", "leader", "secretary", "zhujian-head", "fagai"),
    f"/matters?q={PINYIN}": ("office", "supervisor"),
    f"/search?q={A_SECRET}": ("office", "firm"),
    "/api/v1/matters": SEEING,
    f"/documents/{key_of_paper(A_SECRET)}": ("office", "supervisor", "leader", "zhujian-head", "fagai"),
    f"/api/v1/matters/{A_SECRET}": ("office", "leader", "zhujian-head", "firm"),
    "/messages": ("office", "zhujian-head", "leader", "firm"),
    "/api/v1/messages": ("office", "zhujian-head", "leader", "firm"),
    "/leader": ("leader", "secretary", "supervisor", "office-lead"),
}


def test_the_same_surfaces_show_it_while_no_wall_stands(build):
    with build(secret=True) as it:
        answers = {
            f"{name} {where}": reader_in(it, name).read(where)
            for where, names in SHOWS_IT.items()
            for name in names
        }
        letters = it.letters_to("zhujian-head")
    assert [where for where, answer in answers.items() if not shows(answer)] == []
    assert any(MARK in letter for letter in letters)


def shows(answer: Answer) -> bool:
    return MARK in answer.body or SECRET in str(answer.headers)


def many() -> int:
    return Matter.objects.count()


def held(request: HttpRequest, number: str) -> HttpResponse:
    return HttpResponse(status=403 if Matter.objects.filter(number=number).exists() else 404)


def at_a_cost(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("".join("" for matter in Matter.objects.all() if matter.walls.exists()))


def with_cookie(_request: HttpRequest) -> HttpResponse:
    answer = HttpResponse()
    answer.set_cookie("seen", str(many()))
    return answer


LEAKING = {
    "title": lambda _request: HttpResponse("".join(matter.title for matter in Matter.objects.all())),
    "count": lambda _request: HttpResponse(str(many())),
    "gap": lambda request: HttpResponse(str(Matter.objects.visible_to(request.user).latest("pk").pk)),
    "header": lambda _request: HttpResponse(headers={"X-Total": str(many())}),
    "cookie": with_cookie,
    "time": at_a_cost,
    "link": lambda _request: HttpResponse("<a href='/sample/link?more'>…</a>" * (many() % 2)),
}


@pytest.fixture
def leaking(settings) -> None:
    """A house with a room that leaks in every way, and one honest page."""
    urls = ModuleType("leaking_urls")
    urls.urlpatterns = [
        *(path(f"sample/{name}", view) for name, view in LEAKING.items()),
        path("sample/held/<str:number>", held),
        path(
            "sample/honest",
            lambda request: HttpResponse(str(Matter.objects.visible_to(request.user).count())),
        ),
        path("", include(settings.ROOT_URLCONF)),
    ]
    sys.modules[urls.__name__] = urls
    settings.ROOT_URLCONF = urls.__name__
    clear_url_caches()
    yield
    del sys.modules[urls.__name__]


def test_a_leak_of_any_sort_is_seen(build, leaking):
    found = []
    for secret in (False, True):
        with build(secret=secret, only=BRIEF, **SORTS["recusal"].world) as it:
            found.append(surfaces(it, ("office",), "/sample/"))
    told = {leak.split(": ")[1] for leak in leaks(*found)}
    assert {f"GET /sample/{name}" for name in LEAKING} <= told
    assert {f"GET /sample/held/{A_SECRET}", f"POST /sample/held/{A_SECRET}"} <= told
    assert "GET /sample/honest" not in told and f"GET /sample/held/{A_PLAIN}" not in told
