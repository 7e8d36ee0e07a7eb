"""Papers that are ZIP archives inside: opened with a count of what unfolds, and their XML read without entities."""

import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from tisu.foundation.bounded import TooMuch, Unreadable

MOST_PARTS = 10_000
MOST_UNFOLDED = 400 * 1024 * 1024
MOST_OF_A_PART = 200 * 1024 * 1024
MOST_OF_XML = 40 * 1024 * 1024  # a tree takes several times as much
A_DAY = (1980, 1, 1, 0, 0, 0)


class Package:
    """An archive whose parts together stay within bounds, whatever its own table says."""

    def __init__(self, given: BinaryIO) -> None:
        given.seek(0)
        try:
            self._zip = zipfile.ZipFile(given)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            raise Unreadable("broken") from None
        self._infos = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        if len(self._infos) > MOST_PARTS:
            raise TooMuch("parts")
        if any(info.flag_bits & 1 for info in self._infos.values()):
            raise Unreadable("encrypted")
        self._unfolded = 0

    @property
    def names(self) -> list[str]:
        return list(self._infos)

    def read(self, name: str, most: int = MOST_OF_A_PART) -> bytes:
        try:
            with self._zip.open(self._infos[name]) as part:
                content = part.read(most + 1)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, KeyError):
            raise Unreadable("broken") from None
        self._unfolded += len(content)
        if len(content) > most or self._unfolded > MOST_UNFOLDED:
            raise TooMuch("unfolded")
        return content

    def tree(self, name: str) -> etree._Element:
        return read_xml(self.read(name, MOST_OF_XML))


def read_xml(content: bytes) -> etree._Element:
    """The root of a part. A part that declares a document type is refused: no Office program writes one."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise Unreadable("broken") from None
    if root is None:
        raise Unreadable("broken")
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("entities")
    return root


def written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def local(element: etree._Element) -> str:
    """Its name without the namespace; empty for a comment or an instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def pack(into: BinaryIO, parts: Iterator[tuple[str, bytes]]) -> None:
    """A new archive of these parts, of no day and no machine."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts:
            info = zipfile.ZipInfo(name, A_DAY)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            packed.writestr(info, content)
