"""PDF made anew: the pages without properties, scripts, actions, attached files, or what cameras wrote into pictures."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf
import pypdfium2

from tisu.documents.reading.marks import refuse_marked
from tisu.documents.reading.scrubbed import scrubbed
from tisu.foundation.bounded import TooMuch, Unreadable

MOST_PAGES = 5_000
MARKED_PAGES = 3  # the first ones are searched for marks
OF_THE_WHOLE = (
    "/Metadata",
    "/OpenAction",
    "/AA",
    "/PieceInfo",
    "/SpiderInfo",
    "/Perms",
    "/Collection",
    "/AF",
)
OF_A_PAGE = ("/AA", "/PieceInfo", "/Metadata", "/LastModified", "/AF")
NAMES = ("/EmbeddedFiles", "/JavaScript", "/AlternatePresentations", "/Renditions")
# Actions that only turn pages or open an address that the reader sees.
HARMLESS = {"/GoTo", "/URI", "/Named"}
DROPPED_ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/3D", "/Screen", "/Movie", "/Sound"}
AUTHOR = ("/T", "/M", "/CreationDate", "/NM")


def clean_pdf(given: BinaryIO, into: BinaryIO) -> dict[str, Any]:
    pages = _searched(given)
    given.seek(0)
    with _opened(given) as paper:
        _clean_whole(paper)
        for page in paper.pages:
            _drop(page.obj, OF_A_PAGE)
            _clean_annotations(page.obj)
        _clean_streams(paper)
        paper.remove_unreferenced_resources()
        paper.save(into, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return {"kind": "pdf", "copy": "pdf", "pages": pages}


def _opened(given: BinaryIO) -> pikepdf.Pdf:
    try:
        return pikepdf.open(given)
    except pikepdf.PasswordError:
        raise Unreadable("encrypted") from None
    except pikepdf.PdfError:
        raise Unreadable("broken") from None


def _searched(given: BinaryIO) -> int:
    """How many pages it has, once no mark was found on the first."""
    given.seek(0)
    try:
        paper = pypdfium2.PdfDocument(given)
    except pypdfium2.PdfiumError as fault:
        raise Unreadable("encrypted" if "password" in str(fault).lower() else "broken") from None
    if not len(paper):
        raise Unreadable("broken")
    if len(paper) > MOST_PAGES:
        raise TooMuch("pages", most=MOST_PAGES)
    for place in range(min(MARKED_PAGES, len(paper))):
        refuse_marked(paper[place].get_textpage().get_text_bounded().splitlines())
    return len(paper)


def _clean_whole(paper: pikepdf.Pdf) -> None:
    if "/Info" in paper.trailer:
        del paper.trailer["/Info"]
    root = paper.Root
    _drop(root, OF_THE_WHOLE)
    if "/Names" in root:
        _drop(root.Names, NAMES)
    if "/AcroForm" in root:
        _drop(root.AcroForm, ("/XFA",))
    _clean_actions_of_outline(root)


def _clean_annotations(page: pikepdf.Dictionary) -> None:
    if "/Annots" not in page:
        return
    kept = []
    for annotation in list(page.Annots):
        if (
            not isinstance(annotation, pikepdf.Dictionary)
            or str(annotation.get("/Subtype")) in DROPPED_ANNOTATIONS
        ):
            continue
        _drop(annotation, ("/AA", "/AF"))
        if str(annotation.get("/Subtype")) != "/Widget":  # of a field, /T is its name
            _drop(annotation, AUTHOR)
        _clean_action(annotation)
        kept.append(annotation)
    page.Annots = pikepdf.Array(kept)


def _clean_action(holder: pikepdf.Dictionary) -> None:
    action = holder.get("/A")
    if action is None:
        return
    if not isinstance(action, pikepdf.Dictionary) or str(action.get("/S")) not in HARMLESS:
        del holder["/A"]
    else:
        _drop(action, ("/Next",))


def _clean_actions_of_outline(root: pikepdf.Dictionary) -> None:
    for entry in _outline(root.get("/Outlines")):
        _clean_action(entry)


def _outline(first: Any) -> Iterator[pikepdf.Dictionary]:
    """Every entry once, however they lead to each other."""
    waiting, seen = [first], set()
    while waiting:
        entry = waiting.pop()
        if not isinstance(entry, pikepdf.Dictionary) or entry.objgen in seen:
            continue
        seen.add(entry.objgen)
        yield entry
        waiting += [entry.get("/First"), entry.get("/Next")]


def _clean_streams(paper: pikepdf.Pdf) -> None:
    """Pictures keep their pixels alone; every other thing loses the notes that a program left at it."""
    for thing in paper.objects:
        if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            continue
        _drop(thing, ("/PieceInfo", "/JS", "/AF"))
        if str(thing.get("/Type")) not in ("/Metadata", "/Catalog"):
            _drop(thing, ("/Metadata",))
        if str(thing.get("/S")) in (
            "/JavaScript",
            "/Launch",
            "/SubmitForm",
            "/ImportData",
            "/GoToE",
            "/GoToR",
        ):
            _drop(thing, ("/F", "/EF", "/Win", "/Unix", "/Mac", "/S"))
        if isinstance(thing, pikepdf.Stream) and _is_photograph(thing):
            _scrub(thing)


def _is_photograph(thing: pikepdf.Stream) -> bool:
    return str(thing.get("/Filter")) == "/DCTDecode" or (
        isinstance(thing.get("/Filter"), pikepdf.Array) and [str(f) for f in thing.Filter] == ["/DCTDecode"]
    )


def _scrub(photograph: pikepdf.Stream) -> None:
    before = photograph.read_raw_bytes()
    after = scrubbed(before)
    if after != before:
        photograph.write(
            after, filter=pikepdf.Name("/DCTDecode"), decode_parms=photograph.get("/DecodeParms")
        )


def _drop(thing: Any, names: tuple[str, ...]) -> None:
    for name in names:
        if name in thing:
            del thing[name]
