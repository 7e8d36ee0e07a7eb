"""Pages load nothing from elsewhere and bring no inline code: what the policy forbids is not even written.

Addresses may be named in prose of docs; templates, styles and scripts hold none.
"""

import re
from pathlib import Path

import pytest

from house import PACKAGE, line_of, python, sources, strings, without_comments, write

TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
NAMESPACES = re.compile(
    r"""xmlns(?::\w+)?=["']http://www\.w3\.org/[^"']*["']|["']http://www\.w3\.org/[\w/]+["']"""
)
OUTSIDE = re.compile(r"""(?:https?:|wss?:|["'(=\s])//[\w{%]""")
STYLE_LOADS = re.compile(r"""(?:url\(\s*|@import\s+)["']?(?:https?:)?//""")
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|<script\b(?![^>]*\bsrc\s*=)|\son[a-z]+\s*=|javascript:|\bhx-on\b|\shx-vals=.js:",
    re.I,
)
CALLS_OUT = re.compile(
    r"""(?:fetch|open|import|sendBeacon|WebSocket|EventSource)\(\s*["'`](?:https?:|wss?:)?//"""
)


def outside_addresses(package: Path) -> list[str]:
    """Addresses of elsewhere in our own templates, styles, scripts and pictures."""
    found = []
    for source in sources(package, ".html", ".txt", ".css", ".js", ".svg", without=("tests",)):
        text = NAMESPACES.sub("", without_comments(source.text))
        pattern = STYLE_LOADS if source.path.suffix == ".css" else OUTSIDE
        if source.path.suffix == ".js":
            text = re.sub(r"/\*.*?\*/|^\s*//.*?$|\s//\s.*?$", "", text, flags=re.DOTALL | re.MULTILINE)
        found += [source.at(line_of(text, place.start()), place[0]) for place in pattern.finditer(text)]
    return found


def inline_code(package: Path) -> list[str]:
    """Styles, scripts and handlers within a page: in templates, and in HTML that Python makes."""
    found = []
    for source in sources(package, ".html", ".svg", without=("tests",)):
        text = TAG.sub(lambda tag: "\n" * tag[0].count("\n"), without_comments(source.text))
        found += [source.at(line_of(text, place.start()), place[0]) for place in INLINE.finditer(text)]
    for source in python(package, without=("tests",)):
        for line, text in strings(source):
            if "<" in text and (place := INLINE.search(TAG.sub("", text))):
                found.append(source.at(line, place[0]))
    return found


def vendored_loads(package: Path) -> list[str]:
    """What others wrote may name their home in a comment or a message, but must not load from there."""
    files = [path for path in package.glob("*/static/*/vendor/*") if path.suffix in (".css", ".js")]
    return [
        f"{path.name}: {place[0]}"
        for path in files
        for pattern in [STYLE_LOADS if path.suffix == ".css" else CALLS_OUT]
        for place in pattern.finditer(path.read_text("utf-8"))
    ]


def test_pages_name_no_address_of_elsewhere():
    assert outside_addresses(PACKAGE) == []


def test_pages_hold_no_inline_code():
    assert inline_code(PACKAGE) == []


def test_vendored_files_load_nothing():
    assert vendored_loads(PACKAGE) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("shop/templates/shop/page.html", '<script src="https://cdn.example/x.js"></script>'),
        ("shop/templates/shop/page.html", '<img src="//cdn.example/x.png">'),
        ("shop/templates/shop/page.html", "<a href='http://example.cn/'></a>"),
        ("shop/static/shop/page.css", '@import "https://cdn.example/x.css";'),
        ("shop/static/shop/page.css", "p { background: url(//cdn.example/x.png) }"),
        ("shop/static/shop/page.js", "fetch('https://example.cn/')"),
        ("shop/static/shop/vendor/page.js", "fetch('https://example.cn/')"),
    ],
)
def test_an_address_of_elsewhere_is_seen(tmp_path, name, text):
    broken = write(tmp_path, {name: text})
    assert len(outside_addresses(broken) + vendored_loads(broken)) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("shop/templates/shop/page.html", '<p style="color: red">'),
        ("shop/templates/shop/page.html", "<style>p {}</style>"),
        ("shop/templates/shop/page.html", "<script>run()</script>"),
        ("shop/templates/shop/page.html", '<button onclick="run()">'),
        ("shop/templates/shop/page.html", '<a href="javascript:run()">'),
        ("shop/widgets.py", "mark = '<span style=\"color: red\">'"),
    ],
)
def test_inline_code_is_seen(tmp_path, name, text):
    assert len(inline_code(write(tmp_path, {name: text}))) == 1


def test_own_files_and_tags_are_allowed(tmp_path):
    text = """<script src="{% static 'shop/page.js' %}" defer></script><a href="/desk">{{ word }}</a>
    {% include "shop/card.html" with style="primary" %}<svg xmlns="http://www.w3.org/2000/svg"></svg>"""
    sound = write(tmp_path, {"shop/templates/shop/page.html": text})
    assert outside_addresses(sound) + inline_code(sound) == []
