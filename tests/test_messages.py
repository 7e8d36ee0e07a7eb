"""Every sentence is said in English in the code and in Chinese in the catalogue of the app that says it.

Missing, fuzzy and unused messages fail here, and so do words that stand in a page without being a message.
"""

import ast
import importlib.util
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings

from house import PACKAGE, ROOT, Source, line_of, python, sources, strings, templates, without_comments, write

_spec = importlib.util.spec_from_file_location("messages", ROOT / "tools/messages.py")
messages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(messages)

APPS = [app for floor in settings.FLOORS for app in floor]
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Percent signs of a template arrive doubled; {{ }} of a blocktranslate arrives as %(name)s.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdif]|{\w*}")

# Data, not words of the product: files whose Han text stays as it is, and why.
HAN_DATA = {
    "demo.py": "the demonstration county's people, firms and sentences are data of that county",
    "reference.py": "what an installation begins with is data that the county may change",
    "bench/importing.py": "a workbook of made-up firms to measure with",
    "headers.py": "what offices write above the columns of their tables and in their cells",
    "foundation/sheets/words.py": "what offices write in and around their tables",
    "enterprises/periods.py": "how people write months, quarters and years, and an example of each",
    "enterprises/amounts.py": "the units and hedges with which people write amounts, and an example of each",
    "web/figure_samples.py": "the component page shows made-up Han text",
    "web/samples.py": "the component page shows made-up Han text",
    "documents/reading/marks.py": "how papers are marked as state secrets, recognised as such",
    "enterprises/namekey.py": "legal forms and kinds of places in the names of firms",
    "loop/empty_words.py": "phrases that clerks write instead of an answer, recognised as such",
    "foundation/textnorm.py": "tables of signs and of readings of place names",
    "foundation/day_runs.py": "the words of notices that say that one is off or works",
    "foundation/money.py": "the units in which people write amounts, and an example of each",
    "support/never.py": "phrases that mean an order to buy or a way around a permit, recognised as such",
    "support/units.py": "the units in which people write amounts of production factors",
    "foundation/notice_text.py": "the words of notices, read and shown as an example",
    "foundation/notice_table.py": "names of columns and kinds in tables of days",
    "loop/hour_lines.py": "how people write the hours and days of a season",
    "loop/stagehand.py": "what people write in the matters of the demonstration county",
    "web/formats/zh_Hans/formats.py": "how Chinese writes days, in the place that Django reads it from",
}
# Single texts that are read, not said.
HAN_READ = {"%Y年%m月%d日": "a way in which people type a day"}
CSS_CONTENT = re.compile(r"content:[^;}]*")
JS_COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
DATA_FOLDERS = ("tests", "migrations", "demo")


# --- The catalogues --------------------------------------------------------------------------------------


def unsaid(app: str, package: Path, elsewhere: set) -> list[str]:
    """Messages that the app says and its catalogue lacks. Foreign templates may speak with foreign words."""
    catalogue = {
        (entry.context, messages.first(entry.id))
        for entry in messages.read_catalogue(messages.catalogue_path(app, package))
        if entry.id and messages.has_words(entry)
    }
    return sorted(
        f"{found.path.relative_to(package)}:{found.line} {found.key}"
        for found in messages.said_by(app, package)
        if found.key not in catalogue and not (_is_foreign(found, app, package) and found.key in elsewhere)
    )


def _is_foreign(found, app: str, package: Path) -> bool:
    """A template of Django or allauth that the app draws itself, or a file that belongs to no app."""
    own = package / app
    if not found.path.is_relative_to(own):
        return True
    return found.path.is_relative_to(own / "templates") and not found.path.is_relative_to(
        own / "templates" / app
    )


def faulty_entries(app: str, package: Path, elsewhere: set) -> list[str]:
    """Entries that are fuzzy, obsolete, said nowhere, or whose placeholders differ."""
    path = messages.catalogue_path(app, package)
    catalogue = messages.read_catalogue(path)
    said = {found.key for found in messages.said_by(app, package)} | elsewhere
    faults = [f"{app}: obsolete entries"] if path.exists() and "\n#~" in path.read_text("utf-8") else []
    for entry in filter(lambda entry: entry.id, catalogue):
        name = f"{app}: {messages.first(entry.id)}"
        faults += [f"{name}: fuzzy"] if entry.fuzzy else []
        faults += [f"{name}: said nowhere"] if (entry.context, messages.first(entry.id)) not in said else []
        faults += [f"{name}: {fault}" for fault in _placeholder_faults(entry)]
    return faults


def _placeholder_faults(entry) -> Iterator[str]:
    """Each translation has the places of the message; one for many may leave out what only the plural has."""
    forms = (entry.id,) if isinstance(entry.id, str) else entry.id
    wanted = [frozenset(PLACEHOLDER.findall(form.replace("%%", ""))) for form in forms]
    for words in (entry.string,) if isinstance(entry.string, str) else entry.string:
        if words and frozenset(PLACEHOLDER.findall(words.replace("%%", ""))) not in wanted:
            yield f"placeholders of “{words}” differ"


@pytest.fixture(scope="module")
def elsewhere() -> set:
    return messages.foreign()


@pytest.mark.parametrize("app", APPS)
def test_every_message_is_said_in_chinese(app, elsewhere):
    assert unsaid(app, PACKAGE, elsewhere) == []


@pytest.mark.parametrize("app", APPS)
def test_no_entry_is_fuzzy_unused_or_of_other_places(app, elsewhere):
    assert faulty_entries(app, PACKAGE, elsewhere) == []


def test_one_message_is_said_one_way():
    """Django merges the catalogues, so of two wordings one would win by chance."""
    said: dict[tuple, dict] = {}
    for app in APPS:
        for entry in messages.read_catalogue(messages.catalogue_path(app)):
            if entry.id:
                key = entry.context, messages.first(entry.id)
                said.setdefault(key, {}).setdefault(entry.string, []).append(app)
    assert {key: ways for key, ways in said.items() if len(ways) > 1} == {}


def test_a_message_without_chinese_is_seen(tmp_path):
    files = {
        "shop/views.py": "from django.utils.translation import gettext as _\n_('Open now')",
        "shop/templates/shop/page.html": '{% translate "Closed" context "shop" %}',
    }
    assert len(unsaid("shop", write(tmp_path, files), set())) == 2


@pytest.mark.parametrize(
    "entry",
    [
        '#, fuzzy\nmsgid "Open now"\nmsgstr "营业中"',
        'msgid "Open now"\nmsgstr "营业中"\n\n#~ msgid "Old"\n#~ msgstr "旧"',
        'msgid "Open now"\nmsgstr "营业中"\n\nmsgid "Never said"\nmsgstr "从未说过"',
        'msgid "Open now"\nmsgstr "%(name)s营业中"',
    ],
)
def test_a_faulty_entry_is_seen(tmp_path, entry):
    files = {
        "shop/views.py": "from django.utils.translation import gettext as _\n_('Open now')",
        "shop/locale/zh_Hans/LC_MESSAGES/django.po": messages.HEADER + entry + "\n",
    }
    assert len(faulty_entries("shop", write(tmp_path, files), set())) == 1


# --- Words that are no messages --------------------------------------------------------------------------


def han_outside_catalogues(package: Path) -> list[str]:
    """Han text in templates and scripts, comments aside, and in Python, docstrings and data aside."""
    found = []
    for source in sources(package, ".html", ".txt", ".js", ".css", ".svg", without=("tests",)):
        text = _without_code_comments(source)
        found += [source.at(line_of(text, place.start()), place[0]) for place in HAN.finditer(text)]
    for source in python(package, without=DATA_FOLDERS):
        if not _is_data(source):
            found += [
                source.at(line, text[:40])
                for line, text in strings(source)
                if HAN.search(text) and text not in HAN_READ
            ]
    return found


def _without_code_comments(source: Source) -> str:
    if (
        source.path.suffix == ".css"
    ):  # fonts are called as their makers called them; what a style says is content
        return "\n".join("".join(CSS_CONTENT.findall(line)) for line in source.text.splitlines())
    if source.path.suffix == ".js":
        return JS_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), source.text)
    return without_comments(source.text)


def _is_data(source: Source) -> bool:
    return source.name in HAN_DATA or source.path.name in HAN_DATA


def test_han_text_stands_in_catalogues_only():
    assert han_outside_catalogues(PACKAGE) == []


def test_every_file_of_han_data_is_there():
    names = {source.name for source in python(PACKAGE)} | {source.path.name for source in python(PACKAGE)}
    assert set(HAN_DATA) <= names


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("shop/views.py", "title = '营业'"),
        ("shop/views.py", "title = f'{name}营业'"),
        ("shop/templates/shop/page.html", "{# 营业 #}<p>开</p>"),
        ("shop/static/shop/page.js", "/* 营业 */ say('开')"),
    ],
)
def test_han_text_elsewhere_is_seen(tmp_path, name, text):
    assert len(han_outside_catalogues(write(tmp_path, {name: text}))) == 1


TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
SPOKEN_ATTRIBUTES = {"title", "aria-label", "aria-description", "placeholder", "alt", "label", "summary"}
CLASS_BLOCK = re.compile(r"{%\s*block\s+\w*class\s*%}.*?{%\s*endblock\b.*?%}", re.DOTALL)
UNSPOKEN_TAGS = {"script", "style", "code", "pre", "kbd"}
WORD = re.compile(r"[A-Za-z]{2,}")


class SpokenWords(HTMLParser):
    """Words of a page that a reader sees or hears and that no message gave."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[int, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSPOKEN_TAGS:
            self.open.append(tag)
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES and WORD.search(value or ""):
                self.found.append((self.getpos()[0], f'{name}="{value}"'))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.open and WORD.search(data):
            self.found.append((self.getpos()[0], data.strip()))


def unspoken_words(package: Path) -> list[str]:
    return [
        source.at(line, words)
        for source in sources(package, ".html", without=("tests",))
        for line, words in SpokenWords(_without_tags(source.text)).found
    ]


def _without_tags(text: str) -> str:
    """A template as bare HTML, its messages and tags blanked, every line where it was."""
    text = without_comments(text)
    for form in (TRANSLATED, CLASS_BLOCK, TAG):
        text = form.sub(lambda tag: "\n" * tag[0].count("\n"), text)
    return text


def test_pages_say_nothing_but_messages():
    assert unspoken_words(PACKAGE) == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>Open now</p>",
        '<input placeholder="Your name">',
        '<nav aria-label="{{ name }} menu"></nav>',
        "<p>{% translate 'Open' %} until {{ hour }}</p>",
    ],
)
def test_words_that_are_no_message_are_seen(tmp_path, text):
    assert len(unspoken_words(write(tmp_path, {"shop/templates/shop/page.html": text}))) == 1


def test_messages_and_values_are_no_bare_words(tmp_path):
    text = """{# A note #}<p title="{% translate 'Open' %}">{% blocktranslate %}Open now{% endblocktranslate %}
    {{ hour }}</p><code>tisu demo</code>{% include "shop/card.html" with label="text" %}"""
    assert unspoken_words(write(tmp_path, {"shop/templates/shop/page.html": text})) == []


SPOKEN_KEYWORDS = {"label", "help_text", "verbose_name", "verbose_name_plural", "empty_label", "refused"}
SPEAKING = {
    "NotAllowed", "NotVisible", "Conflict", "Unacceptable", "ValidationError", "PermissionDenied",
    "success", "error", "add_error",
}  # fmt: skip


def bare_sentences(package: Path) -> list[str]:
    """Labels and sentences to the user that are given as they are, without being a message."""
    return [
        source.at(node.lineno, words)
        for source in python(package, without=DATA_FOLDERS)
        if not _is_data(source)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        for words in _bare(node)
    ]


def _bare(node: ast.Call) -> Iterator[str]:
    said = [word.value for word in node.keywords if word.arg in SPOKEN_KEYWORDS]
    if _called(node) in SPEAKING and not _is_log(node):
        said += node.args
    for value in said:
        text = value.values[0] if isinstance(value, ast.JoinedStr) and value.values else value
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and " " in text.value.strip():
            yield text.value


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _is_log(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") in {"logger", "parser"}


def test_sentences_to_the_user_are_messages():
    assert bare_sentences(PACKAGE) == []


@pytest.mark.parametrize(
    "line",
    [
        "name = CharField(label='Your name')",
        "raise NotAllowed('Your posts do not do this.')",
        "messages.success(request, f'It was {done}.')",
    ],
)
def test_a_bare_sentence_is_seen(tmp_path, line):
    assert len(bare_sentences(write(tmp_path, {"shop/forms.py": line}))) == 1


def joined_by_hand(package: Path) -> list[str]:
    """Lists put together with a sign that only one script has; `foundation.listed` knows the reader's."""
    return [
        source.at(node.lineno, node.func.value.value)
        for source in python(package, without=DATA_FOLDERS)
        if not _is_data(source)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "join"
        and isinstance(node.func.value, ast.Constant)
        and str(node.func.value.value).strip() in {"、", "，", "；"}
    ]


def test_lists_are_joined_in_the_readers_script():
    assert joined_by_hand(PACKAGE) == []


def test_a_list_joined_by_hand_is_seen(tmp_path):
    assert len(joined_by_hand(write(tmp_path, {"shop/views.py": "said = '、'.join(names)"}))) == 1


def test_templates_can_be_read():
    """Each template has a reader here; a new ending would go unread."""
    endings = {path.suffix for path in PACKAGE.glob("*/templates/**/*") if path.is_file()}
    assert endings <= set(messages.READERS) | {".xml", ".svg"}
    assert list(templates(PACKAGE))
