"""Traditional script for those who read it: the office's own words, written with other characters.

The converter chooses by phrases (干部, 干涉 and 干净 are three words); what it does not know stands in traditional.tsv
with the reason. Needs no Django: catalogues are compiled with it at installation.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

EXCEPTIONS = Path(__file__).with_name("traditional.tsv")
# Characters as Taiwan's standard writes them (為, 裡), and no other vocabulary: 信息 stays the office's 信息.
DIRECTION = "s2tw"


def to_traditional(text: str) -> str:
    """Each exception as the table has it, what stands between them by the phrases of the dictionary."""
    known = exceptions()
    pieces = _splitter().split(text)
    return "".join(known.get(piece) or _converter().convert(piece) for piece in pieces)


@cache
def exceptions() -> dict[str, str]:
    return {simplified: traditional for simplified, traditional, _reason in read_exceptions()}


def read_exceptions() -> Iterator[list[str]]:
    """Simplified phrase, Traditional phrase, reason. ValueError for a row that is not so."""
    for number, line in enumerate(EXCEPTIONS.read_text("utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        row = line.split("\t")
        if len(row) != 3 or not all(row):
            raise ValueError(
                f"{EXCEPTIONS.name}, line {number}: phrase, phrase and reason, with tabs between."
            )
        yield row


@cache
def _splitter() -> re.Pattern[str]:
    """The longest phrase first, so that a longer one may say otherwise than its part."""
    phrases = sorted(exceptions(), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, phrases))})") if phrases else re.compile("(?!)")


@cache
def _converter():
    from opencc import OpenCC  # loads its dictionaries on import

    return OpenCC(DIRECTION)
