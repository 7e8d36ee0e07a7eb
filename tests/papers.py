"""Papers for tests, made in memory: pictures with what a phone writes into them, PDF, Office files."""

import io
import zipfile
from functools import cache

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tisu.documents.models import Document
from tisu.documents.taking import take_in


@pytest.fixture
def upload(county):
    """`upload("zhujian", a_pdf(), "a.pdf")`: one upload by one of the cast, or by a stranger (None)."""

    def _upload(name: str | None, content: bytes | None = None, called: str = "现场.jpg") -> Document:
        user = county.people[name] if name else None
        return take_in(SimpleUploadedFile(called, content or a_photograph()), user=user)

    return _upload


@pytest.fixture
def body():
    """The whole of what an address answers."""
    return lambda response: b"".join(response.streaming_content) if response.streaming else response.content


@cache
def a_photograph(size: tuple[int, int] = (640, 480), *, turned: bool = False) -> bytes:
    """A JPEG with place, device, owner, comment and, `turned`, the mark that it lies on its side."""
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    notes = Image.Exif()
    notes[0x010F], notes[0x0110], notes[0x013B] = "Sample", "Phone 1", "owner-of-the-phone"
    if turned:
        notes[0x0112] = 6
    place = notes.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (29.0, 40.0, 12.0), "E", (109.0, 9.0, 1.0)
    into = io.BytesIO()
    picture.save(into, "JPEG", exif=notes, comment=b"comment-of-the-camera")
    return into.getvalue()


@cache
def a_pdf(pages: int = 1) -> bytes:
    paper = pypdfium2.PdfDocument.new()
    for _page in range(pages):
        paper.new_page(595, 842)
    into = io.BytesIO()
    paper.save(into)
    return into.getvalue()


def packed(parts: dict[str, str | bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return into.getvalue()
