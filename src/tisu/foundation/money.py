"""Amounts of money in yuan: read as people write them (500万元, 1.2亿元, 3,500元), said so that nothing is lost.

A bare number is refused, because 500 may be meant in 元 and in 万元. Nothing here is ever a float.
"""

import re
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tisu.foundation.textnorm import search_form

WAN, YI = 10**4, 10**8
LARGEST = Decimal(10**15)  # a thousand times what a province turns over in a year
CENT = Decimal("0.01")
HOW = "500万元、1.2亿元、3500元"

_NUMBER = r"\d+(?:\.\d+)?"
_WRITTEN = re.compile(rf"(?:({_NUMBER})亿)?(?:({_NUMBER})万)?(?:({_NUMBER})(?=元))?(?:元|圆)?(?:整|人民币)?")
_GROUPED = re.compile(r"(?<=\d)[,](?=\d{3}(?!\d))")


class NotMoney(ValueError):
    """What was written is no amount; the message is a sentence that says why."""


def parse_yuan(text: str) -> Decimal:
    """The amount in yuan, exact to the fen. NotMoney for what has no unit, is too fine or too large."""
    written = search_form(text).replace(" ", "").removeprefix("人民币").removeprefix("¥")
    written = _GROUPED.sub("", written)
    if re.fullmatch(_NUMBER, written):
        raise NotMoney(_("Write the unit too, or 500 could be taken for 5 million: %(how)s.") % {"how": HOW})
    found = _WRITTEN.fullmatch(written)
    if not found or not any(found.groups()):
        raise NotMoney(_("This is no amount of money: write it like %(how)s.") % {"how": HOW})
    amount = sum(
        Decimal(part) * unit for part, unit in zip(found.groups(), (YI, WAN, 1), strict=True) if part
    )
    if amount != amount.quantize(CENT):
        raise NotMoney(_("This amount is finer than a fen: look whether the unit is right."))
    if amount > LARGEST:
        raise NotMoney(_("This amount is too large to be true: look whether the unit is right."))
    return amount.quantize(CENT)


def yuan_words(amount: Decimal | int) -> str:
    """In the largest unit that it reaches, with every digit it has: 1.2亿元, 500万元, 3500元."""
    amount = Decimal(amount)
    if abs(amount) >= YI:
        return pgettext("money", "%(n)s hundred million yuan") % {"n": _plain(amount / YI)}
    if abs(amount) >= WAN:
        return pgettext("money", "%(n)s ten thousand yuan") % {"n": _plain(amount / WAN)}
    return pgettext("money", "%(n)s yuan") % {"n": _plain(amount)}


def _plain(number: Decimal) -> str:
    whole, _point, rest = f"{number:f}".partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole
