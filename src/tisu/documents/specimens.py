"""Papers of the demonstration county, drawn here: a picture as a phone would make it, and a sheet with lines on it."""

import io
from collections.abc import Sequence
from contextlib import suppress

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

# What the system may have to write Han with; without one of them the sheets have Latin words alone.
FONTS = ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc", "wqy-microhei.ttc")
GREY, INK, SAND, SKY = "#8d8f93", "#2b2f36", "#b9a67c", "#c9dcea"


def a_broken_road(name: str) -> SimpleUploadedFile:
    """A road with a hole, and in the file the place where a phone says that it stood."""
    picture = Image.new("RGB", (1600, 1200), SKY)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 520, 1600, 1200), fill=SAND)
    draw.polygon([(640, 520), (960, 520), (1500, 1200), (100, 1200)], fill=GREY)
    for top in range(560, 1200, 120):
        draw.line((800, top, 800, top + 60), fill="white", width=8 + top // 100)
    draw.ellipse((700, 820, 1180, 1010), fill=INK)
    draw.ellipse((740, 850, 1140, 990), fill="#4a3f33")
    notes = Image.Exif()
    notes[0x010F], notes[0x0110] = "Sample", "Sample Phone"
    place = notes.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (29.0, 40.0, 0.0), "E", (109.0, 9.0, 0.0)
    return _file(picture, name, "JPEG", exif=notes)


def a_sheet(name: str, lines: Sequence[str]) -> SimpleUploadedFile:
    """A PDF of one page with a heading and lines."""
    sheet = Image.new("RGB", (1240, 1754), "white")
    draw, font = ImageDraw.Draw(sheet), _font(36)
    for place, line in enumerate(lines):
        top = 180 + 90 * place
        with suppress(UnicodeError):  # the font that comes with Pillow has no Han
            draw.text((140, top), line, fill=INK, font=font)
        draw.line((140, top + 64, 1100, top + 64), fill="#d8dce2", width=2)
    return _file(sheet, name, "PDF", resolution=150)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in FONTS:
        with suppress(OSError):
            return ImageFont.truetype(name, size)
    return ImageFont.load_default(size)


def _file(picture: Image.Image, name: str, kind: str, **more: object) -> SimpleUploadedFile:
    into = io.BytesIO()
    picture.save(into, kind, **more)
    return SimpleUploadedFile(name, into.getvalue())
