"""Who may do what, when: every place a matter can be in × action × member of the cast, against one reviewed file.

A cell is the status that an attempt without data meets: 404 unseen, 403 not theirs, 409 not now, 422 theirs (and
something is missing), ok. Where a request waits, deciding names it, so that its cells say who decides which kind.
Whoever a line does not name meets 404. A place beside another (`in_progress+suspended`) lists only what is not the
same there. tools/rewrite_reviewed.py writes a deliberate change, to be read before it is kept.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from cast import COUNTY
from reviewed import agrees_with
from tisu.foundation import clock
from tisu.loop.actions import ACTIONS
from tisu.loop.actor import Actor, person, reporter, rule
from tisu.loop.faults import Refusal
from tisu.loop.models import Matter, publish_type
from tisu.loop.perform import perform
from tisu.loop.queries import MatterManager
from tisu.loop.register import register_matter
from tisu.loop.stages import Stage

CAST = (
    "office", "office-lead", "supervisor", "leader", "secretary", "zhujian", "zhujian-head", "fagai", "gongdian",
    "discipline", "firm", "firm2", "custodian", "admin", "security", "auditor", "nobody", "outsider",
)  # fmt: skip
DECIDING = ("grant", "decline", "withdraw_request")
# What waits while it is handled, and what may wait once it is closed; the lead unit asks, or the requester rates.
ASKED = {
    "extension": {"working_days": 3},
    "suspension": {"reason": "supplement", "until": "2023-06-05"},
    "transfer": {"unit": "gongdian"},
    "cancellation": {},
    "content_change": {"text": "五日内完成园区三号地块场地清理。"},
}


class _Undo(Exception):
    """Carries an attempt's outcome out of the savepoint that undoes it."""


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens in this block has not happened after it."""
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        pass


def attempt(actor: Actor, matter: Matter, action: str, data: dict) -> str:
    """The status of one attempt, undone again."""
    version = matter.version if actor.user else None
    try:
        with undone():
            perform(matter.pk, action, actor=actor, data=data, expected_version=version)
    except Refusal as refusal:
        return str(refusal.status)
    return "ok"


@pytest.fixture
def asked_once(monkeypatch) -> None:
    """Sight does not depend on the action, so it is asked once for each person and place, and remembered."""
    really, known = MatterManager.visible_to, {}

    def visible_to(matters, user):
        key = user.pk, *Matter.objects.order_by("pk").values_list("pk", "version")
        if key not in known:
            known[key] = list(really(matters, user).values_list("pk", flat=True))
        return matters.filter(pk__in=known[key])

    monkeypatch.setattr(MatterManager, "visible_to", visible_to)


@pytest.fixture
def cells(county, asked_once):
    """By action: `422 office supervisor · 403 leader …`, for one matter as it stands."""

    def _cells(matter: Matter, **deciding) -> dict[str, str]:
        matter = Matter.objects.get(pk=matter.pk)
        seeing = [(name, actor) for name, actor in _actors(county, matter) if _sees(actor, matter)]
        return {
            code: _grouped(seeing, matter, code, deciding if code in DECIDING else {}) for code in ACTIONS
        }

    return _cells


def _actors(county, matter: Matter) -> Iterator[tuple[str, Actor]]:
    """The cast, a standing rule, and whoever holds the matter's receipt."""
    yield from ((name, person(county.people[name])) for name in CAST)
    yield from (("rule", rule("test/1")), ("receipt", reporter(matter.pk)))


def _sees(actor: Actor, matter: Matter) -> bool:
    """Whoever does not see it meets 404 at the door, whatever they try."""
    seen = actor.user is None or Matter.objects.visible_to(actor.user).filter(pk=matter.pk).exists()
    assert seen or {attempt(actor, matter, code, {}) for code in ("urge", "no such action")} == {"404"}
    return seen


def _grouped(seeing: Iterable[tuple[str, Actor]], matter: Matter, code: str, data: dict) -> str:
    met: dict[str, list[str]] = {}
    for name, actor in seeing:
        met.setdefault(attempt(actor, matter, code, data), []).append(name)
    met.pop("404", None)
    return " · ".join(f"{status} {' '.join(names)}" for status, names in sorted(met.items(), reverse=True))


def told(place: str, cells: dict[str, str], beside: dict[str, str] | None = None) -> list[str]:
    """The lines of one place, or those of them that differ from the place beside it."""
    return [
        f"{place} {code} | {cell or 'nobody'}"
        for code, cell in cells.items()
        if beside is None or beside[code] != cell
    ]


# --- The places ------------------------------------------------------------------------------------------


@pytest.fixture
def of_a_firm(county):
    """Whose matter it is, so that the requester has a line too."""

    def _of_a_firm(matter: Matter) -> Matter:
        matter.requester = county.people["firm"]
        matter.save(update_fields=["requester"])
        return matter

    return _of_a_firm


@pytest.fixture
def waiting_for_approval(act, county, of_a_firm) -> Iterator[tuple[str, Matter]]:
    """A task whose type asks for 立项: as its author left it, and before the leader."""
    publish_type(kind="task", valid_from=clock.today(), basis="试行", needs_approval=True)
    matter = of_a_firm(register_matter(
        kind="task", title="示例", text="示例", region=COUNTY, actor=person(county.people["office"]),
        opened_by_unit_id=county.units["yingshangban"].pk,
    ))  # fmt: skip
    return ((code, act("office", matter, code) if code else matter) for code in ("", "request_approval"))


def test_equals_the_reviewed_table(act, ask, at_stage, task, county, of_a_firm, cells, waiting_for_approval):
    of_a_firm(task)
    lines = []
    for _code, matter in waiting_for_approval:
        lines += told(matter.stage, cells(matter))
    lines += told(Stage.REGISTERED, cells(task))
    lines += told(Stage.ASSIGNED, cells(at_stage("assigned", co_units=["fagai"])))
    lines += _handled(at_stage("in_progress"), act, ask, cells)
    act("zhujian", task, "co_waive", unit="fagai", reason="已由本局办完。")
    lines += told(Stage.SUBMITTED, cells(at_stage("submitted")))
    lines += _closed(at_stage("closed"), act, ask, cells)
    assert agrees_with("permission_table.txt", lines) == []


def _handled(matter: Matter, act, ask, cells) -> Iterator[str]:
    plain = cells(matter)
    yield from told(matter.stage, plain)
    for kind, data in ASKED.items():
        with undone():
            deciding = {"request": ask("zhujian", matter, kind, **data), "reason": "示例", "opinion": "同意"}
            yield from told(f"{matter.stage}+{kind}", cells(matter, **deciding), plain)
            if kind == "suspension":
                act("supervisor", matter, "grant", request=deciding["request"])
                yield from told(f"{matter.stage}+suspended", cells(matter), plain)
            if kind == "cancellation":
                act("leader", matter, "grant", request=deciding["request"])
                yield from told(Stage.CANCELLED, cells(matter))
    with undone():
        other = register_matter(kind="report", title="示例", text="示例", region=COUNTY, actor=rule("test/1"))
        act("supervisor", matter, "merge", parent=other.number)
        yield from told(Stage.MERGED, cells(matter))


def _closed(matter: Matter, act, ask, cells) -> Iterator[str]:
    plain = cells(matter)
    yield from told(matter.stage, plain)
    act("firm", matter, "rate", solved="no", satisfaction=1)
    number = matter.requests.get(kind="fact_check").number
    yield from told(f"{matter.stage}+fact_check", cells(matter, request=number, reason="示例"), plain)
    act("office", matter, "grant", request=number)
    act("zhujian", matter, "appeal_rating", reason="企业评错了对象。")
    number = matter.requests.get(kind="rating_appeal").number
    yield from told(f"{matter.stage}+rating_appeal", cells(matter, request=number, reason="示例"), plain)
