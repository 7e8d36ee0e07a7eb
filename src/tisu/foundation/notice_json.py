"""A notice as JSON: in the format of the calendar that comes with the program, or a single notice.

The calendar's format: `{"years": {"2027": {"notice", "source", "issued_on", "off": [day…], "working": [day…]}}}`;
years that the program has already are passed over. A single notice: the same keys and `"year"`, or without a year
days beside the arrangement, `"recurring": [{"from": "07-18", "to": "07-19", "name"}]`; or the office hours,
`"hours": {"base": [["08:00", "12:00"], …], "seasons": [{"from": "05-01", "to": "09-30", "sessions": […]}]}`.
"""

import json
import re
from collections import Counter
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tisu.foundation.drafts import Draft
from tisu.foundation.layers import built_in
from tisu.foundation.models import NoticeKind
from tisu.foundation.officehours import OfficeHours, Season, Session
from tisu.foundation.textnorm import clean_text
from tisu.foundation.yearly import LEAP_YEAR, MonthDay, Yearly

FILE_KEYS = {"version", "coverage_start", "coverage_end", "years"}
DAY_KEYS = {"notice", "source", "issued_on", "off", "working"}
NOTICE_KEYS = DAY_KEYS | {"year", "recurring", "hours"}


def read_json(text: str) -> Draft:
    try:
        data = json.loads(text, object_pairs_hook=_once)
    except ValueError as fault:
        raise _refused(_("This is no JSON: %(fault)s."), fault=fault) from None
    except RecursionError:
        raise _refused(_("This is no notice: its brackets are nested too deep.")) from None
    if not isinstance(data, dict):
        raise _refused(_("A notice in JSON is an object with keys, not a list."))
    return _one_year(data) if "years" in data else _notice(data, NOTICE_KEYS)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    for key, times in Counter(key for key, _value in pairs).items():
        if times > 1:
            raise _refused(_("The key “%(key)s” stands twice."), key=key)
    return dict(pairs)


def _one_year(data: dict[str, Any]) -> Draft:
    _check_keys(data, FILE_KEYS)
    if not isinstance(data["years"], dict) or not data["years"]:
        raise _refused(_("“years” holds no year."))
    drafts = [_year(key, entry) for key, entry in data["years"].items()]
    news = [draft for draft in drafts if not _is_built_in(draft)]
    if not news:
        raise _refused(_("All the years in this file came with the program already."))
    if len(news) > 1:
        raise _refused(
            _("This file holds several new years (%(years)s): load them one by one, the earliest first."),
            years=", ".join(str(draft.year) for draft in news),
        )
    return news[0]


def _year(key: str, entry: Any) -> Draft:
    if not re.fullmatch(r"[0-9]{4}", key):
        raise _refused(_("“%(key)s” is no year: write it with four digits."), key=key)
    if not isinstance(entry, dict):
        raise _refused(_("“%(key)s” holds no notice."), key=key)
    return _notice(entry | {"year": int(key)}, DAY_KEYS | {"year"})


def _is_built_in(draft: Draft) -> bool:
    known = built_in().get(draft.year or 0)
    return known is not None and (known.off, known.working) == (draft.days_off, draft.working)


def _notice(data: dict[str, Any], known: set[str]) -> Draft:
    _check_keys(data, known)
    year, hours = data.get("year"), data.get("hours")
    if year is not None and (not isinstance(year, int) or isinstance(year, bool)):
        raise _refused(_("“%(key)s” is no year: write it with four digits."), key=year)
    if hours is not None and data.keys() & {"year", "off", "working", "recurring"}:
        raise _refused(_("Office hours belong to a notice of their own, without days."))
    if year is not None and "recurring" in data:
        raise _refused(_("A year's arrangement has no yearly days off: load them as a notice of their own."))
    if year is not None and not {"off", "working"} <= data.keys():
        raise _refused(_("A year's arrangement names both “off” and “working”, be a list empty or not."))
    return Draft(
        kind=NoticeKind.HOURS if hours is not None else NoticeKind.YEAR if year else NoticeKind.OVERLAY,
        title=_words(data, "notice"),
        source=_words(data, "source"),
        year=year,
        issued_on=_day(data["issued_on"], "issued_on") if data.get("issued_on") else None,
        off=_days(data, "off"),
        working=_days(data, "working"),
        recurring=_recurring(data["recurring"]) if "recurring" in data else None,
        hours=_hours(hours) if hours is not None else None,
    )


def _check_keys(data: dict[str, Any], known: set[str]) -> None:
    for key in sorted(data.keys() - known):
        raise _refused(
            _("Nothing is known of the key “%(key)s”. There may be: %(known)s."),
            key=key,
            known=", ".join(sorted(known)),
        )


def _words(data: dict[str, Any], key: str) -> str:
    text = data.get(key, "")
    if not isinstance(text, str):
        raise _refused(_("“%(key)s” is no text."), key=key)
    return clean_text(text).strip()


def _days(data: dict[str, Any], key: str) -> frozenset[date]:
    given = _list(data.get(key, []), key)
    days = [_day(each, f"{key}[{place}]") for place, each in enumerate(given, 1)]
    for day, times in Counter(days).items():
        if times > 1:
            raise _refused(_("“%(key)s” names %(day)s twice."), key=key, day=day)
    return frozenset(days)


def _day(text: Any, where: str) -> date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except (TypeError, ValueError):
        pass
    raise _refused(
        _("%(where)s: “%(text)s” is no day. Write it like 2027-01-01."), where=where, text=_short(text)
    )


def _recurring(given: Any) -> tuple[Yearly, ...]:
    return tuple(
        _range(each, f"recurring[{place}]", {"from", "to", "name"})
        for place, each in enumerate(_list(given, "recurring"), 1)
    )


def _range(each: Any, where: str, known: set[str]) -> Yearly:
    if not isinstance(each, dict) or not {"from", "to"} <= each.keys():
        raise _refused(_("%(where)s needs “from” and “to”, like 05-01 and 09-30."), where=where)
    _check_keys(each, known)
    first, last = (_month_day(each[end], f"{where}.{end}") for end in ("from", "to"))
    return Yearly(first, last, _words(each, "name"))


def _month_day(text: Any, where: str) -> MonthDay:
    try:
        if re.fullmatch(r"[0-9]{2}-[0-9]{2}", text):
            day = date.fromisoformat(f"{LEAP_YEAR}-{text}")
            return day.month, day.day
    except (TypeError, ValueError):
        pass
    raise _refused(
        _("%(where)s: “%(text)s” is no day of a year. Write it like 05-01."), where=where, text=_short(text)
    )


def _hours(given: Any) -> OfficeHours:
    if not isinstance(given, dict) or "base" not in given:
        raise _refused(_("“hours” needs “base”, the sessions of the days outside of the seasons."))
    _check_keys(given, {"base", "seasons"})
    seasons = (
        Season(
            _range(each, f"seasons[{place}]", {"from", "to", "name", "sessions"}),
            _sessions(each.get("sessions"), f"seasons[{place}].sessions"),
        )
        for place, each in enumerate(_list(given.get("seasons", []), "seasons"), 1)
    )
    return OfficeHours(_sessions(given["base"], "base"), tuple(seasons))


def _sessions(given: Any, where: str) -> tuple[Session, ...]:
    sessions = []
    for place, each in enumerate(_list(given, where), 1):
        if not isinstance(each, list) or len(each) != 2:
            raise _refused(
                _("%(where)s: a session is a pair of times, like 08:00 and 12:00."), where=f"{where}[{place}]"
            )
        sessions.append((_time(each[0], f"{where}[{place}]"), _time(each[1], f"{where}[{place}]")))
    return tuple(sessions)


def _time(text: Any, where: str) -> time:
    try:
        if re.fullmatch(r"[0-9]{2}:[0-9]{2}", text):
            return time.fromisoformat(text)
    except (TypeError, ValueError):
        pass
    raise _refused(
        _("%(where)s: “%(text)s” is no time of day. Write it like 08:00."), where=where, text=_short(text)
    )


def _list(given: Any, where: str) -> list:
    if not isinstance(given, list):
        raise _refused(_("“%(key)s” is no list."), key=where)
    return given


def _short(given: Any) -> str:
    return str(given)[:40]


def _refused(sentence: str, **words: Any) -> ValidationError:
    return ValidationError(sentence % {name: clean_text(str(word)) for name, word in words.items()})
