"""Amounts of money in yuan: read as people write them (500万元, 1.2亿元, 3,500元), said so that nothing is lost.

A bare number is refused, because 500 may be meant in 元 and in 万元. Nothing here is ever a float.
"""

import re
from decimal import Decimal

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from tisu.foundation.textnorm import search_form

WAN, YI = 10**4, 10**8
LARGEST = Decimal(10**15)  # a thousand times what a province turns over in a year
CENT = Decimal("0.01")
HOW = pgettext_lazy("money", "5 million yuan, 120 million yuan, 3500 yuan")

_NUMBER = r"\d+(?:\.\d+)?"
_WRITTEN = re.compile(rf"(?:({_NUMBER})亿)?(?:({_NUMBER})万)?(?:({_NUMBER})(?=元))?(?:元|圆)?(?:整|人民币)?")
_ENGLISH = {
    "": 1,
    "thousand": 10**3,
    "tenthousand": WAN,
    "million": 10**6,
    "hundredmillion": YI,
    "billion": 10**9,
}
_IN_ENGLISH = re.compile(rf"({_NUMBER})({'|'.join(_ENGLISH)})(?:yuan|rmb|cny)")
_GROUPED = re.compile(r"(?<=\d)[,](?=\d{3}(?!\d))")


class NotMoney(ValueError):
    """What was written is no amount; the message is a sentence that says why."""


def parse_yuan(text: str) -> Decimal:
    """The amount in yuan, exact to the fen. NotMoney for what has no unit, is too fine or too large."""
    written = search_form(text).replace(" ", "").removeprefix("人民币").removeprefix("¥")
    written = _GROUPED.sub("", written)
    if re.fullmatch(_NUMBER, written):
        raise NotMoney(_("Write the unit too, or 500 could be taken for 5 million: %(how)s.") % {"how": HOW})
    amount = _read(written)
    if amount is None:
        raise NotMoney(_("This is no amount of money: write it like %(how)s.") % {"how": HOW})
    if amount != amount.quantize(CENT):
        raise NotMoney(_("This amount is finer than a fen: look whether the unit is right."))
    if amount > LARGEST:
        raise NotMoney(_("This amount is too large to be true: look whether the unit is right."))
    return amount.quantize(CENT)


def _read(written: str) -> Decimal | None:
    """By the units of either language: what a page shows in English is sent back in English."""
    if english := _IN_ENGLISH.fullmatch(written):
        return Decimal(english[1]) * _ENGLISH[english[2]]
    found = _WRITTEN.fullmatch(written)
    if not found or not any(found.groups()):
        return None
    parts = zip(found.groups(), (YI, WAN, 1), strict=True)
    return sum((Decimal(part) * unit for part, unit in parts if part), Decimal(0))


# Chinese counts in ten thousands, English in millions.
_SAID = {
    "en": ((10**6, pgettext_lazy("money", "%(n)s million yuan")),),
    "": (
        (YI, pgettext_lazy("money", "%(n)s hundred million yuan")),
        (WAN, pgettext_lazy("money", "%(n)s ten thousand yuan")),
    ),
}
_YUAN = pgettext_lazy("money", "%(n)s yuan")


def yuan_words(amount: Decimal | int) -> str:
    """In the largest unit that it reaches, with every digit it has: 1.2亿元, 500万元, 3500元."""
    amount = Decimal(amount)
    sizes = _SAID["en" if get_language() == "en" else ""]
    size, words = next(((size, words) for size, words in sizes if abs(amount) >= size), (1, _YUAN))
    return str(words) % {"n": _plain(amount / size)}


def _plain(number: Decimal) -> str:
    whole, _point, rest = f"{number:f}".partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole
