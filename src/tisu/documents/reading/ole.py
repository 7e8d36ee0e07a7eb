"""Old Office files (DOC, XLS, PPT): told apart, searched for macros, encryption and marks. None is made anew."""

import re
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

from tisu.documents.reading.marks import refuse_marked
from tisu.foundation.bounded import Unreadable

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
END = 0xFFFFFFFA  # from here on a sector's number is a sign
MOST_SECTORS = 2_000_000
MOST_READ = 32 * 1024 * 1024
BY_STREAM = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"))
ENCRYPTED = {"EncryptedPackage", "EncryptionInfo", "EncryptedSummary"}
MACROS = {"VBA", "Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT"}
_BETWEEN = re.compile("[\x00-\x1f\ufffd]+")


def look_at_old_office(given: BinaryIO, into: BinaryIO) -> dict[str, Any]:
    """What it is. A copy that is sure to hold nothing else cannot be made, so none is."""
    names = set(stream_names(given))
    if names & ENCRYPTED:
        raise Unreadable("encrypted")
    if names & MACROS:
        raise Unreadable("macro")
    kind = next((code for name, code in BY_STREAM if name in names), "")
    if not kind:
        raise Unreadable("unknown")
    given.seek(0)
    content = given.read(MOST_READ)
    for shift in (0, 1):  # its texts are UTF-16 at any place
        refuse_marked(_lines(content[shift:]))
    return {"kind": kind, "copy": "", "pages": 0}


def stream_names(given: BinaryIO) -> Iterator[str]:
    """The names in its directory (MS-CFB)."""
    given.seek(0)
    header = given.read(512)
    if len(header) < 512 or not header.startswith(SIGNATURE):
        raise Unreadable("broken")
    size = 1 << struct.unpack_from("<H", header, 30)[0]
    if size not in (512, 4096):
        raise Unreadable("broken")
    table = _allocation(given, header, size)
    for sector in _chain(struct.unpack_from("<I", header, 48)[0], table):
        block = _sector(given, sector, size)
        for place in range(0, len(block) - 127, 128):
            length = struct.unpack_from("<H", block, place + 64)[0]
            if 2 <= length <= 64:
                yield block[place : place + length - 2].decode("utf-16-le", "replace")


def _allocation(given: BinaryIO, header: bytes, size: int) -> list[int]:
    sectors = [number for number in struct.unpack_from("<109I", header, 76) if number < END]
    following, seen = struct.unpack_from("<I", header, 68)[0], set()
    while following < END and following not in seen:
        seen.add(following)
        numbers = _numbers(_sector(given, following, size))
        sectors += [number for number in numbers[:-1] if number < END]
        following = numbers[-1] if numbers else END
    if len(sectors) * size // 4 > MOST_SECTORS:
        raise Unreadable("broken")
    return [number for sector in sectors for number in _numbers(_sector(given, sector, size))]


def _chain(sector: int, table: list[int]) -> Iterator[int]:
    seen: set[int] = set()
    while sector < END and sector < len(table) and sector not in seen:
        seen.add(sector)
        yield sector
        sector = table[sector]


def _sector(given: BinaryIO, number: int, size: int) -> bytes:
    given.seek((number + 1) * size)
    return given.read(size)


def _numbers(block: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])


def _lines(content: bytes) -> list[str]:
    """Runs of text between what is none: paragraphs end with control characters here."""
    return [run for run in _BETWEEN.split(content.decode("utf-16-le", "replace")) if len(run) < 200]
