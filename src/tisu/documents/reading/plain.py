"""Plain text: recognised, and given out as UTF-8 whatever it came in."""

import codecs
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from tisu.documents.reading.marks import refuse_marked
from tisu.foundation.bounded import Unreadable

ENCODINGS = ("utf-8", "gb18030")
BY_MARK = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
PIECE = 256 * 1024
LOOKED_AT = 8 * 1024 * 1024  # bytes that are searched for marks
# What a browser or a system would carry out, however the file is called.
RUNS = ("#!", "@echo")
MARKUP = ("!doctype", "html", "svg", "script", "?xml", "?php", "%", "body", "iframe", "head")


def clean_text(given: BinaryIO, into: BinaryIO, *, kind: str) -> dict[str, Any]:
    encoding = encoding_of(given)
    given.seek(0)
    refuse_marked(_lines(given.read(LOOKED_AT), encoding))
    given.seek(0)
    for piece in _decoded(given, encoding):
        into.write(piece.encode())
    return {"copy": kind, "pages": 0}


def encoding_of(given: BinaryIO) -> str:
    """The encoding in which it all can be read, or Unreadable: it is no text."""
    given.seek(0)
    head = given.read(4096)
    named = next((encoding for mark, encoding in BY_MARK if head.startswith(mark)), "")
    for encoding in (named,) if named else ENCODINGS:
        try:
            first = next(iter(_decoded_from_start(given, encoding)), "")
            _refuse_what_runs(first.lstrip("\ufeff \t\r\n").lower())
            for _piece in _decoded_from_start(given, encoding):
                pass
        except UnicodeError:
            continue
        return encoding
    raise Unreadable("unknown")


def _refuse_what_runs(begins: str) -> None:
    if begins.startswith(RUNS) or (begins[:1] == "<" and begins[1:].startswith(MARKUP)):
        raise Unreadable("script")


def _decoded_from_start(given: BinaryIO, encoding: str) -> Iterator[str]:
    given.seek(0)
    return _decoded(given, encoding)


def _decoded(given: BinaryIO, encoding: str) -> Iterator[str]:
    """Piece by piece; a control character that no text has means that it is none."""
    decoder = codecs.getincrementaldecoder(encoding)()
    while piece := given.read(PIECE):
        yield _text(decoder.decode(piece))
    yield _text(decoder.decode(b"", final=True))


def _text(piece: str) -> str:
    if _NO_TEXT.search(piece):
        raise UnicodeError("a control character")
    return piece


_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x19\x1c-\x1f]")


def _lines(head: bytes, encoding: str) -> list[str]:
    return head.decode(encoding, "ignore").splitlines()
