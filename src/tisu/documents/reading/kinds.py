"""The kinds of papers that are taken, how each is known, and what is made of it for reading."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PaperKind:
    """`suffix` ends a safe name; `media` is what a download calls itself; `seen` can be shown as a picture."""

    code: str
    suffix: str
    media: str
    seen: bool = False


_OOXML = "application/vnd.openxmlformats-officedocument."
KINDS = {
    kind.code: kind
    for kind in (
        PaperKind("jpeg", "jpg", "image/jpeg", seen=True),
        PaperKind("png", "png", "image/png", seen=True),
        PaperKind("webp", "webp", "image/webp", seen=True),
        PaperKind("heic", "heic", "image/heic", seen=True),
        PaperKind("pdf", "pdf", "application/pdf", seen=True),
        PaperKind("docx", "docx", f"{_OOXML}wordprocessingml.document"),
        PaperKind("xlsx", "xlsx", f"{_OOXML}spreadsheetml.sheet"),
        PaperKind("pptx", "pptx", f"{_OOXML}presentationml.presentation"),
        PaperKind("doc", "doc", "application/msword"),
        PaperKind("xls", "xls", "application/vnd.ms-excel"),
        PaperKind("ppt", "ppt", "application/vnd.ms-powerpoint"),
        PaperKind("ofd", "ofd", "application/ofd"),
        PaperKind("text", "txt", "text/plain; charset=utf-8"),
        PaperKind("csv", "csv", "text/csv; charset=utf-8"),
    )
}
# What a browser offers to choose from; what a file really is, its content tells.
ACCEPT = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.pdf,.docx,.xlsx,.pptx,.doc,.xls,.ppt,.ofd,.txt,.csv"
