"""The first look at a file: what it is by its content, whether it may be kept here, and its cleaned copy."""

from typing import Any, BinaryIO

from tisu.documents.reading import ole
from tisu.documents.reading.marks import mark_in_name
from tisu.documents.reading.packed import Package
from tisu.documents.reading.plain import clean_text
from tisu.foundation.bounded import Unreadable

HEAD = 1024
PICTURES = ((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"))
HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
# What it begins with → why it is not taken.
REFUSED = (
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"#!", "program"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"{\\rtf", "rich-text"),
)
ZIP = b"PK\x03\x04"


def take(given: BinaryIO, into: BinaryIO, *, name: str) -> dict[str, Any]:
    """What it is (`kind`), what its cleaned copy is (`copy`, empty for none) and how many pages can be shown."""
    if mark := mark_in_name(name):
        raise Unreadable("secret-name", mark=mark)
    head = given.read(HEAD)
    if not head:
        raise Unreadable("empty")
    if head.startswith(ole.SIGNATURE):
        return ole.look_at_old_office(given, into)
    if head.startswith(ZIP):
        return _packed(given, into)
    if b"%PDF-" in head:
        from tisu.documents.reading.pdf import clean_pdf  # each reader is loaded for its own kind alone

        return clean_pdf(given, into)
    if picture := _picture(head):
        from tisu.documents.reading.pictures import clean_picture  # as above

        given.seek(0)
        return {"kind": picture} | clean_picture(given, into, kind=picture)
    for start, why in REFUSED:
        if head.startswith(start) and not (start in (b"MZ", b"BM") and head.isascii()):
            raise Unreadable(why)
    kind = "csv" if name.lower().endswith(".csv") else "text"
    return {"kind": kind} | clean_text(given, into, kind=kind)


def _picture(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in HEIF:
        return "heic"
    return next((kind for start, kind in PICTURES if head.startswith(start)), "")


def _packed(given: BinaryIO, into: BinaryIO) -> dict[str, Any]:
    names = Package(given).names
    if "[Content_Types].xml" in names:
        from tisu.documents.reading.ooxml import clean_office  # as above

        return clean_office(given, into)
    if "OFD.xml" in names:
        from tisu.documents.reading.ofd import clean_ofd  # as above

        return clean_ofd(given, into)
    raise Unreadable("archive")
