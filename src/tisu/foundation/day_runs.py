"""Runs of days in a Chinese sentence and what is said of them: 1月1日(周四)至3日(周六)放假调休,共3天.

A run counts when the very words behind it say that one is off or works. Nothing is guessed: `leftover` is what of a
sentence still names a day after all its runs are taken out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

_NOTE = r"(?:\([^()]{0,24}\))?"
_FIRST = rf"(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}(?:日|(?=[-~至到])){_NOTE}"
_NEXT = rf"(?:\d{{4}}年)?(?:\d{{1,2}}月)?\d{{1,2}}日{_NOTE}"
_TO = r"起?(?:至|到|-+|~)"
_AND = r"[、,和及与]"
_OFF = "放假|补休|公休|休息|休假|(?:为[\u4e00-\u9fff、]{0,12}?)?法定节假日"
_WORKING = "上班|补班"
_RUN = re.compile(
    rf"(?<![至到~\d-])(?P<days>{_FIRST}(?:(?:{_TO}|{_AND}){_NEXT})*)(?:全[县市州省区镇乡国])?"
    rf"(?:统一|正常|照常|全天|均|都|应|需|为)*(?:(?P<off>{_OFF})|{_WORKING})(?P<rest>[^。]*?)(?=\d{{1,2}}月\d|$)"
)
_MOVED = re.compile(r"调整?[至到](?=\d)")  # 1月2日公休日调至1月4日上班: no range
_SIGNATURE = re.compile(r"[厅府室会局办部组处院]\d{4}年\d{1,2}月\d{1,2}日(?![至到~、,(-])")
_NAMES_DAY = re.compile(r"\d{1,2}月\d{1,2}|\d日")
_PART = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日?(?:\(([^()]*)\))?")
_SEPARATOR = re.compile(f"({_TO})|{_AND}")
_COUNTED = re.compile(r"(\d{1,3})天")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_WEEKDAYS = {sign: place for place, sign in enumerate("一二三四五六日")} | {"天": 6}
LONGEST = 31
ONE_DAY = timedelta(days=1)


class Unreadable(Exception):
    """What cannot be right in a run of days, as a sentence."""


@dataclass(frozen=True)
class Run:
    days: tuple[date, ...]
    works: bool


def runs(sentence: str, year: int, *, after_new_year: bool) -> Iterator[Run]:
    """The runs of a sentence in a notice of that year. A December is the year's before in what begins with it."""
    for found in _RUN.finditer(_MOVED.sub("调,", sentence)):
        days = [day for span in _spans(found["days"], year, after_new_year) for day in span]
        counted = _COUNTED.search(found["rest"])
        if found["off"] and counted and int(counted[1]) != len(set(days)):
            raise Unreadable(
                _("“%(piece)s” names %(days)s days, not %(counted)s.")
                % {"piece": found[0].strip(",、"), "days": len(set(days)), "counted": counted[1]}
            )
        yield Run(tuple(days), works=not found["off"])


def leftover(sentence: str) -> bool:
    """Does the sentence name a day of which nothing is said that can be read? A signature's date is none."""
    rest = _RUN.sub(lambda found: found["rest"], _MOVED.sub("调,", sentence))
    return bool(_NAMES_DAY.search(_SIGNATURE.sub("", rest)))


def names_day(sentence: str) -> bool:
    return bool(_NAMES_DAY.search(sentence))


@dataclass(frozen=True)
class _Part:
    """A day as it is written: what is left out is None."""

    text: str
    year: int | None
    month: int | None
    day: int
    note: str


def _spans(text: str, year: int, after_new_year: bool) -> Iterator[tuple[date, ...]]:
    before: date | None = None
    for first, last in _pairs(text):
        begin, end = _years(first, last, before, year, after_new_year)
        first_day = _checked(first, begin, first.month or (before.month if before else 0))
        last_day = first_day if last is None else _checked(last, end, last.month or first_day.month)
        length = (last_day - first_day).days + 1
        if not 1 <= length <= LONGEST:
            raise Unreadable(
                _("“%(piece)s” is no holiday: it lasts %(days)s days.") % {"piece": text, "days": length}
            )
        before = last_day
        yield tuple(first_day + n * ONE_DAY for n in range(length))


def _pairs(text: str) -> Iterator[tuple[_Part, _Part | None]]:
    """First and last day of each span; a single day has no last."""
    parts, is_range, place = [], False, 0
    while place < len(text):
        found = _PART.match(text, place)
        year, month, day, note = found.groups()
        part = _Part(found[0], year and int(year), month and int(month), int(day), note or "")
        parts = [parts[-1], part] if is_range else [part]
        place = found.end()
        separator = _SEPARATOR.match(text, place)
        following = bool(separator and separator[1])
        if not following:
            yield parts[0], parts[1] if len(parts) > 1 else None
        is_range, place = following, separator.end() if separator else len(text)


def _years(
    first: _Part, last: _Part | None, before: date | None, year: int, after_new_year: bool
) -> tuple[int, int]:
    """The years of both ends: what is said, else the notice's; a range over New Year ends in it."""
    month = first.month or (before.month if before else 0)
    if last is None:
        if first.month is None and before:
            return before.year, before.year
        own = first.year or (year - 1 if after_new_year and month == 12 else year)
        return own, own
    turns = (last.month or month) < month
    if first.year:
        return first.year, last.year or first.year + turns
    end = last.year or (year if turns or not (after_new_year and month == 12) else year - 1)
    return end - turns, end


def _checked(part: _Part, year: int, month: int) -> date:
    """The day, unless there is none, or the weekday behind it is another's."""
    try:
        day = date(year, month, part.day)
    except ValueError:
        raise Unreadable(
            _("“%(piece)s”: there is no such day in %(year)s.") % {"piece": part.text, "year": year}
        ) from None
    said = _WEEKDAY.search(part.note)
    if said and _WEEKDAYS[said[1]] != day.weekday():
        raise Unreadable(
            _("“%(piece)s” is 星期%(weekday)s in %(year)s: check the day and the year.")
            % {"piece": part.text, "year": year, "weekday": "一二三四五六日"[day.weekday()]}
        )
    return day
