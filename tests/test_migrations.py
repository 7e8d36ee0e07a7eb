"""Migrations match the models, and their names tell what they do."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from house import PACKAGE

# Names that Django makes up, and names that tell nothing.
TELLS_NOTHING = re.compile(r"auto|initial|and_more|merge|remove_?$|^update$|^alter_|^misc|^changes?$")


def untold(names: list[str]) -> list[str]:
    return [name for name in names if not re.match(r"\d{4}_[a-z]{3}", name) or TELLS_NOTHING.search(name[5:])]


def names(package: Path) -> list[str]:
    return sorted(path.stem for path in package.glob("*/migrations/**/[0-9]*.py"))


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_step_that_is_left_out_is_replaced_by_what_is_run():
    """Otherwise a new database would run it, or an older one would not know that it has."""
    kept = {(path.parts[-4], path.stem) for path in PACKAGE.glob("*/migrations/replaced/[0-9]*.py")}
    on_disk = MigrationLoader(None).disk_migrations.values()
    assert {step for migration in on_disk for step in migration.replaces} == kept != set()


def test_names_tell_what_a_migration_does():
    assert untold(names(PACKAGE)) == []


def test_every_app_with_models_has_migrations():
    with_models = {path.parent.name for path in PACKAGE.glob("*/models.py")} | {
        path.parent.parent.name for path in PACKAGE.glob("*/models/__init__.py")
    }
    assert {app for app in with_models if not list((PACKAGE / app / "migrations").glob("[0-9]*.py"))} == set()


@pytest.mark.parametrize(
    "name", ["0001_initial", "0002_auto_20230522_0900", "0003_alter_x_and_more", "0004_"]
)
def test_a_name_that_tells_nothing_is_seen(name):
    assert untold([name]) == [name]


def test_a_name_that_tells_is_allowed():
    assert untold(["0001_units_and_posts", "0002_firms_know_their_town"]) == []
