"""Reckon the cases of docs/deadlines.md by the code that reckons deadlines: this rewrites them in place.

Each case is drawn as the weeks it runs over: a number for each day that counts, `·` for a day off, `p` for a day
of a pause, `s` for the start, and `•` for a working day that a limit in calendar days or months passes by.
"""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent.parent / "docs" / "deadlines.md"
BEGIN, END = "<!-- cases: written by tools/deadline_cases.py -->", "<!-- end of cases -->"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """A limit as it was given: when it started, how much of which unit, pauses, days granted; and why it is here."""

    title: str
    start: str
    amount: int
    why: str
    unit: str = "working_day"
    pauses: tuple[tuple[str, str], ...] = ()
    extended: int = 0


CASES = (
    Case("A complaint: 15 working days to handle it", "2023-04-20 10:00", 15,
         "Sunday 23 April and Saturday 6 May are worked; 29 April to 3 May are off. Both stand in one notice."),
    Case("Three days over New Year", "2025-12-31 09:00", 3,
         "The new year's notice takes three days off and makes Sunday 4 January a working day."),
    Case("Beyond the last notice", "2026-12-28 09:00", 5,
         "Nobody knows yet which days of 2027 are off: only weekends are left out, and the day is provisional."),
    Case("A notice that came after the date was told", "2019-04-26 09:00", 3,
         "On 22 March 2019 three more days off were announced, worked in on 28 April and 5 May. Loaded late, the notice "
         "would make this 30 April; 2 May had been told, so 2 May is kept."),
    Case("A pause over the Spring Festival", "2026-02-09 09:00", 10,
         "Paused on 12 February, resumed on the 28th: the day of resumption counts, days off in the pause cost "
         "nothing. Adding the sixteen days of the pause to the due day would give 16 March.",
         pauses=(("2026-02-12", "2026-02-28"),)),
    Case("Two pauses that overlap", "2026-03-02 09:00", 5,
         "Three days are out, not four: a day is taken out once.",
         pauses=(("2026-03-03", "2026-03-05"), ("2026-03-04", "2026-03-06"))),
    Case("Five days more, granted after the due day", "2026-02-13 09:00", 1,
         "Asked for on the due day, Saturday 14 February, decided on the 25th: it counts from the original due day.",
         extended=5),
    Case("Fifteen calendar days that end on a holiday", "2023-04-14 09:00", 15,
         "The fifteenth day is 29 April, the first of five days off: it moves on to 4 May.", unit="calendar_day"),
    Case("One month that ends on National Day", "2026-09-01 09:00", 1,
         "The matching day is 1 October, off until the 7th: it moves on to 8 October.", unit="month"),
    Case("Eight working hours before Labour Day", "2023-04-28 15:30", 8,
         "Two and a half hours are left of Friday; the other five and a half follow on Thursday 4 May.",
         unit="working_hour"),
)  # fmt: skip
UNITS = {
    "working_day": "working day",
    "calendar_day": "calendar day",
    "month": "month",
    "working_hour": "working hour",
}


def reckoned(case: Case) -> Any:
    """The deadline, from the same function as every clock of the house; the late notice is the one exception."""
    from tisu.foundation.workdays import official
    from tisu.loop.models import Clock
    from tisu.loop.reckoning import reckon

    row = Clock(started_at=_moment(case.start), amount=case.amount, unit=case.unit)
    pauses = tuple((_moment(f"{first} 09:00"), _moment(f"{last} 09:00")) for first, last in case.pauses)
    facts = {"pauses": pauses, "extended": case.extended, "warn_share": 0.2}
    now = reckon(row, official(), **facts)
    told = reckon(row, as_it_was_told(case), **facts)
    return replace(told, kept=True) if told.due_at > now.due_at else now


def as_it_was_told(case: Case) -> Any:
    """The calendar before the notice of 22 March 2019, for what started then; else the official one."""
    from tisu.foundation.workdays import official

    calendar = official()
    if not case.start.startswith("2019-04"):
        return calendar
    off = calendar.off - {date(2019, 5, 2), date(2019, 5, 3)}
    working = calendar.working - {date(2019, 4, 28), date(2019, 5, 5)}
    return replace(calendar, off=off, working=working)


def cases() -> str:
    return "\n".join(line for number, case in enumerate(CASES, start=1) for line in _told(number, case))


def _told(number: int, case: Case) -> Iterator[str]:
    found = reckoned(case)
    yield from (f"### {number}. {case.title}", "", "```text", *_weeks(case, found), "```", "")
    yield from (_sum(case, found), "", case.why, "")


def _sum(case: Case, found: Any) -> str:
    from tisu.foundation import clock

    terms = [f"from {_day(found.started_on)}" + ("" if case.unit == "working_hour" else " (not counted)")]
    terms.append(f"+ {case.amount} {UNITS[case.unit]}{'s' if case.amount > 1 else ''}")
    terms += [f"not counted {first} until {last}" for first, last in case.pauses]
    if case.extended:
        terms += [f"= {_day(found.original_due_on)}", f"+ {case.extended} working days granted"]
    due = f"{clock.local(found.due_at):%H:%M}" if case.unit == "working_hour" else "close of business"
    marks = [word for word, holds in (("provisional", found.provisional), ("kept", found.kept)) if holds]
    return f"{', '.join(terms)} = **{_day(found.due_on)}, {due}**" + "".join(f", {mark}" for mark in marks)


def _weeks(case: Case, found: Any) -> Iterator[str]:
    """From the Monday before the start to the Sunday after the due day."""
    calendar, counted = as_it_was_told(case), 0
    paused = {day for first, last in found.paused for day in _days(first, last - ONE_DAY)}
    signs = {}
    for day in _days(found.started_on, found.due_on):
        works = calendar.is_workday(day)
        counts = day > found.started_on and day not in paused and (works or case.unit == "calendar_day")
        counts = (
            counts and case.unit in ("working_day", "calendar_day") and counted < case.amount + case.extended
        )
        counted += counts
        signs[day] = str(counted) if counts else "p" if day in paused else "•" if works else "·"
    signs |= {found.due_on: f"[{signs[found.due_on]}]", found.started_on: "s"}
    yield " " * 13 + "".join(f"{name:>6}" for name in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
    monday = found.started_on - timedelta(days=found.started_on.weekday())
    while monday <= found.due_on:
        week = (f"{signs.get(monday + timedelta(days=place), ''):>6}" for place in range(7))
        yield f"{monday}   {''.join(week)}".rstrip()
        monday += timedelta(days=7)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=place) for place in range((last - first).days + 1))


def _day(day: date) -> str:
    return f"{day:%a} {day}"


def _moment(text: str) -> Any:
    from datetime import datetime

    from tisu.foundation import clock

    local = datetime.fromisoformat(text)
    return clock.moment(local.date(), local.time())


def with_cases(page: str) -> str:
    block = f"{BEGIN}\n\n{cases()}{END}"
    return re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _found: block, page, flags=re.DOTALL)


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tisu.settings")
    os.environ.setdefault("TISU_SECRET_KEY", "only-to-reckon")
    django.setup()
    PAGE.write_text(with_cases(PAGE.read_text("utf-8")), "utf-8")
    sys.stdout.write(f"{PAGE}\n")


if __name__ == "__main__":
    main()
