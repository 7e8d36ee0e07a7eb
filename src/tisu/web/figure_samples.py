"""Synthetic values for the samples of figures and of what happened: a made-up firm's."""

from datetime import date
from typing import Any

from tisu.foundation.rooms import FirmEvent
from tisu.web.figurebars import Bar, BarGroup
from tisu.web.lanes import picture_of

SAID = ((2021, "actual", "1.86"), (2022, "target", "2.4"), (2022, "actual", "2.54"), (2023, "forecast", "3"))
RENT = FirmEvent(date(2021, 3, 1), "厂房租金减免", last=date(2024, 2, 28))
WORKS = (
    FirmEvent(date(2022, 11, 3), "用电报装", "#matter", date(2023, 2, 1)),
    FirmEvent(date(2023, 1, 5), "消防验收", "#matter", date(2023, 5, 30)),
)
CALLS = tuple(FirmEvent(date(2023, month, 9), "走访") for month in (1, 2, 2, 3, 3, 3, 3, 3, 5))
LANES = (("benefits", "政策", (RENT,)), ("matters", "事项", WORKS), ("visits", "走访", CALLS))


def context(today: date) -> dict[str, Any]:
    years = [
        Bar(f"{year}年", status, int(float(amount) * 100), f"{amount}亿元") for year, status, amount in SAID
    ]
    rows = [
        {
            "day": each.day,
            "last": each.last,
            "kind": label,
            "label": each.label,
            "href": each.href,
        }
        for label, each in (("走访", CALLS[-1]), ("走访", CALLS[3]), ("事项", WORKS[1]))
    ]
    return {
        "statements": ("actual", "forecast", "target"),
        "figure_bars": [
            BarGroup("年度", years),
            BarGroup("季度", [Bar("2023年一季度", "actual", 58, "5800万元")]),
        ],
        "picture": picture_of(LANES, today),
        "happenings": [{"month": date(2023, 5, 1), "heading": "2023年", "rows": rows}],
    }
