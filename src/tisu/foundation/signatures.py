"""How acts are signed: written in the language of the house, whichever the person acts in, and read in the reader's.

A signature is a post's name, which is data, or one of the few phrases that a room declares (`Room.signatures`), such as
“reporter” or “… (by secretary)”. What stands in a ledger stays as it was written; only its reading changes.
"""

import re
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation

from tisu.foundation.rooms import declared

_PLACE = re.compile(r"%\((\w+)\)s")


def as_written(words: Any) -> str:
    """A lazy phrase in the language of the house."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(words)


def as_read(signed: str) -> str:
    """A signature in the reader's language; what no room declares stays as it stands."""
    if translation.get_language() in (settings.LANGUAGE_CODE, None):
        return signed
    for written, phrase in _phrases():
        if found := written.fullmatch(signed):
            return (
                translation.gettext(phrase) % found.groupdict()
                if found.groupdict()
                else translation.gettext(phrase)
            )
    return signed


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    with translation.override(settings.LANGUAGE_CODE):
        return tuple((_pattern(translation.gettext(phrase)), phrase) for phrase in declared("signatures"))


def _pattern(written: str) -> re.Pattern[str]:
    literals = _PLACE.split(written)  # words and, at odd places, names of what stands between them
    parts = (f"(?P<{part}>.+)" if place % 2 else re.escape(part) for place, part in enumerate(literals))
    return re.compile("".join(parts), re.DOTALL)
