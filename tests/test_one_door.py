"""One door for every change: only foundation/moves.py writes a state, and a matter moves only through perform().

Which attributes are states follows from the models: every StateField of every app.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from house import PACKAGE, Source, dotted, imported_names, python, write
from tisu.foundation.moves import StateField

DOOR = "foundation/moves.py"
WRITERS = {
    "create", "acreate", "update", "aupdate", "get_or_create", "aget_or_create", "update_or_create",
    "aupdate_or_create",
}  # fmt: skip
ENGINE = {"tisu.foundation.moves.advance", "tisu.foundation.moves.begin"}
MATTERS_DOOR = {
    "loop/perform.py", "loop/register.py", "loop/erasing.py", "loop/effects/assigning.py", "loop/effects/parts.py",
    "loop/effects/requests.py",
}  # fmt: skip
NOT_REACHED = ("tests", "migrations")


def states() -> dict[str, set[str]]:
    """Each model with a state, and the names of its state fields."""
    found = {}
    for model in apps.get_models():
        if names := {field.name for field in model._meta.fields if isinstance(field, StateField)}:
            found[model.__name__] = names
    return found


# --- Who writes a state ----------------------------------------------------------------------------------


def written_elsewhere(package: Path, models: dict[str, set[str]]) -> list[str]:
    """Every place outside the engine that gives a state field a value."""
    fields = set().union(*models.values())
    return [
        source.at(line, f"writes {name}")
        for source in python(package, without=NOT_REACHED)
        if source.name != DOOR
        for line, name in writings(source, models, fields)
    ]


def writings(source: Source, models: dict[str, set[str]], fields: set[str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(source.tree):
        match node:
            case ast.Attribute(attr=name, ctx=ast.Store()) if name in fields:
                yield node.lineno, name
            case ast.Call():
                yield from _written_by_call(node, models, fields)


def _written_by_call(
    node: ast.Call, models: dict[str, set[str]], fields: set[str]
) -> Iterator[tuple[int, str]]:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called in {"setattr", "__setattr__"}:
        yield from ((node.lineno, text) for text in map(_text, node.args) if text in fields)
    elif called in {"bulk_update", "change"}:
        yield from ((node.lineno, text) for text in _texts(node) if text in fields)
    elif called in WRITERS or called in models:
        yield from ((node.lineno, name) for name in _given(node) if name in models.get(called, fields))


def _given(node: ast.Call) -> Iterator[str]:
    """Names of keywords, and of the keys of dictionaries spread or handed in as defaults."""
    for keyword in node.keywords:
        if keyword.arg:
            yield keyword.arg
        if isinstance(keyword.value, ast.Dict):
            yield from filter(None, map(_text, keyword.value.keys))


def _texts(node: ast.AST) -> Iterator[str]:
    yield from (text for part in ast.walk(node) if (text := _text(part)))


def _text(node: ast.AST | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_only_the_engine_writes_a_state():
    assert written_elsewhere(PACKAGE, states()) == []


def test_the_matter_has_a_state():
    assert "stage" in states()["Matter"]


@pytest.mark.parametrize(
    "line",
    [
        "matter.stage = 'closed'",
        "matter.stage, matter.text = 'closed', ''",
        "Matter.objects.filter(pk=1).update(stage='closed')",
        "Matter.objects.update(**{'stage': 'closed'})",
        "Matter.objects.create(stage='closed')",
        "Matter.objects.update_or_create(pk=1, defaults={'stage': 'closed'})",
        "Matter.objects.bulk_update(rows, ['text', 'stage'])",
        "change(Matter, {'pk': 1}, {'stage': 'closed'})",
        "Matter.objects.bulk_create([Matter(stage='closed')])",
        "models.Matter(stage='closed')",
        "setattr(matter, 'stage', 'closed')",
        "object.__setattr__(matter, 'stage', 'closed')",
    ],
)
def test_a_state_written_elsewhere_is_seen(tmp_path, line):
    broken = write(tmp_path, {"shop/services.py": line})
    assert len(written_elsewhere(broken, {"Matter": {"stage"}})) == 1


@pytest.mark.parametrize(
    "line",
    [
        "if matter.stage == 'closed': pass",
        "rows = Matter.objects.filter(stage='closed')",
        "Row(stage='closed')",
    ],
)
def test_a_state_may_be_read(tmp_path, line):
    sound = write(tmp_path, {"shop/services.py": line})
    assert written_elsewhere(sound, {"Matter": {"stage"}}) == []


# --- Who asks the engine ---------------------------------------------------------------------------------


def asked_elsewhere(package: Path) -> list[str]:
    """Uses of the engine outside the matters' door and the rooms' own tables of moves."""
    return [
        source.at(node.lineno, f"asks {dotted(node, names)}")
        for source in python(package, without=NOT_REACHED)
        if source.app != "foundation" and not _may_ask(source)
        for names in [imported_names(source)]
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Name | ast.Attribute) and dotted(node, names) in ENGINE
    ]


def _may_ask(source: Source) -> bool:
    return source.name in MATTERS_DOOR or (source.name.count("/") == 1 and source.path.name == "moves.py")


def test_only_the_doors_ask_the_engine():
    assert asked_elsewhere(PACKAGE) == []


@pytest.mark.parametrize(
    "text",
    [
        "from tisu.foundation.moves import advance\nadvance(matter, step, seen_version=1)",
        "from tisu.foundation import moves\nmoves.begin(matter, 'open')",
        "from tisu.foundation.moves import advance as go\nstep = partial(go, matter)",
        "import tisu.foundation.moves\ntisu.foundation.moves.begin(matter, 'open')",
    ],
)
def test_a_way_round_the_door_is_seen(tmp_path, text):
    assert len(asked_elsewhere(write(tmp_path, {"shop/services.py": text}))) == 1


def test_a_room_moves_its_own_nouns_in_its_table(tmp_path):
    text = "from tisu.foundation.moves import advance\nadvance(thing, step, seen_version=1)"
    assert asked_elsewhere(write(tmp_path, {"shop/moves.py": text})) == []
