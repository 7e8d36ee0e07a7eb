"""A notice as a table: one row for each day, columns 日期/date, 类型/kind (休/放假/off, 班/上班/working), 名称/name."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tisu.foundation.drafts import Draft
from tisu.foundation.models import NoticeKind
from tisu.foundation.textnorm import clean_text, narrow, to_simplified

DATE, KIND, NAME = "date", "kind", "name"
COLUMNS = {"日期": DATE, "date": DATE, "类型": KIND, "kind": KIND, "名称": NAME, "name": NAME}
KINDS = {"休": False, "放假": False, "off": False, "班": True, "上班": True, "working": True}
DAY = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日?)")
SEPARATORS = "\t;,"
MOST_FAULTS = 20

Row = tuple[int, dict[str, str]]


def looks_like_table(text: str) -> bool:
    return DATE in _columns(_first_line(text))


def read_table(text: str, *, is_year: bool) -> Draft:
    """A year's arrangement is of the year that most of its days belong to; the rest is refused later."""
    rows = list(_rows(text))
    faults: list[str] = []
    days: dict[date, bool] = {}
    for number, row in rows:
        try:
            day, works = _day(number, row[DATE]), _kind(number, row[KIND])
            if day in days:
                raise _refused(
                    number, DATE, _("%(day)s stands above already: keep one of the two.") % {"day": day}
                )
            days[day] = works
        except ValidationError as fault:
            faults += fault.messages
    if not rows:
        faults.append(_("There is no row below the columns: give one row for each day."))
    if faults:
        raise ValidationError(faults[:MOST_FAULTS])
    if is_year and True not in days.values():
        raise ValidationError(
            _(
                "This table has no make-up working day (班). If the year really has none, load it as JSON with “working”: []."
            )
        )
    return Draft(
        kind=NoticeKind.YEAR if is_year else NoticeKind.OVERLAY,
        title="",
        source="",
        year=_year(days) if is_year else None,
        off=frozenset(day for day, works in days.items() if not works),
        working=frozenset(day for day, works in days.items() if works),
    )


def _rows(text: str) -> Iterator[Row]:
    """Each row that holds anything, with the number that a spreadsheet shows."""
    separator = next((sign for sign in SEPARATORS if sign in _first_line(text)), ",")
    lines = csv.reader(clean_text(text).lstrip("\n").split("\n"), delimiter=separator, strict=True)
    begun = len(text) - len(text.lstrip("\n"))
    try:
        columns = _columns(separator.join(next(lines)))
        _check_columns(columns)
        for number, cells in enumerate(lines, 2):
            if any(cell.strip() for cell in cells):
                cells += [""] * (len(columns) - len(cells))
                yield (
                    number + begun,
                    {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name},
                )
    except csv.Error as fault:
        raise ValidationError(_("The table breaks off: %(fault)s.") % {"fault": fault}) from None


def _columns(line: str) -> list[str]:
    cells = re.split(f"[{SEPARATORS}]", _plain(line))
    return [COLUMNS.get(cell.strip(' "'), "") for cell in cells]


def _check_columns(columns: list[str]) -> None:
    for name, shown in ((DATE, "日期/date"), (KIND, "类型/kind")):
        if columns.count(name) != 1:
            raise ValidationError(
                _("Row 1 must have the column “%(column)s” once. The columns are 日期, 类型 and 名称.")
                % {"column": shown}
            )


def _day(number: int, text: str) -> date:
    found = DAY.fullmatch(_plain(text))
    try:
        if found:
            year, month, day = (int(part) for part in found.groups() if part)
            return date(year, month, day)
    except ValueError:
        pass
    raise _refused(number, DATE, _("“%(text)s” is no day. Write it like 2027-01-01.") % {"text": text[:40]})


def _kind(number: int, text: str) -> bool:
    try:
        return KINDS[_plain(text)]
    except KeyError:
        raise _refused(
            number, KIND, _("“%(text)s” is neither 休 (off) nor 班 (working).") % {"text": text[:40]}
        ) from None


def _year(days: dict[date, bool]) -> int:
    return Counter(day.year for day in days).most_common(1)[0][0]


def _plain(text: str) -> str:
    return to_simplified(narrow(clean_text(text))).strip().lower()


def _first_line(text: str) -> str:
    return text.lstrip().split("\n", 1)[0].rstrip("\r")


def _refused(row: int, column: str, sentence: str) -> ValidationError:
    names = {DATE: "日期", KIND: "类型"}
    return ValidationError(
        _("Row %(row)s, column %(column)s: %(sentence)s")
        % {"row": row, "column": names[column], "sentence": sentence}
    )
