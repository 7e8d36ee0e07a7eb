"""Marks of state secrets (密级标志): this house may hold no such paper (domain.md §0.2, §8).

A mark stands alone on a line, at the head of a page, after “密级”, or with its star and term (机密★1年, GB/T 9704). A
word in a sentence is none: 商业秘密, 保守秘密, 机密性, 秘密侦查 are what honest papers write about.
"""

import re
import unicodedata
from collections.abc import Iterable

from tisu.foundation.bounded import Unreadable

HEAD = 12  # lines at the top of a paper, where its mark stands beside number and urgency
_OLD = str.maketrans({"機": "机", "絕": "绝", "祕": "秘", "級": "级", "長": "长", "資": "资", "內": "内"})
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_APART = re.compile(r"(?<=[绝机秘])\s+(?=密)")
_LEVEL = "(?:绝密|机密|秘密)"
_TERM = r"(?:\d{1,3}|[〇零一二三四五六七八九十]{1,4})?\s*(?:年|个月|月|日|长期|永久)?"
_STARRED = re.compile(rf"(?:^|[^\u3400-\u9fff]){_LEVEL}\s*[★☆⭐✩✰*]")
_NAMED = re.compile(rf"(?:密\s*级|保密等级|保密级别)\s*[:：为是]?\s*{_LEVEL}(?![\u3400-\u9fff])")
# A box that is not ticked is a form's, and no mark.
_ALONE = re.compile(rf"[^\w□☐○◯]*_*{_LEVEL}(?:级|件|文件|资料|材料)?[\W_]*{_TERM}[\W_]*")
_IN_NAME = re.compile(rf"(?:^|[^\u3400-\u9fff]){_LEVEL}(?:级|件|文件|资料|材料)?(?:$|[^\u3400-\u9fff])")


def mark_in(lines: Iterable[str]) -> str:
    """The first line that carries a mark, as the mark stands there; empty when none does."""
    for place, line in enumerate(lines):
        said = _plain(line)
        if not said:
            continue
        if _ALONE.fullmatch("".join(said.split())) or _STARRED.search(said) or _NAMED.search(said):
            return said[:20]
        if place < HEAD and any(_ALONE.fullmatch(word) for word in said.split()):
            return said[:20]
    return ""


def mark_in_name(name: str) -> str:
    """A mark in a file's name: at its beginning or end, or set apart by brackets and signs."""
    said = _plain(name.rpartition(".")[0] or name)
    return said[:20] if _IN_NAME.search(said) or _STARRED.search(said) else ""


def refuse_marked(lines: Iterable[str]) -> None:
    if mark := mark_in(lines):
        raise Unreadable("secret", mark=mark)


def _plain(line: str) -> str:
    """As it reads: full-width and Traditional signs alike, blanks between the two characters taken out."""
    return _APART.sub("", _UNSEEN.sub("", unicodedata.normalize("NFKC", line)).translate(_OLD)).strip()
