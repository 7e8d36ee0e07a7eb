"""Reading a notice as someone has it: a file of days (JSON), a table (CSV), or the pasted text of the notice.

`read_notice` gives a Draft or a ValidationError whose sentences name the row, the key or the piece of text.
"""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tisu.foundation.drafts import Draft
from tisu.foundation.notice_json import read_json
from tisu.foundation.notice_table import looks_like_table, read_table
from tisu.foundation.notice_text import read_text
from tisu.foundation.textnorm import clean_text

MOST_BYTES = 262_144
ENCODINGS = ("utf-8-sig", "gb18030")  # gb18030: what Excel writes on a Chinese desk


def read_notice(
    data: bytes | str, *, region: str = "", source: str = "", order: str = "", loaded_by: str = ""
) -> Draft:
    """What a notice says, for a region and the regions below it (none: everywhere).

    `source` outranks what the notice says of itself. A table for a region is days beside the year's arrangement, one
    without a region is the arrangement of a year; a text and JSON say by themselves what they are.
    """
    text = _text(data)
    if text.lstrip().startswith(("{", "[")):
        draft = read_json(text)
    elif looks_like_table(text):
        draft = read_table(text, is_year=not region)
    else:
        draft = read_text(text)
    source = clean_text(source).strip() or draft.source
    return replace(
        draft,
        region=region.strip(),
        source=source,
        title=draft.title or source,
        order=clean_text(order).strip(),
        loaded_by=clean_text(loaded_by).strip(),
    )


def _text(data: bytes | str) -> str:
    if len(data) > MOST_BYTES:
        raise ValidationError(
            _("This is too large for a notice: at most %(most)s KB are read.") % {"most": MOST_BYTES // 1024}
        )
    text = (data if isinstance(data, str) else _decoded(data)).removeprefix("\ufeff")
    if "\0" in text:
        raise ValidationError(_("This is no text: it holds NUL bytes. Save it as CSV, JSON or plain text."))
    if not text.strip():
        raise ValidationError(_("This is empty: paste the notice or choose its file."))
    return text


def _decoded(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(_("The signs of this file cannot be read: save it in UTF-8."))
