"""Static files are gathered when serving starts, and again after the program was updated."""

import pytest
from django.contrib.staticfiles import finders

from tisu.foundation.assets import gather


@pytest.fixture
def sheet(settings, tmp_path):
    """A style sheet of the program, and an empty place to gather it in."""
    source = tmp_path / "source"
    source.mkdir()
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [source], tmp_path / "static"
    finders.get_finder.cache_clear()
    (source / "a.css").write_text("a { color: red }")
    yield source / "a.css"
    finders.get_finder.cache_clear()


def test_nothing_is_done_when_nothing_changed(sheet, settings):
    assert gather()
    assert (settings.STATIC_ROOT / "a.css").read_text() == sheet.read_text()
    assert not gather()


def test_what_an_update_brought_is_served(sheet, settings):
    gather()
    sheet.write_text("a { color: dark-blue }")
    assert gather()
    assert (settings.STATIC_ROOT / "a.css").read_text() == "a { color: dark-blue }"
