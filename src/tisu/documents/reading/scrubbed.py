"""Pictures inside other papers: what stands beside the pixels is cut out, and the pixels are left as they are."""

import struct

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
STANDALONE = {0x01, *range(0xD0, 0xD9)}
START_OF_SCAN = 0xDA
# APP0 is JFIF; APP14 says how colours are to be read. The others are EXIF, XMP, IPTC, profiles and makers' notes.
KEPT_APPS = {0xE0, 0xEE}
APPS, COMMENT = range(0xE0, 0xF0), 0xFE
PNG_DROPPED = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}


def scrubbed(picture: bytes) -> bytes:
    """The same picture without its notes; anything else as it is."""
    if picture.startswith(JPEG):
        return _jpeg(picture)
    return _png(picture) if picture.startswith(PNG) else picture


def _jpeg(picture: bytes) -> bytes:
    """Segment by segment up to the pixels."""
    kept, place = [JPEG], 2
    while place + 4 <= len(picture) and picture[place] == 0xFF:
        marker = picture[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == START_OF_SCAN:
            break
        length = 0 if marker in STANDALONE else struct.unpack_from(">H", picture, place + 2)[0]
        if not (marker == COMMENT or (marker in APPS and marker not in KEPT_APPS)):
            kept.append(picture[place : place + 2 + length])
        place += 2 + length
    return b"".join([*kept, picture[place:]])


def _png(picture: bytes) -> bytes:
    kept, place = [PNG], len(PNG)
    while place + 8 <= len(picture):
        length, name = struct.unpack_from(">I4s", picture, place)
        if name not in PNG_DROPPED:
            kept.append(picture[place : place + 12 + length])
        place += 12 + length
    return b"".join(kept)
