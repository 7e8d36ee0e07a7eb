"""The pasted text of a notice, as the State Council writes one each year.

Read are its numbered sections (一、元旦:1月1日(周四)至3日(周六)放假调休,共3天。1月4日(周日)上班。), or where there are none
all its sentences. A day of which nothing can be read is refused with its sentence, so that nothing is passed over in
silence but what units are merely encouraged to do (鼓励…).
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tisu.foundation.day_runs import Run, Unreadable, leftover, names_day, runs
from tisu.foundation.drafts import Draft
from tisu.foundation.models import NoticeKind
from tisu.foundation.textnorm import narrow, readable

SECTION = re.compile(r"(?:^|[。:;])\(?[一二三四五六七八九十]{1,3}[、)]([^\d:。\n]{1,30}):", re.M)
TITLE = re.compile(r"(?:国务院办公厅)?关于[^。:,]{2,60}?的通知")
YEAR = re.compile(r"(?:关于|现将|现就)(?:调整|延长)?(\d{4})年")
YEAR_OF_DAY = re.compile(r"(\d{4})年\d{1,2}月\d{1,2}日")
NUMBER = re.compile(r"国办(?:发明电|发|函)[〔\[(]\d{4}[〕\])]第?\d{1,4}号")
OTHER_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,8}[〔\[(]\d{4}[〕\])]第?\d{1,4}号")
SIGNED = re.compile(r"(?:^|[厅府室会局办部组处院])(\d{4})年(\d{1,2})月(\d{1,2})日$", re.M)
YEARLY_TITLE, YEARLY_SECTIONS = "部分节假日安排", ("元旦", "国庆")
LONGEST_SENTENCE = 1_000
MOST_FAULTS = 20
ENCOURAGED = ("鼓励", "建议", "倡导")

Section = tuple[str, list[str]]  # its name and its sentences


def read_text(text: str) -> Draft:
    lines = re.sub(r"[—–−‐]+", "-", re.sub(r"[^\S\n]+", "", narrow(readable(text))))
    flat = lines.replace("\n", "")
    sections = list(_sections(lines))
    is_yearly = YEARLY_TITLE in flat or all(
        any(name in section for section, _sentences in sections) for name in YEARLY_SECTIONS
    )
    off, working = _days(sections, _year(flat, sections))
    year = _year(flat, sections) if is_yearly else None
    if year and not working:
        raise ValidationError(
            _(
                "No make-up working day (上班) is named. If the year really has none, load it as JSON with “working”: []."
            )
        )
    number = NUMBER.search(flat) or OTHER_NUMBER.search(lines)
    title = TITLE.search(flat)
    return Draft(
        kind=NoticeKind.YEAR if year else NoticeKind.OVERLAY,
        title=title[0] if title else "",
        source=number[0] if number else title[0] if title else "",
        year=year,
        issued_on=_issued_on(lines),
        off=off,
        working=working,
    )


def _sections(lines: str) -> Iterator[Section]:
    """The numbered sections by name; a text without any is one section without a name.

    Behind the last one stand wishes and the signature: it ends with the first sentence that names no day.
    """
    heads = list(SECTION.finditer(lines))
    if not heads:
        yield "", _sentences(lines)
        return
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        sentences = _sentences(lines[head.end() : following.start() if following else None])
        if following is None:
            end = next((n for n, each in enumerate(sentences) if n and not names_day(each)), None)
            sentences = sentences[:end]
        yield head[1], sentences


def _sentences(text: str) -> list[str]:
    return [each for each in re.split("[。;!]", text.replace("\n", "")) if each]


def _year(flat: str, sections: list[Section]) -> int:
    """The year that the title names, else the latest that a day names."""
    if said := YEAR.search(flat):
        return int(said[1])
    named = [
        year for _name, sentences in sections for each in sentences for year in YEAR_OF_DAY.findall(each)
    ]
    if not named:
        raise ValidationError(
            _("No year is named: paste the title too, like 国务院办公厅关于2027年部分节假日安排的通知.")
        )
    return max(map(int, named))


def _days(sections: list[Section], year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Days off and working days of all sections. ValidationError with every sentence that cannot be right."""
    faults: list[str] = []
    found: dict[bool, Counter] = {False: Counter(), True: Counter()}
    for name, sentences in sections:
        for works, days in _section_days(name, sentences, year, faults).items():
            found[works].update(days)
    faults += _twice(found)
    if not faults and not found[False] and not found[True]:
        faults.append(_("This text names no day of which it says 放假 or 上班."))
    if faults:
        raise ValidationError(faults[:MOST_FAULTS])
    return frozenset(found[False]), frozenset(found[True])


def _section_days(name: str, sentences: list[str], year: int, faults: list[str]) -> dict[bool, set[date]]:
    """The days of one section by whether one works; a day named again within it is the same day."""
    days: dict[bool, set[date]] = {False: set(), True: set()}
    crosses = "元旦" in name
    for sentence in sentences:
        if sentence.startswith(ENCOURAGED):
            continue
        try:
            for run in _runs(sentence, year, crosses):
                days[run.works].update(run.days)
                crosses = crosses or len({day.year for day in run.days}) > 1
        except Unreadable as fault:
            faults.append(str(fault))
    return days


def _runs(sentence: str, year: int, crosses: bool) -> Iterator[Run]:
    """All runs of a sentence, which must leave no day unsaid."""
    if len(sentence) > LONGEST_SENTENCE:
        raise Unreadable(_("“%(start)s…” is too long for a sentence.") % {"start": sentence[:40]})
    yield from runs(sentence, year, after_new_year=crosses)
    if leftover(sentence):
        raise Unreadable(
            _(
                "“%(sentence)s”: what is said of these days cannot be read. Write 放假 or 上班 right behind the days, "
                "or load them as a table."
            )
            % {"sentence": sentence[:120]}
        )


def _twice(found: dict[bool, Counter]) -> Iterator[str]:
    for days in found.values():
        for day in sorted(day for day, times in days.items() if times > 1):
            yield _("%(day)s is named in two sections: keep one of the two.") % {"day": day}


def _issued_on(lines: str) -> date | None:
    for year, month, day in reversed(SIGNED.findall(lines)):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None
