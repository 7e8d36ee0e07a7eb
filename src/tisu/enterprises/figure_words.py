"""What a page says of a firm's figures and of what it was granted: bars for each measure, rows of a table.

An amount never comes without the word for what sort of figure it is: `told()` gives both together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tisu.enterprises.amounts import Measure
from tisu.enterprises.models import Benefit, Enterprise, Figure, Statement
from tisu.enterprises.periods import FINE, Grain
from tisu.foundation import clock
from tisu.foundation.listed import listed_apart
from tisu.foundation.money import yuan_words
from tisu.web.figurebars import Bar, BarGroup
from tisu.web.templatetags.web import iso_date

MOST_BARS = {Grain.YEAR: 8, Grain.SO_FAR: 2, Grain.QUARTER: 8, Grain.MONTH: 12}


@dataclass(frozen=True)
class Told:
    """One measure of a firm as a picture, with the sentence that it answers."""

    measure: str
    label: str
    answer: str
    groups: list[BarGroup]


def told(figure: Figure) -> str:
    """2023年 预计 超过5亿元: never the amount alone."""
    words = {
        Statement.ACTUAL: _("%(period)s: %(amount)s (actual)"),
        Statement.FORECAST: _("%(period)s: %(amount)s (forecast)"),
        Statement.TARGET: _("%(period)s: %(amount)s (target)"),
    }
    said = {"period": figure.period.words(), "amount": figure.amount.words(figure.measure)}
    return words[Statement(figure.status)] % said


def pictures_of(firm: Enterprise, figures: Iterable[Figure], urls: dict[int, str]) -> list[Told]:
    """A picture for each measure that has figures, in the order of the measures; `urls` lead on from a bar."""
    order = {measure: place for place, measure in enumerate(Measure)}
    rows = sorted(figures, key=lambda row: (order[row.measure], FINE[row.grain], row.last, row.status))
    return [
        _picture(measure, list(found), urls) for measure, found in groupby(rows, key=lambda row: row.measure)
    ]


def _picture(measure: str, rows: list[Figure], urls: dict[int, str]) -> Told:
    """Years and years so far are measured against each other, quarters with quarters, months with months."""
    coarse = [row for row in rows if row.grain in (Grain.YEAR, Grain.SO_FAR)]
    coarse.sort(key=lambda row: (row.last, row.status))
    kinds = (
        (pgettext("figures", "years"), coarse[-MOST_BARS[Grain.YEAR] :]),
        (
            pgettext("figures", "quarters"),
            [row for row in rows if row.grain == Grain.QUARTER][-MOST_BARS[Grain.QUARTER] :],
        ),
        (
            pgettext("figures", "months"),
            [row for row in rows if row.grain == Grain.MONTH][-MOST_BARS[Grain.MONTH] :],
        ),
    )
    groups = [BarGroup(label, [_bar(row, urls) for row in found]) for label, found in kinds if found]
    return Told(measure, str(Measure(measure).label), _answer(rows), groups)


def _bar(row: Figure, urls: dict[int, str]) -> Bar:
    return Bar(row.period.words(), row.status, row.value, row.amount.words(row.measure), urls.get(row.pk, ""))


def _answer(rows: list[Figure]) -> str:
    """The last that happened and the next that is expected, each with its word."""
    actual = [row for row in rows if row.status == Statement.ACTUAL]
    ahead = [row for row in rows if row.status != Statement.ACTUAL and row.last >= clock.today()]
    said = [max(actual, key=lambda row: (row.last, -FINE[row.grain]))] if actual else []
    said += [min(ahead, key=lambda row: (row.last, row.status))] if ahead else []
    return listed_apart([told(row) for row in said])


# --- What was granted ---


def term_of(benefit: Benefit) -> str:
    """From when to when; of what is known by its years only the years."""
    first, last = _day(benefit, benefit.first), benefit.last and _day(benefit, benefit.last)
    if first == last:
        return first
    return f"{first} – {last}" if last else _("since %(day)s") % {"day": first}


def _day(benefit: Benefit, day) -> str:
    return f"{day:%Y}" if benefit.whole_years else iso_date(day)


def value_of(benefit: Benefit) -> str:
    return "" if benefit.value is None else yuan_words(benefit.value)


def state_of(benefit: Benefit) -> str:
    if benefit.runs:
        return _("runs")
    return _("ahead") if benefit.first > clock.today() else _("ended")
