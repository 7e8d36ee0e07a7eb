"""The floor plan: imports, model relations and borrowed templates lead downward only (architecture.md §1).

Each check is broken once here, so that we know it can fail.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps

from house import PACKAGE, Source, imported_from, line_of, python, strings, templates, without_comments, write

Floors = list[list[str]]
SMALL_HOUSE = [["ground"], ["shop", "store"], ["roof"]]
BORROWED = re.compile(r"""{%-?\s*(?:extends|include|static)\s+(["'])(?P<name>[^"']+)\1""")
MODULE = re.compile(r"tisu\.(\w+)(?:\.\w+)*$")


def floor_of(app: str, floors: Floors) -> int:
    return next((place for place, floor in enumerate(floors) if app in floor), -1)


def apps_on(floors: Floors) -> list[str]:
    return [app for floor in floors for app in floor]


def is_below(lower: str, upper: str, floors: Floors) -> bool:
    return lower == upper or floor_of(lower, floors) < floor_of(upper, floors)


# --- Imports ---------------------------------------------------------------------------------------------


def wrong_imports(package: Path, floors: Floors) -> list[str]:
    """Imports anywhere in a file, also inside functions and for type checkers, that do not lead downward."""
    return [
        source.at(line, f"imports {module}")
        for source in python(package)
        for line, module in modules_named(source)
        if (app := module.split(".")[1]) in apps_on(floors) and not may_import(source.app, app, floors)
    ]


def may_import(app: str, other: str, floors: Floors) -> bool:
    """The few files at the top know the ground only: what they show of the rooms comes from the registries."""
    return other in floors[0] if not app else is_below(other, app, floors)


def modules_named(source: Source) -> Iterator[tuple[int, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name.startswith("tisu."))
        elif isinstance(node, ast.ImportFrom):
            module = imported_from(source, node)
            names = [f"tisu.{alias.name}" for alias in node.names] if module == "tisu" else [module]
            yield from ((node.lineno, name) for name in names if name.startswith("tisu."))
    if source.app:  # the files at the top name things for Django, which looks them up later
        yield from ((line, text) for line, text in strings(source) if MODULE.match(text))


def test_imports_lead_downward():
    assert wrong_imports(PACKAGE, settings.FLOORS) == []


@pytest.mark.parametrize(
    "broken",
    [
        {"ground/rules.py": "from tisu.shop import models"},
        {"shop/rules.py": "def late():\n    import tisu.roof.views"},
        {"shop/rules.py": "if TYPE_CHECKING:\n    from tisu.store.models import Thing"},
        {"shop/rules.py": "from ..store import models"},
        {"shop/rules.py": "from tisu import store"},
        {"shop/rules.py": "import_module('tisu.store.models')"},
        {"urls.py": "from tisu.shop import urls"},
    ],
)
def test_imports_upward_or_aside_are_seen(tmp_path, broken):
    assert len(wrong_imports(write(tmp_path, broken), SMALL_HOUSE)) == 1


def test_imports_downward_are_allowed(tmp_path):
    sound = {"shop/rules.py": "from tisu.ground import clock\nfrom tisu.shop import models\nfrom . import x"}
    assert wrong_imports(write(tmp_path, sound), SMALL_HOUSE) == []


def test_every_app_stands_on_one_floor():
    placed = [app for floor in settings.FLOORS for app in floor]
    folders = [path.parent.name for path in PACKAGE.glob("*/__init__.py")]
    assert sorted(placed) == sorted(folders)


# --- Relations between models ----------------------------------------------------------------------------


def wrong_relations(kinds: Iterable[type[models.Model]], floors: Floors) -> list[str]:
    return [
        f"{model._meta.label}.{field.name} points to {target}"
        for model in kinds
        if model._meta.app_label in apps_on(floors)
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.remote_field and not may_point(model._meta.app_label, target := target_of(field), floors)
    ]


def target_of(field: models.Field) -> str:
    model = field.remote_field.model
    return model if isinstance(model, str) else model._meta.label


def may_point(app: str, target: str, floors: Floors) -> bool:
    """Downward; and from the ledger and below to whoever acted, by the name of settings.AUTH_USER_MODEL."""
    if target == settings.AUTH_USER_MODEL and floor_of(app, floors) <= floor_of("audit", floors):
        return True
    return is_below(target.partition(".")[0], app, floors)


def test_relations_lead_downward():
    assert wrong_relations(apps.get_models(include_auto_created=True), settings.FLOORS) == []


@isolate_apps("tisu.web", "tisu.orgs", "tisu.loop", "tisu.voice")
@pytest.mark.parametrize(
    ("app", "target", "kind"),
    [
        ("web", "loop.Matter", models.ForeignKey),
        ("web", "loop.Matter", models.OneToOneField),
        ("orgs", settings.AUTH_USER_MODEL, models.ForeignKey),
        ("voice", "supervision.Checklist", models.ForeignKey),
    ],
)
def test_relations_upward_or_aside_are_seen(app, target, kind):
    class Broken(models.Model):
        thing = kind(target, models.CASCADE)

        class Meta:
            app_label = app

    assert len(wrong_relations([Broken], settings.FLOORS)) == 1


@isolate_apps("tisu.web")
def test_a_relation_to_many_is_seen_too():
    class Broken(models.Model):
        things = models.ManyToManyField("loop.Matter")

        class Meta:
            app_label = "web"

    assert len(wrong_relations([Broken], settings.FLOORS)) == 1


# --- Borrowed templates ----------------------------------------------------------------------------------


def wrong_borrowings(package: Path, floors: Floors) -> list[str]:
    """Templates and static files taken from an app that stands higher or beside."""
    owned = owners(package, floors)
    return [
        source.at(line, f"borrows {name} of {owned[name]}")
        for source, line, name in borrowings(package)
        if name in owned and source.app and not is_below(owned[name], source.app, floors)
    ]


def owners(package: Path, floors: Floors) -> dict[str, str]:
    """Every template and static file by the name it is borrowed under; the lowest owner counts."""
    found: dict[str, str] = {}
    for app in apps_on(floors):
        for kind in ("templates", "static"):
            folder = package / app / kind
            for path in folder.rglob("*"):
                found.setdefault(str(path.relative_to(folder)), app)
    return found


def borrowings(package: Path) -> Iterator[tuple[Source, int, str]]:
    for source in templates(package):
        text = without_comments(source.text)
        for found in BORROWED.finditer(text):
            yield source, line_of(text, found.start()), found["name"]
    for source in python(package, without=("tests",)):
        yield from ((source, line, text) for line, text in strings(source) if text.endswith(".html"))


def lost_borrowings(package: Path, floors: Floors) -> list[str]:
    """Names in one of our own folders behind which there is no file."""
    owned, folders = owners(package, floors), set(apps_on(floors))
    return [
        source.at(line, f"borrows {name}, which is nowhere")
        for source, line, name in borrowings(package)
        if "/" in name
        and name.partition("/")[0] in folders
        and name not in owned
        and not set(name) & set("{}% ")
    ]


def test_templates_borrow_downward():
    assert wrong_borrowings(PACKAGE, settings.FLOORS) == []


def test_what_is_borrowed_exists():
    assert lost_borrowings(PACKAGE, settings.FLOORS) == []


@pytest.mark.parametrize(
    "borrowing",
    [
        '{% extends "store/page.html" %}',
        "{% include 'store/page.html' with a=1 %}",
        '{% static "store/page.css" %}',
    ],
)
def test_templates_borrowed_aside_are_seen(tmp_path, borrowing):
    files = {
        "store/templates/store/page.html": "",
        "store/static/store/page.css": "",
        "shop/templates/shop/page.html": f"{{# {borrowing} #}}\n{borrowing}",
        "ground/templates/ground/page.html": "",
    }
    (fault,) = wrong_borrowings(write(tmp_path, files), SMALL_HOUSE)
    assert fault.startswith("shop/templates/shop/page.html:2")


def test_a_view_that_draws_a_template_of_a_higher_floor_is_seen(tmp_path):
    files = {"roof/templates/roof/page.html": "", "shop/views.py": "page = 'roof/page.html'"}
    assert len(wrong_borrowings(write(tmp_path, files), SMALL_HOUSE)) == 1


def test_a_template_that_is_nowhere_is_seen(tmp_path):
    files = {"shop/templates/shop/page.html": '{% extends "ground/page.html" %}'}
    assert len(lost_borrowings(write(tmp_path, files), SMALL_HOUSE)) == 1
