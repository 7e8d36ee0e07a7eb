"""The living component page shows every component in every state, under the strict policy of the product."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from tisu.web import gallery, samples

TEMPLATES = Path(gallery.__file__).parent / "templates"
COMPONENTS = sorted(path.stem for path in (TEMPLATES / "web/components").glob("*.html"))


@pytest.fixture
def page(rf) -> str:
    request = rf.get("/components")
    request.user = SimpleNamespace(is_authenticated=False, get_full_name="")
    values = {"samples": list(gallery.shown_samples(request)), "tokens": samples.TOKENS}
    return render_to_string("web/components.html", values, request)


@pytest.mark.parametrize("component", COMPONENTS)
def test_shows_every_component_there_is(page, component):
    assert f'data-sample="{component}"' in page


@pytest.mark.parametrize("component", COMPONENTS)
def test_states_what_every_component_takes(component):
    assert len(gallery.contract(component)) > 40


def test_has_no_inline_style_or_script(page):
    page = re.sub(r"<pre.*?</pre>", "", page, flags=re.S)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_loads_nothing_from_outside(page):
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", page)


def test_names_every_light_by_shape_and_word(page):
    for shape in "●▲■‖✓✗":
        assert re.search(rf'aria-hidden="true">{shape}</span>\w', page)


def test_gives_every_drawn_id_once(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_needs_sign_in(client):
    response = client.get("/components")
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.stem)
def test_hard_codes_no_chinese_in_a_template(template):
    words = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", template.read_text("utf-8"), flags=re.S)
    assert not re.search(r"[\u4e00-\u9fff]", words)


def test_stands_on_the_strict_policy():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]
