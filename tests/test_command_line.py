"""`tisu` says in a sentence what keeps it from working, and ends with 2 for bad usage."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import CommandLine, own_environment
from house import ROOT
from tisu.foundation.instance import Instance
from tisu.foundation.listening import NoPlaceToListen, try_to_listen
from tisu.foundation.management.commands.serve import threads


@pytest.fixture(scope="module")
def tisu(tmp_path_factory) -> CommandLine:
    return own_environment(tmp_path_factory.mktemp("environment"))


@pytest.fixture(scope="module")
def installed(tisu, tmp_path_factory) -> Path:
    data = tmp_path_factory.mktemp("installed") / "data"
    done = tisu.run(data, "init", "--region", "422826")
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def taken_port() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield str(listener.getsockname()[1])


def refusal(done) -> str:
    """The one sentence of a command that ended with 2."""
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("arguments", "more", "named"),
    [
        (["nosuchcommand"], {}, "nosuchcommand"),
        (["demo", "--nosuchoption"], {}, "--nosuchoption"),
        (["serve"], {"TISU_PORT": "abc"}, "TISU_PORT"),
        (["doctor"], {"TISU_DATABASE_URL": "nonsense"}, "TISU_DATABASE_URL"),
        (["shell", "-c", "from django.conf import settings; settings.SECRET_KEY"], {}, "SECRET_KEY"),
    ],
)
def test_ends_with_2_for_bad_usage(tisu, tmp_path, arguments, more, named):
    assert named in refusal(tisu.run(tmp_path / "data", *arguments, **more))
    assert not (tmp_path / "data").exists()


def test_does_not_serve_what_was_never_set_up(tisu, tmp_path):
    assert "tisu init" in refusal(tisu.run(tmp_path / "data", "serve"))
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("lost", ["secret.key", "keyring.json", "tisu.sqlite3"])
def test_does_not_serve_without_secret_key_ring_or_database(tisu, installed, lost):
    (installed / lost).rename(installed / "elsewhere")
    try:
        assert "tisu init" in refusal(tisu.run(installed, "serve"))
        assert not (installed / lost).exists()
    finally:
        (installed / "elsewhere").rename(installed / lost)


def test_does_not_serve_tables_older_than_the_program(tisu, installed):
    apply = "from django.db import connection as c; c.cursor().execute({!r})"
    table, kept = "django_migrations", "name = '0001_search_entries'"
    tisu.python(installed, apply.format(f"UPDATE {table} SET name = 'x' WHERE {kept}"))
    assert "tisu init" in refusal(tisu.run(installed, "serve"))
    tisu.python(installed, apply.format(f"UPDATE {table} SET name = '0001_search_entries' WHERE name = 'x'"))


def test_says_that_a_port_is_taken(tisu, installed, taken_port):
    assert taken_port in refusal(tisu.run(installed, "serve", TISU_PORT=taken_port))


def test_tries_the_port_before_a_demonstration_is_built(tisu, tmp_path, taken_port):
    assert taken_port in refusal(tisu.run(tmp_path / "data", "demo", TISU_PORT=taken_port))
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 0), ("127.0.0.1", 70000), ("203.0.113.7", 8000)])
def test_names_a_place_where_nobody_can_listen(settings, host, port):
    settings.HOST, settings.PORT = host, port
    with pytest.raises(NoPlaceToListen):
        try_to_listen()


@pytest.mark.parametrize(("engine", "number"), [("sqlite3", 1), ("postgresql", 4)])
def test_answers_with_one_thread_on_sqlite_and_several_on_postgresql(monkeypatch, settings, engine, number):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", f"django.db.backends.{engine}")
    assert threads() == number


def test_knows_no_county_of_its_own():
    assert Instance().region == ""


def test_cleaning_up_leaves_the_data_folder():
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("\nclean:\n")[2]
    assert recipe.strip() == "rm -rf $(VENV)"
