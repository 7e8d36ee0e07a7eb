"""What is wrong with a draft, in sentences. Nothing here asks the database: see calendars.check for the rest."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise

from django.utils.translation import gettext as _

from tisu.foundation.drafts import Draft, shown_range
from tisu.foundation.models import CalendarNotice, NoticeKind
from tisu.foundation.officehours import OfficeHours, Season, Session
from tisu.foundation.tally import SATURDAY
from tisu.foundation.textnorm import clean_text
from tisu.foundation.yearly import FIRST_YEAR, LAST_YEAR, Yearly

AROUND_NEW_YEAR = timedelta(
    days=12
)  # the holiday of New Year and its make-up days reach into a neighbour year
STATUTORY = ((1, 1), (5, 1), (10, 1))  # days off in every year's arrangement, whatever weekday they are
MOST_DAYS_NAMED = 366
MOST_DAYS_RECURRING = 31
MOST_SESSIONS = 4


def faults_of(draft: Draft) -> Iterator[str]:
    yield from _of_words(draft)
    yield from _of_region(draft.region)
    yield from _of_days(draft)
    yield from _of_recurring(draft.recurring or ())
    if draft.hours is not None:
        yield from _of_hours(draft.hours)
    if draft.kind == NoticeKind.YEAR:
        yield from _of_year(draft)
    if draft.kind == NoticeKind.HOURS and draft.hours is None:
        yield _("This notice of office hours names no hours.")
    if draft.kind == NoticeKind.OVERLAY and not draft.off | draft.working and draft.recurring is None:
        yield _("This notice names no day: give days off or working days.")


def _of_words(draft: Draft) -> Iterator[str]:
    if not draft.title.strip() or not draft.source.strip():
        yield _(
            "Say where this comes from: the number or the title of the notice. A day off without it cannot be checked."
        )
    for name in ("title", "source", "order", "loaded_by"):
        text, most = getattr(draft, name), CalendarNotice._meta.get_field(name).max_length
        if len(text) > most:
            yield _("“%(start)s…” is too long: give at most %(most)s characters.") % {
                "start": text[:30],
                "most": most,
            }
        if clean_text(text) != text:
            yield _("“%(start)s…” holds signs that cannot be shown: type it anew.") % {
                "start": clean_text(text)[:30]
            }
    if not draft.loaded_by.strip():
        yield _("Nobody signs this notice: say who loads it.")


def _of_region(region: str) -> Iterator[str]:
    if region and not (region.isascii() and region.isdigit() and 2 <= len(region) <= 12):
        yield _("“%(region)s” is no region: give its code of 2 to 12 digits, like 422826.") % {
            "region": region
        }


def _of_days(draft: Draft) -> Iterator[str]:
    if len(draft.off | draft.working) > MOST_DAYS_NAMED:
        yield _("One notice names at most %(most)s days, not %(days)s.") % {
            "most": MOST_DAYS_NAMED,
            "days": len(draft.off | draft.working),
        }
    for day in sorted(draft.off & draft.working):
        yield _("%(day)s is named as a day off and as a working day: keep one of the two.") % {"day": day}
    strange = {day for day in draft.off | draft.working if not FIRST_YEAR <= day.year <= LAST_YEAR}
    for day in sorted(strange)[:3]:
        yield _("%(day)s lies outside of the years %(first)s to %(last)s.") % {
            "day": day,
            "first": FIRST_YEAR,
            "last": LAST_YEAR,
        }


def _of_year(draft: Draft) -> Iterator[str]:
    """A year's arrangement is whole, of its own year, and its make-up days lie on weekends."""
    if draft.year is None or not FIRST_YEAR <= draft.year <= LAST_YEAR:
        yield _("The year of this arrangement is missing: paste the notice with its title.")
        return
    first, last = date(draft.year, 1, 1) - AROUND_NEW_YEAR, date(draft.year, 12, 31) + AROUND_NEW_YEAR
    for day in sorted(day for day in draft.off | draft.working if not first <= day <= last):
        yield _("%(day)s does not belong to %(year)s: a year's notice names days of its own year.") % {
            "day": day,
            "year": draft.year,
        }
    for day in sorted(day for day in draft.working if day.weekday() < SATURDAY):
        yield _("%(day)s is no Saturday or Sunday: it needs no make-up work. Check the day.") % {"day": day}
    for day in (date(draft.year, *each) for each in STATUTORY):
        if (day.weekday() < SATURDAY and day not in draft.off) or day in draft.working:
            yield _(
                "%(day)s would be a working day: the arrangement of %(year)s is not whole. "
                "Give all of it; days beside it belong to a notice of their own."
            ) % {"day": day, "year": draft.year}


def _of_recurring(recurring: Iterable[Yearly]) -> Iterator[str]:
    ranges = list(recurring)
    for one, other in combinations(ranges, 2):
        if one.month_days & other.month_days:
            yield _("The yearly days off %(one)s and %(other)s overlap.") % {
                "one": shown_range(one),
                "other": shown_range(other),
            }
    days = sum(len(each.month_days) for each in ranges)
    if days > MOST_DAYS_RECURRING:
        yield _("These are %(days)s days off every year: at most %(most)s can be right.") % {
            "days": days,
            "most": MOST_DAYS_RECURRING,
        }


def _of_hours(hours: OfficeHours) -> Iterator[str]:
    yield from _of_sessions(hours.base)
    for season in hours.seasons:
        yield from _of_sessions(season.sessions)
    yield from _of_seasons(hours.seasons)


def _of_seasons(seasons: Iterable[Season]) -> Iterator[str]:
    for one, other in combinations(seasons, 2):
        if one.range.month_days & other.range.month_days:
            yield _("The seasons %(one)s and %(other)s overlap: one day has one set of hours.") % {
                "one": shown_range(one.range),
                "other": shown_range(other.range),
            }


def _of_sessions(sessions: tuple[Session, ...]) -> Iterator[str]:
    if not 1 <= len(sessions) <= MOST_SESSIONS:
        yield _("A working day has from 1 to %(most)s sessions, not %(given)s.") % {
            "most": MOST_SESSIONS,
            "given": len(sessions),
        }
    for opens, closes in sessions:
        if closes <= opens:
            yield _("The hours %(opens)s to %(closes)s close before they open.") % {
                "opens": f"{opens:%H:%M}",
                "closes": f"{closes:%H:%M}",
            }
    for (_opens, closes), (opens, _closes) in pairwise(sessions):
        if opens < closes:
            yield _("The hours overlap: one session ends at %(closes)s, the next begins at %(opens)s.") % {
                "closes": f"{closes:%H:%M}",
                "opens": f"{opens:%H:%M}",
            }
