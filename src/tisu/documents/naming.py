"""Names of files, made safe: no path, no sign that turns or hides text, no second suffix that runs."""

import re
import unicodedata

from tisu.documents.models import MOST_NAME
from tisu.documents.reading.kinds import KINDS
from tisu.foundation.textnorm import clean_text

FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
NAMELESS = "document"


def safe_name(given: str, kind: str = "") -> str:
    """As it may stand in a page, in a header and on any disk. With `kind`, it ends as that kind does."""
    name = unicodedata.normalize("NFC", clean_text(given or "").replace("\n", " "))
    name = FORBIDDEN.sub("_", re.split(r"[\\/]", name)[-1]).strip(" .")
    if not kind:
        return name[:MOST_NAME] or NAMELESS
    suffix = KINDS[kind].suffix
    stem = _without_suffix(name, kind).strip(" .") or NAMELESS
    if RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem[: MOST_NAME - len(suffix) - 1]}.{suffix}"


def _without_suffix(name: str, kind: str) -> str:
    """A suffix goes where it names this or another known kind, or one that runs; “1.2版” has none."""
    stem, dot, suffix = name.rpartition(".")
    return stem if dot and re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,5}", suffix) else name
