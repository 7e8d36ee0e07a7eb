"""Working days of the installation's region, for whoever plans with them.

Provisional depends on the loaded calendar, never on today.
"""

import datetime
import re
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from pydantic import BeforeValidator

from tisu.foundation.calendars import calendar_of
from tisu.foundation.textnorm import narrow
from tisu.foundation.workdays import MOST_DAYS, ONE_DAY, Calendar, add_workdays, count_workdays
from tisu.loop.faults import Unacceptable

router = Router(tags=["workdays"])


def read_day(typed: str) -> datetime.date:
    """2023-05-22 and nothing cleverer: a bare number is no day."""
    text = narrow(typed).strip()
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(_("Give the day as 2023-05-22."))


def read_number(typed: str) -> int:
    text = narrow(typed).strip()
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError(_("Give this as a whole number."))
    return int(text)


Day = Annotated[datetime.date, BeforeValidator(read_day)]
Days = Annotated[int, BeforeValidator(read_number), Field(ge=0, le=MOST_DAYS)]


class Reached(Schema):
    date: datetime.date
    provisional: bool


class Counted(Schema):
    days: int
    provisional: bool


@router.get("/workdays/add", response=Reached, summary="The nth working day after a day")
def add(request: HttpRequest, date: Day, days: Days) -> dict:
    """The start day is not counted; 0 days is the day itself or the next working day."""
    calendar = calendar_of(settings.REGION)
    try:
        reached = add_workdays(date, days, calendar)
    except ValueError as fault:
        raise Unacceptable(str(fault), {"date": [str(fault)]}) from fault
    first = date + ONE_DAY if days else date
    return {"date": reached, "provisional": _is_guessed(calendar, first, reached)}


@router.get("/workdays/between", response=Counted, summary="Working days after one day up to another")
def between(request: HttpRequest, start: Day, end: Day) -> dict:
    """The start day is not counted, the end day is."""
    if end < start:
        sentence = _("The end lies before the start: check the order of the two days.")
        raise Unacceptable(sentence, {"end": [sentence]})
    calendar = calendar_of(settings.REGION)
    first = start + ONE_DAY if start < end else end
    return {
        "days": count_workdays(start, end, calendar),
        "provisional": _is_guessed(calendar, first, end),
    }


def _is_guessed(calendar: Calendar, first: datetime.date, last: datetime.date) -> bool:
    """A day that counts lies outside of what the calendar covers, where only weekends are known."""
    return calendar.is_provisional(first) or calendar.is_provisional(last)
