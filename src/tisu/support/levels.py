"""Who decides on an energy quota: a table with the day from which each threshold holds (domain.md M4)."""

from datetime import date

from tisu.support.factors import Basis, Factor, Level
from tisu.support.units import MEASURES

# From this day on, an annual consumption of so many tons of standard coal is examined by the province, counted by
# calorific value. The first row is the older rule, whatever day it came from.
PROVINCE_EXAMINES: tuple[tuple[date, int], ...] = ((date.min, 5_000), (date(2023, 6, 1), 10_000))


def threshold_on(day: date) -> int:
    """In smallest parts of the measure."""
    held = [tons for since, tons in PROVINCE_EXAMINES if since <= day]
    return held[-1] * MEASURES["energy"].one


def level_due(factor: str, amount: int | None, basis: str, day: date) -> str | None:
    """The level that the rule names, or None where it leaves it to whoever enters the request.

    By equivalent value electricity counts more than by calorific value, so such an amount may be above the threshold
    while the one that decides is not: then a person says.
    """
    if factor != Factor.ENERGY or amount is None or basis != Basis.CALORIFIC:
        return None
    return Level.PROVINCE if amount >= threshold_on(day) else None
