"""One page of a cleaned copy drawn as a picture."""

from typing import Any, BinaryIO

import pypdfium2
from PIL import Image

from tisu.foundation.bounded import Unreadable

QUALITY = 80
MOST_SCALE = 4


def draw(given: BinaryIO, into: BinaryIO, *, kind: str, page: int, longest: int) -> dict[str, Any]:
    """A JPEG that is at most so many pixels long."""
    drawn = _page(given, page, longest) if kind == "pdf" else Image.open(given, formats=[kind.upper()])
    drawn.thumbnail((longest, longest))
    _on_white(drawn).save(into, "JPEG", quality=QUALITY)
    return {"width": drawn.width, "height": drawn.height}


def _page(given: BinaryIO, page: int, longest: int) -> Image.Image:
    paper = pypdfium2.PdfDocument(given)
    if not 0 <= page < len(paper):
        raise Unreadable("no-page")
    sheet = paper[page]
    scale = min(longest / max(*sheet.get_size(), 1), MOST_SCALE)
    return sheet.render(scale=scale).to_pil()


def _on_white(picture: Image.Image) -> Image.Image:
    if "A" not in picture.mode:
        return picture.convert("RGB")
    sheet = Image.new("RGB", picture.size, "white")
    sheet.paste(picture, mask=picture.getchannel("A"))
    return sheet
