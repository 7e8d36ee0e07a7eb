"""What the events of erasures tell: read as it stands, because someone may have altered it (docs/audit.md)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from tisu.audit.facts import raw_column, read_raw
from tisu.audit.said import as_object
from tisu.audit.telling import Erasure
from tisu.loop.models import Event
from tisu.loop.models.event import ERASE

SLICE = 500  # erasures read at once
AFTER_ALL = 2**63 - 1


class Told(NamedTuple):
    """What one erasure says: its rule, who applied it, and the places (seq) of the events that it emptied."""

    rule: str
    by: str
    places: Sequence[int]


def erasure_in(said: Any) -> Told | None:
    """What an event says, when it is what erasures say."""
    match as_object(said):
        case {"rule": str(rule), "by": str(by), "events": list(places)}:
            return Told(rule, by, places) if all(type(place) is int for place in places) else None
    return None


def erasures(only: str) -> Iterator[Erasure]:
    """Newest first. Before there was a chain, some told nothing: they are passed over."""
    after = AFTER_ALL
    while rows := _slice(only, after):
        for _pk, chain, at, said in rows:
            if as_object(said) != {}:
                told = erasure_in(said)
                yield Erasure(_text(chain), *_told(told, _moment(at)), is_readable=told is not None)
        after = rows[-1][0]


def _told(told: Told | None, at: datetime | None) -> tuple:
    return (told.rule, told.by, at, told.places) if told else ("", "", at, ())


def _slice(only: str, after: int) -> list[tuple]:
    at = raw_column(Event._meta.get_field("at"), "e")
    of = " AND m.number = %s" if only else ""
    return read_raw(
        f"SELECT e.id, m.number, {at}, c.said FROM loop_event e JOIN loop_matter m ON m.id = e.matter_id"
        " JOIN loop_eventcontent c ON c.event_id = e.id WHERE e.action = %s AND c.said IS NOT NULL"
        f" AND e.id < %s{of} ORDER BY e.id DESC LIMIT {SLICE}",
        [ERASE, after, *([only] if only else [])],
    )


def _moment(at: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(at)).replace(tzinfo=UTC)
    except ValueError:
        return None


def _text(chain: Any) -> str:
    return str(chain).encode("utf-8", "replace").decode()
