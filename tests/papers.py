"""Papers for tests, made in memory: pictures with what a phone writes into them, PDF, Office files."""

import io
import uuid
import zipfile
from functools import cache

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tisu.documents.claiming import hang
from tisu.documents.keeping import drop, keep
from tisu.documents.models import COPY, ORIGINAL, THUMB, Document, Status
from tisu.documents.taking import take_in
from tisu.foundation import clock
from tisu.foundation.sealedfile import new_file_key


@pytest.fixture
def upload(county):
    """`upload("zhujian", a_pdf(), "a.pdf")`: one upload by one of the cast, or by a stranger (None)."""

    def _upload(name: str | None, content: bytes | None = None, called: str = "现场.jpg") -> Document:
        user = county.people[name] if name else None
        return take_in(SimpleUploadedFile(called, a_photograph() if content is None else content), user=user)

    return _upload


def key_of_paper(number: str) -> uuid.UUID:
    """The same in every world for the matter of this number."""
    return uuid.uuid5(uuid.NAMESPACE_URL, number)


def hang_a_paper(about: tuple[str, int], parts: tuple[str, ...], *, number: str, name: str) -> Document:
    """A picture that hangs there, without the long way in."""
    keys = {"original_key": new_file_key(), "copy_key": new_file_key()}
    document = Document(
        pk=key_of_paper(number), name=name, kind="jpeg", copy_kind="jpeg", size=9, copy_size=9, pages=1,
        has_thumb=True, digest="0" * 64, status=Status.READY, uploaded_at=clock.now(), claimed_at=clock.now(), **keys,
    )  # fmt: skip
    drop(document)  # of a world before
    document.save(force_insert=True)
    for which, key in ((ORIGINAL, "original_key"), (COPY, "copy_key"), (THUMB, "copy_key")):
        keep(document, which, io.BytesIO(f"{name}{which}".encode()), key=keys[key])
    for part in parts:
        hang([document], on=about, part=part, at=1)
    return document


def status_of(response) -> int:
    """Its status alone; what it streams is read, so that its file is closed."""
    response.getvalue()
    return response.status_code


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


# --- Office files, as small as they can be ---------------------------------------------------------------

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OWNER = "owner-of-the-paper"


def _relations(*rows: tuple[str, str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{place}" Type="{_R}/{kind}" Target="{target}"{mode}/>'
        for place, (kind, target, mode) in enumerate(rows, start=1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{_RELS}">{entries}</Relationships>'


def _types(*parts: str, main: str) -> str:
    entries = "".join(f'<Override PartName="/{part}" ContentType="{main}"/>' for part in parts)
    return f'<?xml version="1.0"?><Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="text/xml"/>{entries}</Types>'


def docx_parts(*lines: str) -> dict[str, str | bytes]:
    """A paper with everything around its words that tells who wrote it, when and where."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    return {
        "[Content_Types].xml": _types("word/document.xml", "docProps/core.xml", main="text/xml"),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml", ""), ("core", "docProps/core.xml", "")),
        "docProps/core.xml": f"<c><creator>{OWNER}</creator></c>",
        "docProps/app.xml": f"<c><Company>{OWNER}</Company></c>",
        "docProps/thumbnail.jpeg": a_photograph(),
        "customXml/item1.xml": f"<c>{OWNER}</c>",
        "word/document.xml": f'<w:document {_W}><w:body>{paragraphs}<w:p><w:ins w:author="{OWNER}" w:date="2023-05-22T00:00:00Z">'
        "<w:r><w:t>added</w:t></w:r></w:ins></w:p></w:body></w:document>",
        "word/comments.xml": f'<w:comments {_W}><w:comment w:id="0" w:author="{OWNER}" w:initials="owner-of-the-p">'
        "<w:p><w:r><w:t>a comment</w:t></w:r></w:p></w:comment></w:comments>",
        "word/people.xml": f"<p>{OWNER}</p>",
        "word/settings.xml": f"<w:settings {_W}/>",
        "word/_rels/settings.xml.rels": _relations(
            ("attachedTemplate", f"file:///C:/Users/{OWNER}/Normal.dotm", ' TargetMode="External"')
        ),
        "word/_rels/document.xml.rels": _relations(
            ("image", "media/image1.jpeg", ""),
            ("hyperlink", "https://www.example.cn/", ' TargetMode="External"'),
            ("people", "people.xml", ""),
        ),
        "word/media/image1.jpeg": a_photograph(),
        "word/embeddings/oleObject1.bin": f"MZ {OWNER}",
    }  # fmt: skip


def a_docx(*lines: str, **more: str | bytes) -> bytes:
    return packed(docx_parts(*lines) | more)


def an_xlsx(*cells: str) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.properties.creator = OWNER
    for cell in cells:
        book.active.append([cell])
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def a_pptx(*lines: str) -> bytes:
    slide = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    return packed({
        "[Content_Types].xml": _types("ppt/presentation.xml", main="text/xml"),
        "ppt/presentation.xml": "<p/>",
        "ppt/slides/slide1.xml": f'<p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{slide}</p>',
        "ppt/commentAuthors.xml": f'<c><cmAuthor name="{OWNER}" initials="O"/></c>',
        "docProps/core.xml": OWNER,
    })  # fmt: skip


def an_ofd(*lines: str) -> bytes:
    texts = "".join(f"<ofd:TextObject><ofd:TextCode>{line}</ofd:TextCode></ofd:TextObject>" for line in lines)
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return packed({
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID><ofd:Author>{OWNER}</ofd:Author>"
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>",
        "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {space}>{texts}</ofd:Page>",
        "Doc_0/Attachs/Attachments.xml": f"<a>{OWNER}</a>",
        "Doc_0/Res/image.jpg": a_photograph(),
    })  # fmt: skip


def a_rich_pdf() -> bytes:
    """A page with a photograph as a phone made it, properties, a script, an attached file and a starting action."""
    import pikepdf

    with pikepdf.new() as paper:
        page = paper.add_blank_page(page_size=(595, 842))
        picture = pikepdf.Stream(
            paper,
            a_photograph(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=640,
            Height=480,
            ColorSpace=pikepdf.Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=paper.make_indirect(picture)))
        page.Contents = paper.make_stream(b"q 300 0 0 200 0 0 cm /Im0 Do Q")
        run = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('owner-of-the-paper')")
        start = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc-owner-of-the-paper.exe")
        page.Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=start
                ),
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T=OWNER
                ),
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Link,
                    Rect=[0, 0, 9, 9],
                    A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://www.example.cn/"),
                ),
            ]
        )
        paper.Root.OpenAction = paper.make_indirect(run)
        paper.attachments["owner-of-the-paper.txt"] = b"owner-of-the-paper"
        with paper.open_metadata() as notes:
            notes["dc:creator"] = [OWNER]
        paper.docinfo["/Author"] = OWNER
        into = io.BytesIO()
        paper.save(into, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return into.getvalue()  # fmt: skip


def a_pdf_saying(*lines: str) -> bytes:
    """Han text that can be searched: an embedded-font-free PDF by a Unicode map."""
    import pikepdf

    signs = sorted({sign for line in lines for sign in line})
    code = {sign: place for place, sign in enumerate(signs, start=1)}
    unicode_map = "".join(f"<{code[sign]:04X}> <{ord(sign):04X}>\n" for sign in signs)
    with pikepdf.new() as paper:
        page = paper.add_blank_page(page_size=(595, 842))
        to_unicode = paper.make_stream(
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            + f"{len(signs)} beginbfchar\n{unicode_map}endbfchar\nendcmap end end".encode()
        )
        inner = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.CIDFontType2,
            BaseFont=pikepdf.Name.Sample,
            CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
            DW=1000,
        )
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=pikepdf.Name.Sample,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[paper.make_indirect(inner)],
            ToUnicode=to_unicode,
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=paper.make_indirect(font)))
        shown = "".join(
            f"BT /F1 16 Tf 72 {780 - 24 * row} Td <{''.join(f'{code[sign]:04X}' for sign in line)}> Tj ET\n"
            for row, line in enumerate(lines)
        )
        page.Contents = paper.make_stream(shown.encode())
        into = io.BytesIO()
        paper.save(into)
    return into.getvalue()  # fmt: skip


def an_old_office_file(*names: str, text: str = "") -> bytes:
    """A compound file (MS-CFB) with these streams in its directory, and a text in one of its sectors."""
    import struct

    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2) + b"\0" * 62
        for name in ("Root Entry", *names)
    )
    directory = entries.ljust(-(-len(entries) // 512) * 512, b"\0")
    count = len(directory) // 512
    chain = [*range(2, count + 1), 0xFFFFFFFE]
    table = struct.pack("<I", 0xFFFFFFFD) + b"".join(struct.pack("<I", each) for each in chain)
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<I", header, 68, 0xFFFFFFFE)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    words = f"\r{text}\r".encode("utf-16-le")
    return bytes(header) + table.ljust(512, b"\xff") + directory + words.ljust(512, b"\0")
