"""`tisu calendar load FILE` and `tisu calendar show`: the notices of the calendar, in and as they stand."""

import getpass
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from tisu.foundation import calendars, clock
from tisu.foundation.drafts import Draft, shown_hours, shown_range
from tisu.foundation.notices import MOST_BYTES, read_notice
from tisu.foundation.occupant import lacks_tables, place
from tisu.foundation.workdays import Calendar, count_workdays
from tisu.foundation.yearly import FIRST_YEAR, LAST_YEAR
from tisu.loop.preview import counted
from tisu.loop.publishing import publish_once
from tisu.loop.redating import moved_by


class Command(BaseCommand):
    help = "Load a notice of working days, or show the calendar."
    requires_system_checks: list = []

    def add_arguments(self, parser: Any) -> None:
        tasks = parser.add_subparsers(dest="task", required=True)
        load = tasks.add_parser("load", help="load a notice: its text, a table (CSV) or JSON")
        load.add_argument("file", help="the file, - for what is piped in")
        load.add_argument("--region", default="", metavar="CODE", help="for this region only, like 422826")
        load.add_argument("--source", default="", metavar="TEXT", help="number or title of the notice")
        load.add_argument(
            "--order", default="", metavar="TEXT", help="the leader's order to shorten told dates"
        )
        load.add_argument("--dry-run", action="store_true", help="say what it would do, write nothing")
        show = tasks.add_parser("show", help="the calendar of a year")
        show.add_argument("--region", default=settings.REGION, metavar="CODE")
        show.add_argument("--year", default=clock.today().year, type=int)

    def handle(self, *, task: str, **options: Any) -> None:
        try:
            if lacks_tables():
                _refuse(_("The database %(place)s lacks tables: run tisu init.") % {"place": place()})
            lines = _load(**options) if task == "load" else _show(options["region"], options["year"])
            for line in lines:
                self.stdout.write(line)
        except DatabaseError as fault:
            _refuse(_("The database cannot be used: %(fault)s") % {"fault": str(fault).strip()})
        except ValidationError as fault:
            _refuse("\n".join(fault.messages))


def _load(*, file: str, region: str, source: str, order: str, dry_run: bool, **options: Any) -> Iterable[str]:
    draft = read_notice(_content(file), region=region, source=source, order=order, loaded_by=_signature())
    calendars.check(draft)
    yield from _said(draft)
    yield from _moves(draft)
    if dry_run:
        yield _("Nothing was written: this was only tried.")
        return
    publish_once(draft, seen=calendars.current_version(), user=None)
    yield _("Loaded: the calendar is now %(version)s. The worker reckons the running limits anew.") % {
        "version": calendars.current_version()
    }


def _said(draft: Draft) -> Iterable[str]:
    """A draft in words, and what it makes of the years it speaks of."""
    issued = f", {draft.issued_on}" if draft.issued_on else ""
    yield f"{draft.title} ({draft.source}{issued})"
    yield _("For: %(region)s") % {"region": draft.region or _("everywhere")}
    calendar = calendars.draft_calendar(draft, draft.region)
    if draft.year:
        yield from _year_said(calendar, draft.year)
    else:
        yield from _days_said(draft.off, draft.working)
    if draft.recurring is not None:
        yield from _recurring_said(calendar)
    if draft.hours is not None:
        yield from _hours_said(calendar)
    if draft.order:
        yield _("Dates already told may come earlier, by order: %(order)s") % {"order": draft.order}


def _show(region: str, year: int) -> Iterable[str]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        _refuse(_("Name a year from %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR})
    calendar = calendars.calendar_of(region)
    yield _("Calendar %(version)s of %(region)s, covering %(first)s to %(last)s") % {
        "version": calendar.version,
        "region": region or _("everywhere"),
        "first": calendar.coverage_start,
        "last": calendar.coverage_end,
    }
    yield from _year_said(calendar, year)
    yield from _recurring_said(calendar)
    yield from _hours_said(calendar)
    for notice in calendars.notices_of(region):
        yield f"+{notice.number} {notice.title} ({notice.source}), {notice.loaded_by}, {clock.local_day(notice.loaded_at)}"


def _moves(draft: Draft) -> Iterable[str]:
    """Every open deadline that it moves, counted."""
    for group in counted(moved_by(draft, draft.region)):
        yield f"{group['label']}: {group['value']}"


def _year_said(calendar: Calendar, year: int) -> Iterable[str]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    if calendar.is_provisional(last):
        yield _("%(year)s is not announced yet: only weekends are known, dates are provisional.") % {
            "year": year
        }
    yield from _days_said(
        (day for day in calendar.off if first <= day <= last),
        (day for day in calendar.working if first <= day <= last),
    )
    yield _("Working days in %(year)s: %(days)s") % {
        "year": year,
        "days": count_workdays(date(year - 1, 12, 31), last, calendar),
    }


def _days_said(off: Iterable[date], working: Iterable[date]) -> Iterable[str]:
    yield _("Days off: %(days)s") % {"days": _listed(off)}
    yield _("Working days beside the week: %(days)s") % {"days": _listed(working)}


def _recurring_said(calendar: Calendar) -> Iterable[str]:
    for each in calendar.recurring:
        yield _("Off every year: %(range)s %(name)s") % {"range": shown_range(each), "name": each.name}


def _hours_said(calendar: Calendar) -> Iterable[str]:
    yield _("Office hours: %(hours)s") % {"hours": shown_hours(calendar.hours.base)}
    for season in calendar.hours.seasons:
        yield _("Office hours %(range)s: %(hours)s") % {
            "range": shown_range(season.range),
            "hours": shown_hours(season.sessions),
        }


def _listed(days: Iterable[date]) -> str:
    return " ".join(str(day) for day in sorted(days)) or _("none")


def _content(file: str) -> bytes:
    """As much of the file as is read at most, and one byte more, so that a larger one is known as such."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(MOST_BYTES + 1)
        with Path(file).open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as fault:
        _refuse(_("%(file)s cannot be read: %(fault)s") % {"file": file, "fault": fault})


def _signature() -> str:
    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # an account that has a number only
        name = str(os.getuid())
    return f"tisu calendar load ({name})"


def _refuse(sentences: str) -> NoReturn:
    raise CommandError(sentences, returncode=2)
