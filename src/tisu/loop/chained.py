"""The events of each matter as a chain of its own: how they are read and checked (docs/audit.md)."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext, gettext_lazy

from tisu.audit.chain import Break, Fault, Link, first_break, genesis
from tisu.audit.facts import columns, day_of, fact_fields, raw_column, read_raw
from tisu.audit.said import as_object
from tisu.audit.telling import first_fault, sentence
from tisu.foundation.digests import salted_digest
from tisu.foundation.rooms import Ledger
from tisu.loop.actions import ACTIONS
from tisu.loop.describe import WITHOUT_ACTION
from tisu.loop.erased import erasure_in, erasures
from tisu.loop.models import Event, EventContent, Matter
from tisu.loop.models.event import ERASE
from tisu.loop.stages import Result, Stage

SLICE = 400  # matters read at once
BEFORE_ALL = -(2**63)
FACTS = fact_fields(Event)
# A row as it is read: these columns, then the facts.
MATTER, NUMBER, RESULT, CHAIN, SALT, SAID, UNDER, BY, WHEN, SEQ = range(10)
ACTION, AT, FROM, TO, DIGEST = (
    SEQ + Event.FACTS.index(name) for name in ("action", "at", "from_stage", "to_stage", "digest")
)
# Closed by the screening alone: these acts have one result each, and what they say does not repeat it.
RESULTS = {"hand_over": Result.HANDED_OVER, "refuse_acceptance": Result.NOT_ACCEPTED, "split": Result.SPLIT}


def links() -> QuerySet:
    return Event.objects.annotate(chain_name=F("matter__number"))


def words(chain: str, seq: int | None) -> str:
    if seq is None:
        return gettext("Matter %(number)s") % {"number": chain}
    return gettext("Matter %(number)s, event %(seq)s") % {"number": chain, "seq": seq}


def verify(only: str, seen: Callable[[int], None]) -> Iterator[tuple[str, str]]:
    """Each matter's first event that is not as it was written; then matters that their events do not bear out."""
    told, results = set(), []
    for rows in _slices(only):
        for _matter, grouped in groupby(rows, key=itemgetter(MATTER)):
            chain = list(grouped)
            if found := _fault(chain):
                told.add(found[0])
                yield found
            elif found := _other_result(chain):
                results.append(found)
        seen(len(rows))
    for found in (*_not_borne_out(only), *results):
        if found[0] not in told:
            told.add(found[0])
            yield found


# --- Reading -----------------------------------------------------------------------------------------------


def _slices(only: str) -> Iterator[list[tuple]]:
    """The events in order, some matters at a time: memory stays small, and each slice is one moment."""
    if only:
        yield read_raw(f"{_select()} WHERE m.number = %s ORDER BY e.seq", [only])
        return
    after = BEFORE_ALL
    while (last := _end_of_slice(after)) is not None:
        where = "WHERE e.matter_id > %s AND e.matter_id <= %s ORDER BY e.matter_id, e.seq"
        yield read_raw(f"{_select()} {where}", [after, last])
        after = last


def _end_of_slice(after: int) -> int | None:
    several = (
        f"SELECT DISTINCT matter_id FROM loop_event WHERE matter_id > %s ORDER BY matter_id LIMIT {SLICE}"
    )
    return read_raw(f"SELECT max(matter_id) FROM ({several}) AS several", [after])[0][0]


# PostgreSQL would read the whole table for each slice, unless it is told to look every row up.
JOINS = {
    "sqlite": "LEFT JOIN loop_matter m ON m.id = e.matter_id LEFT JOIN loop_eventcontent c ON c.event_id = e.id",
    "postgresql": (
        "LEFT JOIN LATERAL (SELECT number, result FROM loop_matter WHERE id = e.matter_id LIMIT 1) m ON true"
        " LEFT JOIN LATERAL (SELECT * FROM loop_eventcontent WHERE event_id = e.id LIMIT 1) c ON true"
    ),
}


def _select() -> str:
    erased_at = raw_column(EventContent._meta.get_field("erased_at"), "c")
    return (
        "SELECT e.matter_id, m.number, m.result, e.chain, c.salt, c.said, c.erased_under, c.erased_by,"
        f" {erased_at}, {columns(FACTS, 'e')} FROM loop_event e {JOINS[connection.vendor]}"
    )


# --- Checking ----------------------------------------------------------------------------------------------


def _fault(rows: list[tuple]) -> tuple[str, str] | None:
    number = rows[0][NUMBER]
    if number is None:
        lost = gettext("The matter with the key %(key)s is gone, and its events are not.")
        return str(rows[0][MATTER]), lost % {"key": rows[0][MATTER]}
    if broken := _broken(number, rows):
        return number, sentence(broken.fault, _words(number, broken, rows))
    return None


def _broken(number: str, rows: list[tuple]) -> Break | None:
    """The first event that is not as it was written. Where an erasure is not, it is named and not what it emptied:
    nothing else could account for that."""
    erased, links = _erased(rows), [Link(row[SEQ:], row[CHAIN]) for row in rows]
    said = [_said(row, erased) for row in rows]
    broken = first_fault(genesis(number), links, said)
    if broken and broken.fault in (Fault.EMPTIED, Fault.MISMARKED):
        excused = _excused(rows, said, first_break(genesis(number), links))
        return first_fault(genesis(number), links, excused) or broken
    return broken


def _excused(rows: list[tuple], said: Sequence[Fault | None], broken: Break | None) -> list[Fault | None]:
    """`said` without what events lack before the last erasure that is itself not as it was written."""
    wrong = {place for place, fault in enumerate(said) if fault} | ({broken.place} if broken else set())
    erasing = {place for place, row in enumerate(rows) if row[ACTION] == ERASE or erasure_in(row[SAID])}
    last = max((place for place in wrong & erasing), default=0)
    return [fault if place >= last or place in erasing else None for place, fault in enumerate(said)]


def _result_told(rows: list[tuple]) -> str | None:
    """The result that the events tell of; None when it was erased, or stands in what was written before it was told."""
    if rows[-1][TO] != Stage.CLOSED:
        return ""
    closing = next((row for row in reversed(rows) if row[FROM] != Stage.CLOSED), rows[0])
    return RESULTS.get(closing[ACTION]) or (as_object(closing[SAID]) or {}).get("result")


def _other_result(rows: list[tuple]) -> tuple[str, str] | None:
    """The matter has another result than the one its events tell of."""
    number, stands, told = rows[0][NUMBER], rows[0][RESULT], _result_told(rows)
    if told is None or told == stands:
        return None
    difference = gettext("%(matter)s has the result “%(result)s”, but its events tell of “%(told)s”.") % {
        "matter": words(number, None), "result": _result(stands), "told": _result(told),
    }  # fmt: skip
    return number, difference.encode("utf-8", "replace").decode()


def _result(code: str) -> str:
    return str(dict(Result.choices).get(code, code or "—"))


def _said(row: tuple, erased: dict[int, list[tuple]]) -> Fault | None:
    """What an event says fits its digest, or a later event of the chain tells that and how it was erased."""
    if row[SAID] is not None:
        if row[UNDER] or row[BY] or row[WHEN]:
            return Fault.MISMARKED
        return None if _fits(row) else Fault.REWORDED
    if row[SALT] is None or row[SEQ] not in erased:
        return Fault.EMPTIED
    noted = (row[UNDER], row[BY], row[WHEN])
    return None if noted in erased[row[SEQ]] and row[SALT] == "" else Fault.MISMARKED


def _fits(row: tuple) -> bool:
    try:
        return salted_digest(row[SALT].encode(), row[SAID].encode()) == row[DIGEST]
    except (UnicodeEncodeError, AttributeError, OverflowError):  # no text: forced into the column
        return False


def _erased(rows: list[tuple]) -> dict[int, list[tuple]]:
    """By the place of an event: rule, person and time of each erasure that a later event tells of."""
    erased: dict[int, list[tuple]] = {}
    for row in rows:
        if row[ACTION] == ERASE and row[SAID] is not None and _fits(row) and (told := erasure_in(row[SAID])):
            for place in told.places:
                if isinstance(row[SEQ], int) and place < row[SEQ]:
                    erased.setdefault(place, []).append((told.rule, told.by, row[AT]))
    return erased


def _words(number: str, broken: Break, rows: list[tuple]) -> str:
    if broken.place is None:
        return words(number, broken.seq)
    row = rows[broken.place]
    return gettext("Matter %(number)s, event %(seq)s (%(action)s, %(day)s)") % {
        "number": number,
        "seq": broken.seq,
        "action": _label(row[ACTION]),
        "day": day_of(row[AT]),
    }


def _label(code: str) -> str:
    return str(ACTIONS[code].label if code in ACTIONS else WITHOUT_ACTION.get(code, code))


def _not_borne_out(only: str) -> Iterator[tuple[str, str]]:
    """Matters at a stage or version that their last event does not tell of."""
    last = Event.objects.filter(matter=OuterRef("pk")).order_by("-seq")
    rows = Matter._base_manager.filter(**({"number": only} if only else {})).annotate(
        told_version=Subquery(last.values("version")[:1]), told_stage=Subquery(last.values("to_stage")[:1])
    )
    rows = rows.filter(
        Q(told_version=None) | ~Q(version=F("told_version")) | ~Q(stage=F("told_stage"))
    ).values_list("number", "stage", "version", "told_stage", "told_version")
    for number, *stands in read_raw(*rows.query.sql_with_params()):
        yield number, _difference(number, *stands).encode("utf-8", "replace").decode()


def _difference(
    number: str, stage: str, version: int, told_stage: str | None, told_version: int | None
) -> str:
    if told_version is None:
        return gettext("%(matter)s has no event: its chain was removed.") % {"matter": words(number, None)}
    return gettext(
        "%(matter)s stands at “%(stage)s”, version %(version)s, but its last event tells of “%(told_stage)s”, "
        "version %(told_version)s: an event is missing at the end, or the matter was changed without one."
    ) % {
        "matter": words(number, None),
        "stage": _stage(stage),
        "version": version,
        "told_stage": _stage(told_stage),
        "told_version": told_version,
    }


def _stage(code: str) -> str:
    return str(dict(Stage.choices).get(code, code))


LEDGER = Ledger("events", gettext_lazy("events of matters"), links, verify, words, erasures)
