"""A new room is one folder and one line in FLOORS: nothing outside a room names it (architecture.md §1)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from house import PACKAGE, line_of, python, sources, without_comments, write

ROOMS = settings.FLOORS[-2]  # under the roof
FLOOR_PLAN = "settings.py"


def names_of(rooms: list[str]) -> re.Pattern[str]:
    """How a room is named from elsewhere: a module, a url name, a template or static path, a model's label."""
    any_room = "|".join(rooms)
    return re.compile(rf"""\btisu[./](?:{any_room})\b|["'](?:{any_room})(?::\w|/[\w.]|\.[A-Z])""")


def namings(package: Path, rooms: list[str]) -> list[str]:
    found, named = [], names_of(rooms)
    for source in sources(package, ".py", ".html", ".txt", ".js", ".css", without=("tests",)):
        if source.name == FLOOR_PLAN:
            continue
        text = without_comments(source.text)
        found += [
            source.at(line_of(text, place.start()), f"names {place[0]}")
            for place in named.finditer(text)
            if source.app not in re.findall(r"\w+", place[0])
        ]
    return found


def imports(package: Path, rooms: list[str]) -> list[str]:
    """`from tisu import voice` names a room without a dot."""
    spelt = re.compile(rf"from tisu import .*\b({'|'.join(rooms)})\b")
    return [
        source.at(line_of(source.text, place.start()), f"names {place[1]}")
        for source in python(package, without=("tests",))
        for place in spelt.finditer(source.text)
        if place[1] != source.app
    ]


def test_nothing_outside_a_room_names_it():
    assert namings(PACKAGE, ROOMS) + imports(PACKAGE, ROOMS) == []


def test_the_floor_under_the_roof_holds_the_rooms():
    assert {"voice", "supervision"} <= set(ROOMS)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("roof/views.py", "from tisu.shop.models import Thing"),
        ("roof/views.py", "def late():\n    from tisu import shop"),
        ("roof/views.py", "page = reverse('shop:page')"),
        ("roof/models.py", 'thing = ForeignKey("shop.Thing", PROTECT)'),
        ("roof/templates/roof/page.html", "{% url 'shop:page' %}"),
        ("roof/templates/roof/page.html", '{% include "shop/card.html" %}'),
        ("roof/static/roof/page.js", 'fetch("shop/list")'),
        ("store/views.py", "page = 'shop/page.html'"),
    ],
)
def test_a_room_named_elsewhere_is_seen(tmp_path, name, text):
    broken = write(tmp_path, {name: text})
    assert len(namings(broken, ["shop", "store"]) + imports(broken, ["shop", "store"])) == 1


def test_a_room_may_name_itself(tmp_path):
    sound = write(tmp_path, {"shop/views.py": "page = 'shop/page.html'; name = 'shop:page'"})
    assert namings(sound, ["shop", "store"]) == []


def test_a_word_that_is_also_a_room_may_be_said(tmp_path):
    sound = write(tmp_path, {"roof/views.py": "icon = 'shop'", "roof/templates/a.html": "{# 'shop:page' #}"})
    assert namings(sound, ["shop", "store"]) == []
