"""DOCX, XLSX and PPTX made anew: the words and pictures without who wrote them, when, where, and what runs in them."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from lxml import etree

from tisu.documents.reading.marks import refuse_marked
from tisu.documents.reading.packed import Package, local, pack, written
from tisu.documents.reading.scrubbed import scrubbed
from tisu.foundation.bounded import Unreadable

TYPES = "[Content_Types].xml"
BY_MAIN_PART = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
RUNS = re.compile(r"vbaProject|macrosheets/|vbaData", re.IGNORECASE)
# Who, when and where; what is loaded from elsewhere; what only a designer's program reads.
DROPPED = re.compile(
    r"docProps/|docMetadata/|customXml/|_xmlsignatures/|customUI|word/people\.xml|xl/connections\.xml|xl/queryTables/"
    r"|userCustomization/|.*thumbnail",
    re.IGNORECASE,
)
# Files in the file: what shows them stays, what would be opened is empty.
EMPTIED = re.compile(r".*(?:embeddings|activeX|printerSettings|afchunk)[^/]*", re.IGNORECASE)
EMPTIED_FOLDER = re.compile(r".*/(?:embeddings|activeX|printerSettings)/", re.IGNORECASE)
PICTURE = re.compile(r".*\.(?:jpe?g|png)", re.IGNORECASE)
NAMED = re.compile(
    r"word/[^/]+\.xml|xl/workbook\.xml|xl/(?:comments|threadedComments|persons)[^/]*(?:/[^/]+)?\.xml"
    r"|ppt/(?:commentAuthors|authors|presProps)\.xml|ppt/comments/[^/]+\.xml"
)
NAMES = {"author", "initials", "userId", "providerId", "lastModifiedBy", "userName", "lastEditedBy"}
PERSONS = re.compile(r"xl/persons/|ppt/(?:commentAuthors|authors)\.xml")
TEXT_PARTS = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes)\.xml|ppt/slides/[^/]+\.xml|ppt/slideMasters/[^/]+\.xml"
    r"|xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml"
)
ON_PAGES = {"p", "si", "is", "oddHeader", "oddFooter"}
REMOTE = re.compile(r"\bDDE(?:AUTO)?\b")


def clean_office(given: BinaryIO, into: BinaryIO) -> dict[str, Any]:
    package = Package(given)
    if any(RUNS.search(name) for name in package.names) or b"macroEnabled" in package.read(TYPES):
        raise Unreadable("macro")
    kind = next((code for start, code in BY_MAIN_PART if any(n.startswith(start) for n in package.names)), "")
    if not kind:
        raise Unreadable("unknown")
    refuse_marked(_lines(package))
    pack(into, _cleaned(package))
    return {"kind": kind, "copy": kind, "pages": 0}


def _lines(package: Package) -> Iterator[str]:
    """Every paragraph and every cell with words, part by part."""
    for name in sorted(filter(TEXT_PARTS.fullmatch, package.names), key=lambda name: "sheet" in name):
        for element in package.tree(name).iter():
            if (what := local(element)) in ON_PAGES:
                yield "".join(_words(element))
            elif any(REMOTE.search(words) for words in _instructions(element, what)):
                raise Unreadable("macro")


def _instructions(element: etree._Element, what: str) -> Iterable[str]:
    """What a field is told to do: DDE starts another program."""
    if what == "instrText":
        return [element.text or ""]
    return element.attrib.values() if what == "fldSimple" else ()


def _words(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter():
        what = local(element)
        if what in ("t", "oddHeader", "oddFooter"):
            yield element.text or ""
        elif what in ("tab", "br"):
            yield " "


# --- What is written ---------------------------------------------------------------------------------------


def _cleaned(package: Package) -> Iterator[tuple[str, bytes]]:
    kept = [name for name in package.names if not DROPPED.match(name)]
    dropped = {f"/{name}" for name in package.names if DROPPED.match(name)}
    yield TYPES, _types(package.tree(TYPES), dropped)
    for name in kept:
        if name == TYPES:
            continue
        if name.endswith(".rels"):
            yield name, _relations(package.tree(name), _base(name), dropped)
        elif EMPTIED.fullmatch(name) or EMPTIED_FOLDER.match(name):
            yield name, _emptied(package, name)
        elif NAMED.fullmatch(name):
            yield name, _without_names(package.tree(name), name)
        else:
            content = package.read(name)
            yield name, scrubbed(content) if PICTURE.fullmatch(name) else content


def _emptied(package: Package, name: str) -> bytes:
    """What is XML stays XML, or the program that opens it would call the whole paper damaged."""
    if not name.endswith(".xml"):
        return b""
    root = package.tree(name)
    for child in list(root):
        root.remove(child)
    return written(root)


def _base(rels: str) -> str:
    """The folder that the targets of a part's relations start from."""
    return posixpath.dirname(posixpath.dirname("/" + rels))


def _relations(root: etree._Element, base: str, dropped: set[str]) -> bytes:
    """Without what was dropped; what lies outside is led to nowhere, but for links that a reader follows."""
    for relation in list(root):
        target, kind = relation.get("Target", ""), relation.get("Type", "")
        if relation.get("TargetMode") == "External":
            if not kind.endswith("/hyperlink") or not target.startswith(("http://", "https://", "mailto:")):
                relation.set("Target", "about:blank")
        elif posixpath.normpath(posixpath.join(base, target)) in dropped:
            root.remove(relation)
    return written(root)


def _types(root: etree._Element, dropped: set[str]) -> bytes:
    for entry in list(root):
        if entry.get("PartName") in dropped:
            root.remove(entry)
    return written(root)


def _without_names(root: etree._Element, part: str) -> bytes:
    names = NAMES | ({"name", "displayName"} if PERSONS.match(part) else set())
    for element in list(root.iter()):
        what = local(element)
        if what == "absPath":
            element.getparent().remove(element)
            continue
        if what == "author" and not len(element):
            element.text = ""
        for attribute in element.attrib:
            if etree.QName(attribute).localname in names:
                element.set(attribute, "")
    return written(root)
