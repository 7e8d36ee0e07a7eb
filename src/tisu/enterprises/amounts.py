"""How much a figure is: money in yuan, people, or electric energy in kilowatt-hours, as whole numbers of those.

What is written keeps its meaning: 突破400万元 is more than four million yuan, 近4000万元 not quite forty. A unit that
measures something else is refused by name, because kilowatts are no kilowatt-hours.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db import models
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from tisu.foundation.money import HOW as HOW_MONEY
from tisu.foundation.money import WAN, YI, NotMoney, parse_yuan, yuan_words
from tisu.foundation.textnorm import search_form

MOST = 10**15
HOW_ENERGY = pgettext_lazy("energy", "1200 MWh, 35000 kWh")
HOW_PEOPLE = pgettext_lazy("people", "320 people")


class Measure(models.TextChoices):
    OUTPUT = "output", gettext_lazy("output value")
    REVENUE = "revenue", gettext_lazy("operating revenue")
    SALES = "sales", gettext_lazy("sales")
    TAX = "tax", gettext_lazy("tax paid")
    STAFF = "staff", gettext_lazy("people employed")
    POWER = "power", gettext_lazy("electricity used")


class Quantity(models.TextChoices):
    MONEY, PEOPLE, ENERGY = "money", "people", "energy"


# What each measure is counted in, and whether its parts add up to the whole: people of four quarters do not.
COUNTED_IN = {Measure.STAFF: Quantity.PEOPLE, Measure.POWER: Quantity.ENERGY}
ADDS_UP = frozenset(set(Measure) - {Measure.STAFF})


class Bound(models.TextChoices):
    """How exactly it was said."""

    EXACT = "exact", pgettext_lazy("amount", "exactly")
    OVER = "over", pgettext_lazy("amount", "more than")
    NEARLY = "nearly", pgettext_lazy("amount", "nearly")
    ABOUT = "about", pgettext_lazy("amount", "about")


class NotAnAmount(ValueError):
    """The message is a sentence: what is wrong and what to write instead."""


@dataclass(frozen=True)
class Amount:
    value: int
    bound: str = Bound.EXACT

    def words(self, measure: str) -> str:
        return _bounded(self.bound) % {"amount": _said(quantity_of(measure), self.value)}


def quantity_of(measure: str) -> str:
    return COUNTED_IN.get(measure, Quantity.MONEY)


def read_amount(measure: str, text: str) -> Amount:
    """NotAnAmount for what has no unit or one of something else, for parts of a yuan, and for what cannot be true."""
    bound, written = _bound_of(search_form(text).replace(" ", ""))
    value = _READERS[quantity_of(measure)](written)
    if value != value.to_integral_value():
        raise NotAnAmount(_("Give whole yuan, people or kilowatt-hours: look whether the unit is right."))
    if value > MOST:
        raise NotAnAmount(_("This is too much to be true: look whether the unit is right."))
    return Amount(int(value), bound)


def _bounded(bound: str) -> str:
    words = {
        Bound.EXACT: pgettext("amount", "%(amount)s"),
        Bound.OVER: pgettext("amount", "more than %(amount)s"),
        Bound.NEARLY: pgettext("amount", "nearly %(amount)s"),
        Bound.ABOUT: pgettext("amount", "about %(amount)s"),
    }
    return words[Bound(bound)]


def _said(quantity: str, value: int) -> str:
    if quantity == Quantity.MONEY:
        return yuan_words(value)
    if quantity == Quantity.PEOPLE:
        return _("%(n)s people") % {"n": value}
    size, words = next((size, words) for size, words in _energy_sizes() if value >= size)
    return words % {"n": f"{Decimal(value) / size:f}"}


def _energy_sizes() -> tuple[tuple[int, str], ...]:
    """Chinese counts kilowatt-hours in ten thousands, English does not."""
    plain = (0 if get_language() == "en" else 1, _("%(n)s kWh"))
    if get_language() == "en":
        return ((1, plain[1]), (0, plain[1]))
    return (
        (YI, _("%(n)s hundred million kWh")),
        (WAN, _("%(n)s ten thousand kWh")),
        (1, plain[1]),
        (0, plain[1]),
    )


# --- How people write them, folded by search_form ---

_BEFORE = (
    (Bound.OVER, ("突破", "超过", "超", "逾", "大于", "高于", "morethan", "over", ">")),
    (Bound.NEARLY, ("接近", "将近", "近", "nearly")),
    (Bound.ABOUT, ("大约", "约", "about")),
)
_BEHIND = ((Bound.OVER, ("以上",)), (Bound.ABOUT, ("左右", "上下")))
_AND_MORE = re.compile(r"(?<=\d)[多余]")  # 1000多万元, 300余人
_NUMBER = r"\d+(?:\.\d+)?"
_ENERGY = re.compile(rf"({_NUMBER})(亿|万)?(千瓦时|度|kwh|mwh)")
_POWER = re.compile(rf"{_NUMBER}(?:亿|万)?(?:千瓦|kw|mw|兆瓦|千伏安|kva)")
_PEOPLE = re.compile(rf"({_NUMBER})(万)?(?:人|名|个|people)?")
_SIZES = {None: 1, "万": WAN, "亿": YI}


def _bound_of(written: str) -> tuple[str, str]:
    for bound, words in _BEFORE:
        if word := next((word for word in words if written.startswith(word)), None):
            return bound, written.removeprefix(word)
    for bound, words in _BEHIND:
        if word := next((word for word in words if written.endswith(word)), None):
            return bound, written.removesuffix(word)
    plain = _AND_MORE.sub("", written)
    return (Bound.EXACT if plain == written else Bound.OVER), plain


def _money(written: str) -> Decimal:
    try:
        return parse_yuan(written)
    except NotMoney as fault:
        raise NotAnAmount(str(fault)) from fault


def _people(written: str) -> Decimal:
    found = _PEOPLE.fullmatch(written.replace(",", ""))
    if found is None:
        raise NotAnAmount(_("Write how many people: %(how)s.") % {"how": HOW_PEOPLE})
    return _number(found[1]) * _SIZES[found[2]]


def _energy(written: str) -> Decimal:
    written = written.replace(",", "")
    if _POWER.fullmatch(written):
        raise NotAnAmount(
            _("Kilowatts say how strong, kilowatt-hours how much: write it like %(how)s.")
            % {"how": HOW_ENERGY}
        )
    found = _ENERGY.fullmatch(written)
    if found is None:
        raise NotAnAmount(_("Write the energy with its unit: %(how)s.") % {"how": HOW_ENERGY})
    return _number(found[1]) * _SIZES[found[2]] * (1000 if found[3] == "mwh" else 1)


def _number(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation as fault:
        raise NotAnAmount(_("This is no number.")) from fault


_READERS = {Quantity.MONEY: _money, Quantity.PEOPLE: _people, Quantity.ENERGY: _energy}
HOW_BY_QUANTITY = {Quantity.MONEY: HOW_MONEY, Quantity.PEOPLE: HOW_PEOPLE, Quantity.ENERGY: HOW_ENERGY}
