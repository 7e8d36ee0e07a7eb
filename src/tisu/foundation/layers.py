"""How notices lie on one another: from the years and the notices that hold for a region to its calendar.

A later notice of the same year replaces the earlier one for that year; so does a region's latest list of yearly
days off, and the latest office hours. Days beside the year's arrangement add up. What a smaller region says lies
on top of what a larger one says, and where two speak of one day the upper one is right.
"""

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from tisu.foundation.drafts import Draft
from tisu.foundation.models import NoticeKind
from tisu.foundation.officehours import ORDINARY
from tisu.foundation.tally import SATURDAY
from tisu.foundation.workdays import Calendar
from tisu.foundation.yearly import Yearly


@cache
def built_in() -> dict[int, Draft]:
    """The years that came with the program, each as its notice."""
    data = json.loads(Path(__file__).with_name("calendar_cn.json").read_text("utf-8"))
    return {
        int(year): Draft(
            kind=NoticeKind.YEAR,
            title=entry.get("notice", ""),
            source=entry["source"],
            year=int(year),
            issued_on=date.fromisoformat(entry["issued_on"]) if "issued_on" in entry else None,
            off=frozenset(map(date.fromisoformat, entry["off"])),
            working=frozenset(map(date.fromisoformat, entry["working"])),
        )
        for year, entry in data["years"].items()
    }


def laid(version: str, last_built_in: int, drafts: Iterable[Draft]) -> Calendar:
    """The calendar of built-in years up to one, and of notices of one region and those above it, oldest first."""
    upwards = sorted(drafts, key=lambda draft: len(draft.region))
    years = {year: draft for year, draft in built_in().items() if year <= last_built_in}
    years |= {draft.year: draft for draft in upwards if draft.kind == NoticeKind.YEAR}
    overlays = [draft for draft in upwards if draft.kind == NoticeKind.OVERLAY]
    days = _dated([years[year] for year in sorted(years)])
    recurring: list[Yearly] = []
    for region in sorted({draft.region for draft in overlays}, key=len):
        own = [draft for draft in overlays if draft.region == region]
        yearly = next((draft.recurring for draft in reversed(own) if draft.recurring is not None), ())
        days = {day: works for day, works in days.items() if not any(each.covers(day) for each in yearly)}
        days |= _dated(own)
        recurring += yearly
    return Calendar(
        version=version,
        coverage_start=date(min(years), 1, 1),
        coverage_end=date(_last_without_gap(years), 12, 31),
        off=frozenset(day for day, works in days.items() if not works and day.weekday() < SATURDAY),
        working=frozenset(day for day, works in days.items() if works),
        recurring=tuple(recurring),
        hours=next((draft.hours for draft in reversed(upwards) if draft.hours), ORDINARY),
    )


def _dated(drafts: Iterable[Draft]) -> dict[date, bool]:
    """Whether one works on the days that drafts name, the later draft being right."""
    days: dict[date, bool] = {}
    for draft in drafts:
        days |= dict.fromkeys(draft.off, False) | dict.fromkeys(draft.working, True)
    return days


def _last_without_gap(years: Iterable[int]) -> int:
    """A calendar covers what it covers without a gap, from its first year on."""
    known = set(years)
    return next(year for year in range(min(known), max(known) + 1) if year + 1 not in known)
