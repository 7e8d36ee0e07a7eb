"""The calendar of a region, from the built-in years and the notices that were loaded.

A version names a calendar for good: `cn-2026` is what came with the program, `cn-2026+3` that and the notices 1 to
3. Which version is the newest is read once per request and thread; what was built for a version is kept for as
long as the process lives, under the digest of all its notices.
"""

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signals import request_started
from django.db import connection, transaction
from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.digests import salted_digest
from tisu.foundation.draft_faults import faults_of
from tisu.foundation.drafts import Draft, content_of, days_of, hours_of, recurring_of
from tisu.foundation.layers import built_in, laid
from tisu.foundation.models import CalendarNotice
from tisu.foundation.prepared import Prepared
from tisu.foundation.workdays import Calendar, count_workdays

Mark = tuple[int, str]  # number and digest of the newest notice

VERSION = re.compile(r"cn-(\d{4})(?:\+([1-9]\d{0,8}))?")
FEWEST_WORKDAYS = 200  # a year has some 250
LOCK = 8_260_201  # any number that nobody else locks by

_seen = threading.local()


def current_version() -> str:
    return _named(_newest_year(), _mark()[0])


def calendar_of(region: str = "", version: str = "") -> Calendar:
    """The newest calendar of a region, or the one that `version` names, exactly as it was.

    ValueError for a version that is not known here.
    """
    year, number = _read(version) if version else (_newest_year(), _mark()[0])
    return _calendar(_mark(), year, number, _covering(_mark(), region, number))


def versions_since(version: str) -> tuple[CalendarNotice, ...]:
    """The notices by which the calendar became a newer one than this, oldest first."""
    return notices_between(version, current_version())


def notices_between(older: str, newer: str) -> tuple[CalendarNotice, ...]:
    """The notices by which one version became another, oldest first."""
    first, last = _read(older)[1], _read(newer)[1]
    return tuple(each for each in _notices(_mark()) if first < each.number <= last)


def notices_of(region: str = "") -> tuple[CalendarNotice, ...]:
    """The notices that hold for a region, oldest first."""
    return tuple(each for each in _notices(_mark()) if each.covers(region))


def notices_behind(region: str, calendar: Calendar, first: date, last: date) -> list[str]:
    """What the days from `first` to `last` rest on in this calendar: the notice of each year, and what lies over it."""
    number = _read(calendar.version)[1]
    loaded = [as_draft(each) for each in notices_of(region) if each.number <= number]
    years = {year: draft for year, draft in built_in().items() if first.year <= year <= last.year}
    years |= {draft.year: draft for draft in loaded if draft.year and first.year <= draft.year <= last.year}
    over = [draft for draft in loaded if not draft.year and _speaks_of(draft, first, last)]
    return [draft.source for draft in [*(years[year] for year in sorted(years)), *over]]


def _speaks_of(draft: Draft, first: date, last: date) -> bool:
    return bool(draft.recurring or draft.hours) or any(
        first <= day <= last for day in draft.off | draft.working
    )


def draft_calendar(draft: Draft, region: str = "") -> Calendar:
    """What a region's calendar would be with this notice; nothing is written."""
    year, number = _newest_year(), _mark()[0]
    covering = _covering(_mark(), region, number)
    drafts = [as_draft(each) for each in _notices(_mark()) if each.number in covering]
    if region.startswith(draft.region):
        drafts.append(draft)
    return laid(_named(year, number + 1), year, drafts)


def check(draft: Draft) -> None:
    """ValidationError with every sentence that speaks against publishing this notice."""
    faults = list(faults_of(draft))
    if not faults:
        faults = list(_faults_beside_the_calendar(draft))
    if faults:
        raise ValidationError(faults)


@transaction.atomic
def publish(draft: Draft) -> CalendarNotice:
    """Write a notice down as the next version. ValidationError when it cannot be."""
    _lock()
    forget()
    check(draft)
    number, digest = _mark()
    notice = CalendarNotice(
        number=number + 1,
        kind=draft.kind,
        year=draft.year,
        region=draft.region,
        title=draft.title,
        source=draft.source,
        issued_on=draft.issued_on,
        content=content_of(draft),
        loaded_at=clock.now(),
        loaded_by=draft.loaded_by,
        order=draft.order,
    )
    notice.digest = _digest(notice, digest)
    notice.save()
    forget()
    return notice


def forget(**_signal: Any) -> None:
    """Ask the database again which version is the newest: at each request, and between the worker's jobs."""
    vars(_seen).clear()


request_started.connect(forget, dispatch_uid="tisu.foundation.calendars")


def as_draft(notice: CalendarNotice) -> Draft:
    """What a stored notice says."""
    return Draft(
        kind=notice.kind,
        title=notice.title,
        source=notice.source,
        year=notice.year,
        region=notice.region,
        issued_on=notice.issued_on,
        off=days_of(notice.content, "off"),
        working=days_of(notice.content, "working"),
        recurring=recurring_of(notice.content),
        hours=hours_of(notice.content),
        order=notice.order,
        loaded_by=notice.loaded_by,
    )


def _faults_beside_the_calendar(draft: Draft) -> Iterator[str]:
    """A gap in the years, a calendar that nobody could work by, or a notice that says nothing new."""
    now, then = calendar_of(draft.region), draft_calendar(draft, draft.region)
    first, last = now.coverage_start.year, now.coverage_end.year
    if draft.year and not first - 1 <= draft.year <= last + 1:
        yield _("The calendar covers %(first)s to %(last)s: load %(missing)s first.") % {
            "first": first,
            "last": last,
            "missing": last + 1 if draft.year > last else first - 1,
        }
        return
    for year in sorted(_years_touched(draft, then)):
        days = count_workdays(date(year - 1, 12, 31), date(year, 12, 31), then)
        if days < FEWEST_WORKDAYS:
            yield _("In %(year)s only %(days)s working days would be left: check the days off.") % {
                "year": year,
                "days": days,
            }
    ordered = bool(draft.order) and draft.order not in {each.order for each in _notices(_mark())}
    if replace(then, version=now.version) == now and not ordered:
        yield _("The calendar (%(version)s) says all of this already: there is nothing to load.") % {
            "version": now.version
        }


def _years_touched(draft: Draft, calendar: Calendar) -> set[int]:
    years = {day.year for day in draft.off | draft.working}
    return years | ({calendar.coverage_end.year + 1} if draft.recurring else set())


_NEWEST = Prepared(lambda: CalendarNotice.objects.order_by("-number").values_list("number", "digest")[:1])


def _mark() -> Mark:
    if not hasattr(_seen, "mark"):
        _seen.mark = _NEWEST.first() or (0, "")
    return _seen.mark


@lru_cache(maxsize=8)
def _notices(mark: Mark) -> tuple[CalendarNotice, ...]:
    return tuple(CalendarNotice.objects.filter(number__lte=mark[0]).order_by("number")) if mark[0] else ()


@lru_cache(maxsize=4096)
def _covering(mark: Mark, region: str, number: int) -> tuple[int, ...]:
    """By number, so that towns for which the same notices hold share one calendar."""
    return tuple(each.number for each in _notices(mark) if each.number <= number and each.covers(region))


@lru_cache(maxsize=256)
def _calendar(mark: Mark, year: int, number: int, covering: tuple[int, ...]) -> Calendar:
    drafts = [as_draft(each) for each in _notices(mark) if each.number in covering]
    return laid(_named(year, number), year, drafts)


def _newest_year() -> int:
    return max(built_in())


def _named(year: int, number: int) -> str:
    return f"cn-{year}+{number}" if number else f"cn-{year}"


def _read(version: str) -> tuple[int, int]:
    found = VERSION.fullmatch(version)
    year, number = (int(found[1]), int(found[2] or 0)) if found else (0, 0)
    if year not in built_in() or number > _mark()[0]:
        raise ValueError(_("There is no calendar “%(version)s” here.") % {"version": version})
    return year, number


def _digest(notice: CalendarNotice, before: str) -> str:
    said = {field.attname: getattr(notice, field.attname) for field in notice._meta.fields}
    said |= {"digest": before}
    return salted_digest(b"", json.dumps(said, sort_keys=True, ensure_ascii=False, default=str).encode())


def _lock() -> None:
    """One notice at a time; on SQLite the transaction itself is the lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
