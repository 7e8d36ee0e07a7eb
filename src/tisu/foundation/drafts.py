"""A notice before it is published: what it says, as values. Nothing here asks the database."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from tisu.foundation.models import NoticeKind
from tisu.foundation.officehours import OfficeHours, Season, Session
from tisu.foundation.tally import SATURDAY
from tisu.foundation.yearly import Yearly


@dataclass(frozen=True)
class Draft:
    """What a notice says. `recurring` and `hours` are None when it does not speak of them.

    `kind` is one of NoticeKind; a year's draft names its `year`. `loaded_by` is how its loading is signed.
    """

    kind: str
    title: str
    source: str
    year: int | None = None
    region: str = ""
    issued_on: date | None = None
    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    recurring: tuple[Yearly, ...] | None = None
    hours: OfficeHours | None = None
    order: str = ""
    loaded_by: str = ""

    @property
    def days_off(self) -> frozenset[date]:
        """Weekends are off anyway, so a year's days off are weekdays; beside it a make-up day may be named."""
        if self.kind != NoticeKind.YEAR:
            return self.off
        return frozenset(day for day in self.off if day.weekday() < SATURDAY)


def content_of(draft: Draft) -> dict[str, Any]:
    """The days and hours of a draft as they are stored, so that the very same draft can be read from them."""
    content: dict[str, Any] = {
        "off": [day.isoformat() for day in sorted(draft.off)],
        "working": [day.isoformat() for day in sorted(draft.working)],
    }
    if draft.recurring is not None:
        content["recurring"] = [_stored_range(each) for each in draft.recurring]
    if draft.hours is not None:
        content["hours"] = {
            "base": _stored_sessions(draft.hours.base),
            "seasons": [
                _stored_range(season.range) | {"sessions": _stored_sessions(season.sessions)}
                for season in draft.hours.seasons
            ],
        }
    return content


def days_of(content: dict[str, Any], what: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for day in content.get(what, ()))


def recurring_of(content: dict[str, Any]) -> tuple[Yearly, ...] | None:
    if "recurring" not in content:
        return None
    return tuple(_range(each) for each in content["recurring"])


def hours_of(content: dict[str, Any]) -> OfficeHours | None:
    if "hours" not in content:
        return None
    hours = content["hours"]
    seasons = (Season(_range(each), _sessions(each["sessions"])) for each in hours["seasons"])
    return OfficeHours(_sessions(hours["base"]), tuple(seasons))


def shown_range(each: Yearly) -> str:
    return "{from}/{to}".format(**_stored_range(each))


def shown_hours(sessions: tuple[Session, ...]) -> str:
    return " ".join("-".join(session) for session in _stored_sessions(sessions))


def _stored_range(each: Yearly) -> dict[str, str]:
    first, last = ("{:02}-{:02}".format(*end) for end in (each.first, each.last))
    return {"from": first, "to": last, "name": each.name}


def _stored_sessions(sessions: tuple[Session, ...]) -> list[list[str]]:
    return [[f"{at:%H:%M}" for at in session] for session in sessions]


def _range(stored: dict[str, Any]) -> Yearly:
    first, last = (tuple(map(int, stored[end].split("-"))) for end in ("from", "to"))
    return Yearly(first, last, stored["name"])


def _sessions(stored: list[list[str]]) -> tuple[Session, ...]:
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in stored)
