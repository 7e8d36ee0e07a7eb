"""Amounts of production factors: read as people write them, kept as whole numbers, said so that no unit is mistaken.

Each measure has a smallest part that it is counted in (a kilogram of standard coal, a watt), so an amount is a whole
number in every database and nothing is ever rounded. A unit of another measure is refused with what it measures:
千瓦 is power and 千瓦时 energy, 吨 weighs goods and 吨标煤 counts energy.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from tisu.foundation.money import HOW, NotMoney, parse_yuan, yuan_words
from tisu.foundation.textnorm import search_form

WAN, YI = 10**4, 10**8


class NotAnAmount(ValueError):
    """What was written is no amount of this measure; the message is a sentence that says why."""


@dataclass(frozen=True)
class Measure:
    """What an amount measures. `worth` says how many smallest parts a unit has, by every way in which it is written.

    `one` is the unit in which it is said, in smallest parts; more than `largest` of it is a slip of the unit.
    """

    code: str
    label: Any
    unit: Any
    how: Any
    one: int
    worth: dict[str, int]
    largest: int

    def read(self, text: str) -> int:
        """The amount in smallest parts. NotAnAmount for another unit, none at all, too fine or too large."""
        number, unit = _parted(text, self)
        if not unit:
            raise NotAnAmount(_("Write the unit too, such as %(how)s.") % {"how": self.how})
        if unit not in self.worth:
            raise NotAnAmount(_mistaken(self, unit))
        return self._checked(number * self.worth[unit])

    def _checked(self, amount: Decimal) -> int:
        if amount != amount.to_integral_value():
            raise NotAnAmount(_("This amount is finer than it is kept: look whether the unit is right."))
        if amount > self.largest * self.one:
            raise NotAnAmount(_("Nobody needs that much: look whether the unit is right."))
        return int(amount)

    def said(self, amount: int) -> str:
        """With every digit it has: 26.7万吨标煤, in English 267,000 tce."""
        number = Decimal(amount) / self.one
        if get_language() == "en":
            return pgettext("amount", "%(n)s %(unit)s") % {
                "n": _plain(number, grouped=True),
                "unit": self.unit,
            }
        for size, words in _SIZES:
            if number >= size:
                return str(words) % {"n": _plain(number / size), "unit": self.unit}
        return pgettext("amount", "%(n)s %(unit)s") % {"n": _plain(number), "unit": self.unit}


class Money(Measure):
    """Yuan, read and said as everywhere in the house."""

    def read(self, text: str) -> int:
        try:
            return self._checked(parse_yuan(text))
        except NotMoney as fault:
            raise NotAnAmount(str(fault)) from fault

    def said(self, amount: int) -> str:
        return yuan_words(amount)


_SIZES = (
    (YI, pgettext_lazy("amount", "%(n)s hundred million %(unit)s")),
    (WAN, pgettext_lazy("amount", "%(n)s ten thousand %(unit)s")),
)


_PER_DAY = ("/日", "/天", "每日", "每天", "/d")
_PER_YEAR = ("/年", "每年", "/a")


def _worth(units: dict[str, int], *, per: tuple[str, ...] = ("",)) -> dict[str, int]:
    """By every way of writing it: names of one unit stand together, apart by spaces."""
    return {name + time: worth for names, worth in units.items() for name in names.split() for time in per}


def _measure(
    code: str, label: Any, unit: Any, how: Any, one: int, worth: dict[str, int], largest: int
) -> Measure:
    return (Money if code == MONEY else Measure)(code, label, unit, how, one, worth, largest)


MONEY = "money"
MEASURES = {
    code: _measure(code, *said)
    for code, *said in (
        ("land", pgettext_lazy("measure", "area"), pgettext_lazy("unit", "mu"),
         pgettext_lazy("amount", "50 mu or 3.4 ha"), 10_000,
         _worth({"亩 mu": 10_000, "公顷 ha": 150_000, "平方米 平米 m2": 15, "平方公里 km2": 15_000_000}), 1_000_000),
        ("energy", pgettext_lazy("measure", "energy consumption"), pgettext_lazy("unit", "tce"),
         pgettext_lazy("amount", "267000 tce"), 1_000,
         _worth({"吨标煤 吨标准煤 tce": 1_000, "千克标煤 千克标准煤 kgce": 1}), 10_000_000),
        ("capacity", pgettext_lazy("measure", "electric power"), pgettext_lazy("unit", "kW"),
         pgettext_lazy("amount", "800 kW"), 1_000,
         _worth({"千瓦 kw": 1_000, "兆瓦 mw": 1_000_000, "瓦 w": 1}), 10_000_000),
        ("consumption", pgettext_lazy("measure", "electric energy in a year"), pgettext_lazy("unit", "kWh"),
         pgettext_lazy("amount", "3000000 kWh"), 1_000,
         _worth({"千瓦时 千瓦小时 度 kwh": 1_000, "兆瓦时 mwh": 1_000_000}), 100_000_000_000),
        ("water", pgettext_lazy("measure", "water in a day"), pgettext_lazy("unit", "m³/d"),
         pgettext_lazy("amount", "600 m³/d"), 1_000,
         _worth({"立方米 立方 方 吨 m3": 1_000}, per=_PER_DAY), 10_000_000),
        ("gas", pgettext_lazy("measure", "gas in a day"), pgettext_lazy("unit", "m³/d"),
         pgettext_lazy("amount", "2000 m³/d"), 1_000,
         _worth({"立方米 立方 方 标准立方米 标方 m3 nm3": 1_000}, per=_PER_DAY), 10_000_000),
        ("labour", pgettext_lazy("measure", "workers"), pgettext_lazy("unit", "people"),
         pgettext_lazy("amount", "30 people"), 1, _worth({"人 名 people persons": 1}), 100_000),
        (MONEY, pgettext_lazy("measure", "money"), pgettext_lazy("unit", "yuan"), HOW, 1, {}, 10**12),
        ("freight", pgettext_lazy("measure", "weight of goods"), pgettext_lazy("unit", "t"),
         pgettext_lazy("amount", "1200 t"), 1_000, _worth({"吨 t": 1_000, "千克 公斤 kg": 1}), 100_000_000),
        ("pieces", pgettext_lazy("measure", "oversize pieces"), pgettext_lazy("unit", "pieces"),
         pgettext_lazy("amount", "5 pieces"), 1, _worth({"件 台 套 pieces": 1}), 100_000),
        ("length", pgettext_lazy("measure", "length"), pgettext_lazy("unit", "m"),
         pgettext_lazy("amount", "52 m"), 100, _worth({"米 m": 100, "厘米 cm": 1}), 1_000),
        ("discharge", pgettext_lazy("measure", "discharge in a year"), pgettext_lazy("unit", "t/a"),
         pgettext_lazy("amount", "12.5 t/a"), 1_000_000,
         _worth({"吨 t": 1_000_000, "千克 公斤 kg": 1_000, "克 g": 1}, per=_PER_YEAR), 10_000_000),
    )
}  # fmt: skip

_NUMBER = r"\d+(?:\.\d+)?"
_WRITTEN = re.compile(rf"(?:({_NUMBER})亿)?(?:({_NUMBER})万)?({_NUMBER})?([^\d.].*)?")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def _parted(text: str, measure: Measure) -> tuple[Decimal, str]:
    """Number and unit of what was written: 2亿3000万千瓦时, 26.7万吨标煤, 1,200 t."""
    written = _GROUPED.sub("", search_form(text[:80]).replace(" ", "").replace("·", ""))
    found = _WRITTEN.fullmatch(written)
    if not found or not any(found.groups()[:3]):
        raise NotAnAmount(_("This is no amount: write it like %(how)s.") % {"how": measure.how})
    parts = zip(found.groups()[:3], (YI, WAN, 1), strict=True)
    return sum((Decimal(part) * size for part, size in parts if part), Decimal(0)), found[4] or ""


_MISTAKEN = {
    ("consumption", "capacity"): pgettext_lazy(
        "amount", "A kilowatt (kW) is power; the energy used in a year is counted in kilowatt hours (kWh)."
    ),
    ("capacity", "consumption"): pgettext_lazy(
        "amount", "A kilowatt hour (kWh) is energy; the power to be connected is counted in kilowatts (kW)."
    ),
    ("energy", "freight"): pgettext_lazy(
        "amount", "A ton weighs goods; an energy quota is counted in tons of standard coal (tce)."
    ),
    ("energy", "consumption"): pgettext_lazy(
        "amount", "An energy quota is counted in tons of standard coal (tce), not in kilowatt hours."
    ),
    ("discharge", "freight"): pgettext_lazy("amount", "Say how much it is in a year."),
    ("water", "freight"): pgettext_lazy("amount", "Say how much it is in a day."),
}


def _mistaken(measure: Measure, unit: str) -> str:
    """What the unit that was written measures, and what to write here."""
    meant = [other for other in MEASURES.values() if unit in other.worth]
    for other in meant:
        if why := _MISTAKEN.get((measure.code, other.code)):
            return f"{why} {_like(measure)}"
    what = {"unit": unit[:12], "measure": measure.label, "how": measure.how}
    if meant:
        return _("“%(unit)s” measures %(other)s, and this is about %(measure)s: write it like %(how)s.") % (
            what | {"other": meant[0].label}
        )
    return _("“%(unit)s” is no unit of %(measure)s: write it like %(how)s.") % what


def _like(measure: Measure) -> str:
    return _("Write it like %(how)s.") % {"how": measure.how}


def _plain(number: Decimal, *, grouped: bool = False) -> str:
    text = f"{number:,f}" if grouped else f"{number:f}"
    whole, _point, rest = text.partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole
