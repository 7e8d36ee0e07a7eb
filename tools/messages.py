"""The catalogues of messages, one per app: src/tisu/<app>/locale/zh_Hans/LC_MESSAGES/django.po.

    tools/messages.py update [app …]   add new messages, drop those no longer used, keep every translation
    tools/messages.py compile          write each .mo beside its .po, and the Traditional one that follows from it
    tools/messages.py missing          list what has no Chinese yet

Messages are matched exactly: nothing is guessed, so nothing is fuzzy. No line numbers are written, so that a
catalogue changes only when its words do. `compile` needs no Django and runs at every installation.
"""

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1] / "src/tisu"
sys.path.insert(0, str(PACKAGE.parent))
from tisu.foundation import traditional  # noqa: E402 - the package may not be installed yet

LOCALE, DERIVED = "zh_Hans", "zh_Hant"
SHELL = "web"  # keeps the few messages of files that belong to no app
PARTS_NOT_SPOKEN = {"tests", "migrations"}
KEYWORDS = {
    name + lazy: places
    for name, places in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for lazy in ("", "_lazy")
} | {"_": None, "gettext_noop": None}
HEADER = f"""\
msgid ""
msgstr ""
"Language: {LOCALE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


@dataclass(frozen=True)
class Found:
    """A message where it is said. `id` is a text, or singular and plural."""

    id: str | tuple[str, str]
    context: str | None
    path: Path
    line: int

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, first(self.id)


def first(message_id: str | tuple[str, ...]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def messages_of(folder: Path) -> Iterator[Found]:
    """Every message said below a folder, in Python and in templates."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in READERS and not PARTS_NOT_SPOKEN & set(path.relative_to(folder).parts):
            yield from messages_in(path)


def messages_in(path: Path) -> Iterator[Found]:
    source = READERS[path.suffix](path)
    found = extract("python", io.BytesIO(source.encode()), KEYWORDS, (), {"encoding": "utf-8"})
    for line, message_id, _comments, context in found:
        if first(message_id):
            yield Found(message_id, context, path, line)


def python(path: Path) -> str:
    return path.read_text("utf-8")


def template(path: Path) -> str:
    """A template as the calls it makes; what stands around them keeps its line and loses its indent."""
    from django.utils.translation.template import templatize  # compiling must work without Django

    calls = templatize(path.read_text("utf-8"), origin=str(path))
    return "\n".join(line.strip() for line in calls.split("\n"))


READERS = {".py": python, ".html": template, ".txt": template}


def catalogue_path(app: str, package: Path = PACKAGE) -> Path:
    return package / app / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def read_catalogue(path: Path, locale: str = LOCALE) -> Catalog:
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale, ignore_obsolete=True)


def apps(package: Path = PACKAGE) -> list[str]:
    return sorted(folder.parent.name for folder in package.glob("*/__init__.py"))


def said_by(app: str, package: Path = PACKAGE) -> list[Found]:
    own = list(messages_of(package / app))
    if app == SHELL:
        for path in sorted(package.glob("*.py")):
            own += messages_in(path)
    return own


def foreign() -> set[tuple[str | None, str]]:
    """What Django and allauth say themselves. An app may say it in its own words, and need not."""
    import allauth
    import django

    roots = [Path(module.__file__).parent for module in (django, allauth)]
    found = [path for root in roots for path in root.rglob("locale/en/LC_MESSAGES/django.po")]
    return {(message.context, first(message.id)) for path in found for message in read_catalogue(path, "en")}


def update(app: str) -> None:
    path = catalogue_path(app)
    old, new = read_catalogue(path), Catalog(locale=LOCALE)
    known, elsewhere = {(entry.context, first(entry.id)): entry for entry in old if entry.id}, foreign()
    for found in said_by(app):
        before = known.get(found.key)
        if before or found.path.parent != PACKAGE or found.key not in elsewhere:
            _add(new, found.id, found.context, before)
    for key in known.keys() & elsewhere:
        _add(new, known[key].id, known[key].context, known[key])
    _write(path, new)


def _add(catalogue: Catalog, message_id, context: str | None, before) -> None:
    words = before.string if before and not before.fuzzy else ""
    if isinstance(message_id, tuple):
        words = words if isinstance(words, tuple) else (words,)
    elif isinstance(words, tuple):
        words = words[0]
    notes = before.user_comments if before else ()
    catalogue.add(message_id, words, context=context, user_comments=notes)


def _write(path: Path, catalogue: Catalog) -> None:
    if not any(entry.id for entry in catalogue):
        path.unlink(missing_ok=True)
        return
    body = io.BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    text = HEADER + body.getvalue().decode().strip() + "\n"
    if not path.exists() or path.read_text("utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def compile_all() -> None:
    """Write what is newer than its .mo, whole or not at all: someone may be reading."""
    for source in sorted(PACKAGE.glob(f"*/locale/{LOCALE}/LC_MESSAGES/*.po")):
        if _is_newer(target := source.with_suffix(".mo"), source):
            _compile(read_catalogue(source), target)
        parts = source, traditional.EXCEPTIONS, Path(traditional.__file__), Path(__file__)
        if _is_newer(target := derived_path(source), *parts):
            _compile(in_traditional(read_catalogue(source)), target)


def _is_newer(target: Path, *sources: Path) -> bool:
    made = target.stat().st_mtime if target.exists() else 0
    return any(source.stat().st_mtime >= made for source in sources)


def _compile(catalogue: Catalog, target: Path) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_suffix(".mo.new")
    new.write_bytes(compiled.getvalue())
    new.replace(target)


def derived_path(source: Path) -> Path:
    return source.parents[2] / DERIVED / "LC_MESSAGES" / f"{source.stem}.mo"


def in_traditional(catalogue: Catalog) -> Catalog:
    """The same messages for readers of Traditional script: never a second set of translations."""
    written = Catalog(locale=DERIVED)
    for entry in catalogue:
        if entry.id:
            words = entry.string
            said = (
                tuple(map(traditional.to_traditional, words))
                if isinstance(words, tuple)
                else traditional.to_traditional(words)
            )
            written.add(entry.id, said, context=entry.context)
    return written


def missing() -> list[str]:
    return [
        f"{app}: {first(entry.id)}"
        for app in apps()
        for entry in read_catalogue(catalogue_path(app))
        if entry.id and not has_words(entry)
    ]


def has_words(entry) -> bool:
    words = entry.string if isinstance(entry.string, tuple) else (entry.string,)
    return not entry.fuzzy and all(words) and bool(words)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["compile"]:
            compile_all()
        case ["update", *names]:
            for app in names or apps():
                update(app)
            return main(["missing"])
        case ["missing"]:
            lines = missing()
            print("\n".join(lines))
            return 1 if lines else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
