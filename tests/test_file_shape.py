"""A file is named for one thing and can be read in one go (design style.md 4, 17)."""

import re
from pathlib import Path

import pytest

from house import PACKAGE, ROOT, line_of, python, sources, write

LONGEST = 300
# Files that are longer, and why they stay whole.
LONG: dict[str, str] = {}
NAMED_FOR_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "shared", "stuff"}
LEFT_UNDONE = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")


def too_long(package: Path, allowed: dict[str, str]) -> list[str]:
    return [
        f"{source.name}: {length} lines"
        for source in sources(package, ".py", ".html", ".js", without=("tests", "migrations"))
        if (length := source.text.count("\n")) > LONGEST and source.name not in allowed
    ]


def named_for_nothing(package: Path) -> list[str]:
    parts = ((source, set(source.name.removesuffix(".py").split("/"))) for source in python(package))
    return [source.name for source, words in parts if words & NAMED_FOR_NOTHING]


def left_undone(package: Path) -> list[str]:
    return [
        source.at(line_of(source.text, place.start()), place[0])
        for source in sources(package, ".py", ".html", ".js", ".css")
        for place in LEFT_UNDONE.finditer(source.text)
    ]


def test_files_can_be_read_in_one_go():
    assert too_long(PACKAGE, LONG) == []


def test_files_listed_as_long_are_long():
    lengths = {source.name: source.text.count("\n") for source in python(PACKAGE)}
    assert [name for name in LONG if lengths.get(name, 0) <= LONGEST] == []


def test_files_are_named_for_one_thing():
    assert named_for_nothing(PACKAGE) + named_for_nothing(ROOT / "tests") == []


def test_nothing_is_left_undone():
    assert left_undone(PACKAGE) == []


def test_a_long_file_is_seen(tmp_path):
    house = write(tmp_path, {"shop/views.py": "a = 1\n" * 301, "shop/tests/test_views.py": "a = 1\n" * 301})
    assert too_long(house, {}) == ["shop/views.py: 301 lines"]
    assert too_long(house, {"shop/views.py": "is a table"}) == []


@pytest.mark.parametrize("name", ["shop/utils.py", "shop/helpers/dates.py", "common/dates.py"])
def test_a_name_for_nothing_is_seen(tmp_path, name):
    assert named_for_nothing(write(tmp_path, {name: ""})) == [name]


def test_work_left_undone_is_seen(tmp_path):
    assert len(left_undone(write(tmp_path, {"shop/views.py": "# TO" + "DO: finish\n"}))) == 1
