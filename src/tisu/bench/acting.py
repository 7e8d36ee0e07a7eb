"""One action through the one door, beside the bare writing of its rows in one transaction."""

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from tisu.accounts.models import User
from tisu.bench.figures import at_most, figure
from tisu.bench.timing import in_turn, milliseconds, p95, ratio
from tisu.foundation import clock
from tisu.foundation.models import SearchEntry
from tisu.loop.actor import person
from tisu.loop.findable import SEARCH_SUBJECT
from tisu.loop.models import Event, EventContent, Matter
from tisu.loop.perform import perform
from tisu.loop.stages import Stage

ACTION, TEXT = "report", "The site was measured, the drawings follow on Friday."
HANDLER = "gongdian"
TO_BARE = at_most(3)
MATTERS = 200


class Unknown(Exception):
    """The action writes a table that the bare writer does not know: the two no longer compare."""


def acting(seconds: float) -> dict[str, Any]:
    """Progress reported by the lead unit on a matter in progress: the action that is taken most often."""
    actor = person(User.objects.get(username=HANDLER))
    versions = _in_hand(actor.user)
    keys, others = (cycle(half) for half in _halves(list(versions)))

    def act() -> None:
        pk = next(keys)
        versions[pk] = perform(
            pk, ACTION, actor=actor, data={"text": TEXT}, expected_version=versions[pk]
        ).version

    with _written() as tables:
        act()
    bare = _bare_writer(tables)
    samples = in_turn({"own": act, "bare": lambda: bare(next(others), actor.user)}, seconds)
    return {
        "median": figure(milliseconds(samples["own"]), "ms"),
        "p95": figure(p95(samples["own"]), "ms"),
        "bare": figure(milliseconds(samples["bare"]), "ms"),
        "times_bare": figure(ratio(samples, "own", "bare"), "×", TO_BARE),
        "writes": sorted(tables),
        "runs": len(samples["own"]),
    }


def _in_hand(user: User) -> dict[int, int]:
    """Matters that this person's unit handles, each with the version it has."""
    units = user.holdings.values("post__unit")
    rows = Matter.objects.filter(stage=Stage.IN_PROGRESS, suspended_until=None)
    found = rows.filter(rows.assigned_to(units, is_lead=True)).order_by("pk")
    return dict(found.values_list("pk", "version")[:MATTERS])


def _halves(keys: list[int]) -> tuple[list[int], list[int]]:
    """Some for each way, so that neither writes what the other one reads."""
    return keys[::2], keys[1::2] or keys


@contextmanager
def _written() -> Iterator[set[str]]:
    """The tables that are written to meanwhile."""
    tables: set[str] = set()

    def keep(execute: Callable, sql: str, *more: Any) -> Any:
        words = sql.replace('"', " ").split()
        if words[0] in ("INSERT", "UPDATE", "DELETE"):
            tables.add(words[1] if words[0] == "UPDATE" else words[2])
        return execute(sql, *more)

    with connection.execute_wrapper(keep):
        yield tables


def _bare_writer(tables: set[str]) -> Callable[[int, User], None]:
    """What writes the same tables with nothing asked, checked or reckoned."""
    known = {model._meta.db_table: write for model, write in WRITERS.items()}
    if unknown := tables - set(known):
        raise Unknown(f"“{ACTION}” also writes {', '.join(sorted(unknown))}: teach the bare writer.")
    writers = [write for table, write in known.items() if table in tables]

    def write(pk: int, user: User) -> None:
        with transaction.atomic():
            seen: dict[str, Any] = {}
            for each in writers:
                each(pk, user, seen)

    return write


def _write_matter(pk: int, user: User, seen: dict[str, Any]) -> None:
    Matter.objects.filter(pk=pk).update(version=F("version") + 1)


def _write_event(pk: int, user: User, seen: dict[str, Any]) -> None:
    """At the end of the chain, which has to be looked up; what it says of the matter is made up."""
    last = (
        Event.objects.filter(matter=pk)
        .order_by("-seq")
        .values_list("seq", "chain", "version", "to_stage")
        .first()
    )
    seen["event"] = Event.objects.create(
        matter_id=pk,
        seq=last[0] + 1,
        action=ACTION,
        actor=user,
        signed="bench",
        at=clock.now(),
        to_stage=last[3],
        from_stage=last[3],
        version=last[2] + 1,
        cycle=1,
        digest=last[1],
        chain=last[1],
    )


def _write_content(pk: int, user: User, seen: dict[str, Any]) -> None:
    said = json.dumps({"text": TEXT})
    EventContent.objects.create(event=seen["event"], salt=secrets.token_hex(16), said=said)


def _write_entry(pk: int, user: User, seen: dict[str, Any]) -> None:
    SearchEntry.objects.filter(subject=SEARCH_SUBJECT, object_id=pk).update(tokens=F("tokens"))


WRITERS = {
    Matter: _write_matter,
    Event: _write_event,
    EventContent: _write_content,
    SearchEntry: _write_entry,
}
