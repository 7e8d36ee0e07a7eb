"""Pictures drawn anew: what the camera wrote beside them (place, time, device, owner) is not drawn."""

import io
from typing import Any, BinaryIO

from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

from tisu.foundation.bounded import Unreadable

LONGEST = 2560  # pixels of the longer side
MOST_PIXELS = 120_000_000
MOST_JPEG_PIXELS = 250_000_000  # a JPEG is decoded at a fraction of its size
QUALITY = 85
FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}


def clean_picture(given: BinaryIO, into: BinaryIO, *, kind: str) -> dict[str, Any]:
    """The right way up, in ordinary colours, at most 2,560 pixels long; of a moving picture the first one."""
    register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # counted here, by kind
    picture = Image.open(given, formats=[FORMATS[kind]])
    _refuse_too_many(picture, kind)
    if kind == "jpeg":
        picture.draft("RGB", (LONGEST, LONGEST))
    drawn = _ordinary(_upright(picture))
    drawn.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    as_png = kind == "png" or "A" in drawn.mode
    bare = Image.frombytes(
        drawn.mode, drawn.size, drawn.tobytes()
    )  # the pixels, and nothing that came with them
    if as_png:
        bare.save(into, "PNG", optimize=False)
    else:
        bare.save(into, "JPEG", quality=QUALITY, progressive=True)
    return {"copy": "png" if as_png else "jpeg", "pages": 1}


def _refuse_too_many(picture: Image.Image, kind: str) -> None:
    most = MOST_JPEG_PIXELS if kind == "jpeg" else MOST_PIXELS
    if picture.width * picture.height > most:
        raise Unreadable("pixels", most=most // 1_000_000)


def _upright(picture: Image.Image) -> Image.Image:
    return ImageOps.exif_transpose(picture)


def _ordinary(picture: Image.Image) -> Image.Image:
    """In sRGB, eight bits, with an alpha channel only where something shows through."""
    through = "A" in picture.getbands() or "transparency" in picture.info
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        picture = _in_srgb(picture, profile, "RGBA" if through and picture.mode == "RGBA" else "RGB")
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")
    wanted = "RGBA" if through else "L" if picture.mode in ("1", "L") else "RGB"
    picture = picture if picture.mode == wanted else picture.convert(wanted)
    return picture.convert("RGB") if through and picture.getextrema()[-1][0] == 255 else picture


def _in_srgb(picture: Image.Image, profile: bytes, mode: str) -> Image.Image:
    """Phones write wider colours; a profile that cannot be used is left aside."""
    try:
        return ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=mode,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
