"""The cells of the heat map: shape and word in each, so that colour alone says nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from tisu.liaison.compliance import Compliance, Line
from tisu.liaison.obligations import Outcome
from tisu.liaison.periods import Month, months_in
from tisu.promises.rates import Quarter

# What a month is: shape, word. What a quarter is says its own words.
MONTH = {
    Outcome.MET: ("●", pgettext_lazy("month", "in touch")),
    Outcome.MISSED: ("■", pgettext_lazy("month", "missed")),
    Outcome.OPEN: ("◔", pgettext_lazy("month", "open")),
    Outcome.EXCUSED: ("○", pgettext_lazy("month", "excused")),
}
QUARTER = {
    Outcome.MET: ("●", pgettext_lazy("quarter", "on site")),
    Outcome.MISSED: ("■", pgettext_lazy("quarter", "missed")),
    Outcome.OPEN: ("◔", pgettext_lazy("quarter", "open")),
    Outcome.EXCUSED: ("○", pgettext_lazy("quarter", "excused")),
}
ON_SITE = _("with on-site work")


@dataclass(frozen=True)
class HeatCell:
    """`kind` is the outcome, or none where nothing is owed; `label` names the column where there is no head."""

    label: str
    kind: str = "none"
    shape: str = "·"
    word: Any = ""
    on_site: bool = False
    is_quarter: bool = False


def head_of(quarters: Sequence[Quarter]) -> list[dict[str, Any]]:
    return [
        {"label": label, "is_quarter": is_quarter}
        for quarter in quarters
        for label, is_quarter in (
            *((_month_name(month), False) for month in months_in(quarter)), (_quarter_name(quarter), True),
        )
    ]  # fmt: skip


def rows_of(found: Compliance, quarters: Sequence[Quarter], lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [
        {
            "post": line.post,
            "firm": line.firm,
            "cells": [cell for quarter in quarters for cell in _cells(line, quarter, found.today)],
        }
        for line in lines
    ]


def _cells(line: Line, quarter: Quarter, today: date) -> list[HeatCell]:
    months = [_month(line, month, today) for month in months_in(quarter)]
    outcome = line.outcome(quarter, today)
    shape, word = QUARTER.get(outcome, ("·", ""))
    return [*months, HeatCell(_quarter_name(quarter), outcome or "none", shape, word, is_quarter=True)]


def _month(line: Line, month: Month, today: date) -> HeatCell:
    outcome = line.outcome(month, today)
    shape, word = MONTH.get(outcome, ("·", ""))
    label = date_format(month.first, pgettext("month", "M"))
    return HeatCell(label, outcome or "none", shape, word, on_site=bool(line.on_site(month)))


def _month_name(month: Month) -> str:
    return date_format(month.first, pgettext("month", "M Y"))


def _quarter_name(quarter: Quarter) -> str:
    return pgettext("quarter", "Q%(number)d %(year)d") % {"number": quarter.number, "year": quarter.year}
