"""Office hours as people write them (08:00-12:00 14:30-18:00; 5月1日至9月30日 08:00-12:00 15:00-18:00), turned into
the pairs that a notice of office hours is made of. What cannot be read is refused with its line."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tisu.foundation.textnorm import narrow

TO = r"\s*(?:-+|–|—+|~|至|到)\s*"
TIME = r"(\d{1,2})[::](\d{2})"
SESSION = re.compile(TIME + TO + TIME)
DAY = r"(\d{1,2})(?:月|-|/)(\d{1,2})日?"
SEASON = re.compile(rf"^\s*{DAY}{TO}{DAY}[::,]?\s*")
BETWEEN = re.compile(r"[\s,;、，；和]*")


def sessions_from(line: str) -> list[list[str]]:
    """The sessions of one line; ValidationError for anything else that stands in it."""
    text = narrow(line)
    found = SESSION.findall(text)
    if not found or BETWEEN.sub("", SESSION.sub("", text)):
        raise ValidationError(
            _("“%(line)s” cannot be read: write the hours like 08:00-12:00 14:30-18:00.")
            % {"line": line[:40]}
        )
    return [[f"{int(a):02}:{b}", f"{int(c):02}:{d}"] for a, b, c, d in found]


def seasons_from(text: str) -> list[dict[str, Any]]:
    """One season a line: its days, then its hours."""
    return [_season(line) for line in text.splitlines() if line.strip()]


def _season(line: str) -> dict[str, Any]:
    found = SEASON.match(narrow(line))
    if not found:
        raise ValidationError(
            _("“%(line)s” names no days: write a season like 05-01 - 09-30 08:00-12:00 15:00-18:00.")
            % {"line": line[:40]}
        )
    first, last = (
        f"{int(month):02}-{int(day):02}" for month, day in (found.groups()[:2], found.groups()[2:])
    )
    return {"from": first, "to": last, "sessions": sessions_from(narrow(line)[found.end() :])}
