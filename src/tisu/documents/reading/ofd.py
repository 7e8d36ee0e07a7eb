"""OFD (GB/T 33190): made anew without its properties and attached files. A signature does not outlive that."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from tisu.documents.reading.marks import refuse_marked
from tisu.documents.reading.packed import Package, local, pack, written
from tisu.documents.reading.scrubbed import scrubbed

ROOT = "OFD.xml"
KEPT_PROPERTIES = {"DocID"}
ATTACHED = re.compile(r"(?:.*/)?Attach(?:s|ments)?(?:/|\.xml)", re.IGNORECASE)
PAGES = re.compile(r".*/(?:Pages|Tpls)/[^/]+/Content\.xml", re.IGNORECASE)
PICTURE = re.compile(r".*\.(?:jpe?g|png)", re.IGNORECASE)
FIRST_PAGES = 3


def clean_ofd(given: BinaryIO, into: BinaryIO) -> dict[str, Any]:
    package = Package(given)
    pages = sorted(filter(PAGES.fullmatch, package.names), key=lambda name: (len(name), name))
    refuse_marked(line for name in pages[:FIRST_PAGES] for line in _lines(package.tree(name)))
    pack(into, _cleaned(package))
    return {"kind": "ofd", "copy": "ofd", "pages": 0}


def _lines(page: etree._Element) -> Iterator[str]:
    """Each piece of text by itself, and the pieces of one object together."""
    for element in page.iter():
        if local(element) == "TextObject":
            codes = ["".join(code.itertext()) for code in element.iter() if local(code) == "TextCode"]
            yield from codes
            yield "".join(codes)


def _cleaned(package: Package) -> Iterator[tuple[str, bytes]]:
    for name in package.names:
        if ATTACHED.match(name):
            continue
        if name == ROOT:
            yield name, _without(package.tree(name), "DocInfo", KEPT_PROPERTIES)
        elif name.rpartition("/")[2] == "Document.xml":
            yield name, _without_attachments(package.tree(name))
        else:
            content = package.read(name)
            yield name, scrubbed(content) if PICTURE.fullmatch(name) else content


def _without(root: etree._Element, parent: str, kept: set[str]) -> bytes:
    for element in [each for each in root.iter() if local(each) == parent]:
        for child in list(element):
            if local(child) not in kept:
                element.remove(child)
    return written(root)


def _without_attachments(root: etree._Element) -> bytes:
    for element in [
        each for each in root.iter() if local(each) in ("Attachments", "CustomTags", "Extensions")
    ]:
        element.getparent().remove(element)
    return written(root)
