"""What a promise is found by: its text, its number, the firm, and the pinyin of the firm's name."""

from typing import Any

from tisu.foundation import search

SUBJECT = "promise"


def make_findable(promise: Any, *, is_new: bool = False) -> None:
    firm = promise.enterprise
    names = str(firm or "")
    text = f"{promise.number} {firm.credit_code if firm else ''} {promise.text}\n{promise.basis}"
    search.index(SUBJECT, promise.pk, text, names=names, is_new=is_new)
