"""What a cell means. A reader takes what was written with the column's header, and gives the value or says what is wrong.

Days and months without a year are of the year of the day on which the file is read. Nothing is guessed beyond that:
what can be meant in two ways is refused with both ways named.
"""

import calendar
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from tisu.foundation import money
from tisu.foundation.listed import listed
from tisu.foundation.sheets import words
from tisu.foundation.textnorm import clean_text, narrow, search_form, to_simplified

EXCEL_BEGINS = date(1899, 12, 30)
SERIALS = range(20_000, 80_000)  # 1954 to 2119: a date whose cell lost its format
FORMULA = "="


class Given(NamedTuple):
    """A cell as it was written, what stands above its column, and the day on which the file is read."""

    text: str
    header: str
    today: date


class Misread(ValueError):
    """The message is a sentence: what is wrong and what to write instead."""


Reader = Callable[[Given], Any]


def text(most: int) -> Reader:
    """Words on one line, at most so many signs."""

    def read(given: Given) -> str:
        value = " ".join(clean_text(given.text).split())
        if len(value) > most:
            raise Misread(
                _("This has %(long)s signs and may have %(most)s: shorten it.")
                % {"long": len(value), "most": most}
            )
        return value

    return read


def words_of(most: int) -> Reader:
    """Words on as many lines as they were written, at most so many signs."""

    def read(given: Given) -> str:
        value = clean_text(given.text).strip()
        if len(value) > most:
            sentence = _("This has %(long)s signs and may have %(most)s: shorten it.")
            raise Misread(sentence % {"long": len(value), "most": most})
        return value

    return read


def name(most: int) -> Reader:
    """The name of a unit or a firm: in Simplified script, as it is registered, and without blanks between Han signs."""
    read = text(most)

    def read_name(given: Given) -> str:
        return words.BLANK_IN_HAN.sub("", to_simplified(read(given)))

    return read_name


def code(most: int) -> Reader:
    """Letters and digits, half-width. A long number that the spreadsheet rounded is refused, not taken."""

    def read(given: Given) -> str:
        value = narrow(clean_text(given.text)).replace(" ", "").strip()
        if "E+" in value.upper() and value.replace(".", "").upper().split("E+")[0].isdigit():
            raise Misread(
                _(
                    "The spreadsheet took this for a number and lost its last digits: format the column as text and type it anew."
                )
            )
        if len(value) > most:
            raise Misread(
                _("This has %(long)s signs and may have %(most)s: look whether two stand in one cell.")
                % {"long": len(value), "most": most}
            )
        return value

    return read


def whole(least: int = 0, most: int = 10**12) -> Reader:
    """A whole number, thousands grouped or not."""

    def read(given: Given) -> int:
        value = narrow(given.text).replace(",", "").replace(" ", "")
        if not value.lstrip("-").isdigit() or not least <= int(value) <= most:
            raise Misread(
                _("Write a whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
            )
        return int(value)

    return read


def yes(given: Given) -> bool:
    """是, 否, √, ×, 有, 无, Y, N, 1, 0."""
    value = search_form(given.text).strip()
    if value in words.YES:
        return True
    if value in words.NO:
        return False
    raise Misread(_("Write one of these: %(names)s.") % {"names": words.YES_OR_NO})


def choice(names: Mapping[str, Any]) -> Reader:
    """One of some words; `names` gives what each means. Compared without regard to script, width and blanks."""
    known = {search_form(name).replace(" ", ""): meaning for name, meaning in names.items()}

    def read(given: Given) -> Any:
        value = search_form(given.text).replace(" ", "")
        if value not in known:
            raise Misread(_("Write one of these: %(names)s.") % {"names": listed(names)})
        return known[value]

    return read


def yuan(given: Given) -> Decimal:
    """Money in yuan: its unit stands with the figure, or above the column as (万元)."""
    written = given.text
    unit = words.UNIT_OF_HEADER.search(narrow(given.header))
    if unit and narrow(written).replace(",", "").replace(".", "").strip().isdigit():
        written += words.UNITS[unit[1]]
    try:
        return money.parse_yuan(written)
    except money.NotMoney as fault:
        raise Misread(str(fault)) from fault


def day(given: Given) -> date:
    """2023-04-28, 2023.4.28, 2023年4月28日, 4月28日, 20230428, 5月底前, 2023年底; a date that became a number."""
    value = narrow(given.text).strip()
    for wording in (_day_in_full, _serial, _part_of_month, _end_of_year):
        if (found := wording(value, given.today)) is not None:
            return found
    raise Misread(_("This is no day: write it like %(how)s.") % {"how": words.A_DAY})


def month(given: Given) -> date:
    """The first day of the month: 2023-05, 2023年5月, 2023.5, 202305, 5月."""
    value = _with_year(narrow(given.text).strip(), given.today)
    found = words.MONTH_IN_ONE.fullmatch(value) or words.MONTH.fullmatch(value)
    if found and (first := _date(int(found[1] or given.today.year), int(found[2]), 1)):
        return first
    try:
        return day(given).replace(day=1)
    except Misread:
        raise Misread(_("This is no month: write it like %(how)s.") % {"how": words.A_MONTH}) from None


def _with_year(value: str, today: date) -> str:
    for word, away in words.YEARS_MEANT.items():
        value = value.replace(word, f"{today.year + away}{words.YEAR}")
    return value


def _day_in_full(value: str, today: date) -> date | None:
    value = _with_year(value, today)
    found = words.DAY_IN_ONE.fullmatch(value) or words.DAY.fullmatch(value)
    if not found:
        return None
    return _real(int(found[1] or today.year), int(found[2]), int(found[3]))


def _serial(value: str, today: date) -> date | None:
    return EXCEL_BEGINS + timedelta(int(value)) if value.isdigit() and int(value) in SERIALS else None


def _part_of_month(value: str, today: date) -> date | None:
    """The last day that is meant: 5月底前 is 31 May, 5月中旬 is the 20th. A bare 5月 is a month, not a day."""
    found = words.PART_OF_MONTH.fullmatch(_with_year(value, today))
    if not found or (found[3] is None and not value.endswith(words.BY)):
        return None
    year, number = int(found[1] or today.year), int(found[2])
    if not 1 <= number <= 12:
        return _real(year, number, 1)
    return _real(year, number, words.LAST_OF_PART.get(found[3]) or calendar.monthrange(year, number)[1])


def _end_of_year(value: str, today: date) -> date | None:
    found = words.PART_OF_YEAR.fullmatch(_with_year(value, today))
    return date(int(found[1]), 12, 31) if found else None


def _real(year: int, number: int, of_month: int) -> date:
    if (found := _date(year, number, of_month)) is None:
        raise Misread(_("There is no such day in the calendar: look at month and day."))
    return found


def _date(year: int, number: int, of_month: int) -> date | None:
    try:
        return date(year, number, of_month)
    except ValueError:
        return None
