"""What is sealed is opened in one place, which records it (docs/seals.md); every other opening is listed with its reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from house import PACKAGE, Source, dotted, imported_names, python, write

NOT_REACHED = ("tests", "migrations")
# Functions that give back what was sealed, by where they are.
OPENERS = {
    f"tisu.foundation.{module}.{name}"
    for module, names in {
        "sealed": ("open_sealed", "open_derived", "sealed_anew"),
        "boxes": ("open_box",),
        "ciphers": ("decrypt",),
        "recovery": ("recovered_ring",),
    }.items()
    for name in names
}
# Who may open, and why it leaves no record.
ALLOWED = {
    "accounts/opening.py": "is the one place: records, then opens",
    "accounts/mfa.py": "a person's own second factor, for the machine that compares the code",
    "accounts/views/factors.py": "the secret of an app, to whoever is setting it up",
    "accounts/text_codes.py": "digits that a person types back, compared; and for the machine that sends them",
    "foundation/sealed.py": "is what opens, and the field's own method",
    "foundation/boxes.py": "is what opens a box",
    "foundation/resealing.py": "seals the same text anew and tells it to nobody",
    "foundation/sealuses.py": "tisu doctor tries one row under each key, and tells whether it opens, never what",
    "foundation/paging.py": "a page's cursor: a number that this house sealed for its own address",
    "foundation/holders.py": "a holder's own private key under a passphrase",
    "foundation/recovery.py": "the key ring itself, with the keys of two holders",
    "foundation/management/commands/keys.py": "the same, typed by whoever has both keys",
    "foundation/sealedfile.py": "is what opens a sealed file under the key that it is given",
    "documents/keeping.py": "the cleaned copy, for whoever may see the document; its original opens by accounts/opening.py",
    "documents/vanishing.py": "the original, to the virus checker alone, which says clean or not",
    "inbox/parcels.py": "where a letter goes, for the machine that sends it; pages show it masked",
    "inbox/destinations.py": "a person's own code and address, compared and shown to nobody",
    "voice/receipts.py": "the next receipt, under the one that the caller has just shown",
    "voice/once.py": "an answer, to whoever sends the same key and body once more",
}


def openings(package: Path) -> dict[str, list[str]]:
    """Every use of what opens, by file."""
    found: dict[str, list[str]] = {}
    for source in python(package, without=NOT_REACHED):
        for line, what in _openings(source):
            found.setdefault(source.name, []).append(source.at(line, f"opens by {what}"))
    return found


def _openings(source: Source) -> Iterator[tuple[int, str]]:
    names = imported_names(source)
    # A call of something with arguments is a file's, a store's or a query's `open`, never a sealed field's.
    given = {
        id(node.func)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and (node.args or node.keywords)
    }
    for node in ast.walk(source.tree):
        match node:
            case ast.Name() | ast.Attribute() if dotted(node, names) in OPENERS:
                yield node.lineno, dotted(node, names)
            case ast.Attribute(attr="open") if id(node) not in given and not _is_other(node, names):
                yield node.lineno, ".open"
            case ast.Call(func=ast.Name(id="getattr" | "attrgetter" | "methodcaller")) if _names_it(node):
                yield node.lineno, "its name"


def _is_other(node: ast.Attribute, names: dict[str, str]) -> bool:
    return _is_query(node.value) or dotted(node, names) == "os.open"


def _names_it(call: ast.Call) -> bool:
    return any(isinstance(word, ast.Constant) and word.value == "open" for word in call.args)


def _is_query(value: ast.expr) -> bool:
    """`….visible_to(user).open()`, `Matter.objects.open()`: those that are not closed yet. A row's field is never what a
    method gave, and never called objects."""
    if isinstance(value, ast.Attribute) and value.attr == "objects":
        return True
    return isinstance(value, ast.Call) and getattr(value.func, "id", "") not in {"getattr", "Sealed"}


def test_what_is_sealed_is_opened_in_the_places_listed_only():
    assert [line for name, lines in openings(PACKAGE).items() if name not in ALLOWED for line in lines] == []


def test_every_place_listed_opens_something():
    assert set(ALLOWED) <= set(openings(PACKAGE))


@pytest.mark.parametrize(
    "text",
    [
        "shown = identity.contact.open()",
        "def show(row):\n    sealed = row.contact\n    return sealed.open()",
        "shown = Identity.objects.get().contact.open()",
        "shown = rows[0].open()",
        "texts = map(Sealed.open, contacts)",
        "read = identity.contact.open",
        "shown = getattr(identity, 'contact').open()",
        "shown = getattr(identity.contact, 'open')()",
        "from tisu.foundation.sealed import open_sealed\nshown = open_sealed(blob, context='x')",
        "from tisu.foundation import sealed\nshown = sealed.open_sealed(blob, context='x')",
        "from tisu.foundation.boxes import open_box as look\nshown = look(key, blob, 'x')",
        "from tisu.foundation.ciphers import decrypt\nshown = decrypt(key, blob, bound=b'')",
    ],
)
def test_an_opening_elsewhere_is_seen(tmp_path, text):
    assert len(openings(write(tmp_path, {"shop/views.py": text}))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "rows = Matter.objects.visible_to(user).open()",
        "with path.open('rb') as file: pass",
        "handle = os.open(path, os.O_RDONLY)",
        "sealed = identity.contact",
    ],
)
def test_what_opens_nothing_sealed_is_allowed(tmp_path, text):
    assert openings(write(tmp_path, {"shop/views.py": f"import os\n{text}"})) == {}
