"""Any sequence of acts: people, receipts, rules, time, the worker, notices and walls, in whatever order.

A Hypothesis state machine over the whole loop. After every step no matter stands in a state that has no meaning; what
was refused has left nothing; at the end every cached date follows from the facts, and every chain is whole.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from cast import COUNTY, SHANGHAI
from tisu.foundation import calendars, clock
from tisu.foundation.drafts import Draft
from tisu.foundation.worker import office_is_open
from tisu.inbox.models import Message
from tisu.loop.actions import ACTIONS
from tisu.loop.actor import Actor, person, reporter
from tisu.loop.actor import rule as standing_rule
from tisu.loop.chained import verify
from tisu.loop.faults import Refusal
from tisu.loop.models import Clock, ClockKind, Event, Judgement, Matter, Request, Wall, publish_type
from tisu.loop.parties import is_party
from tisu.loop.perform import perform
from tisu.loop.rebuild import differences
from tisu.loop.register import register_matter
from tisu.loop.room import ROOM
from tisu.loop.someone_left import someone_left
from tisu.loop.stages import CO_SETTLED, ENDED, SCREENED_OUT, AssignmentState, Stage
from tisu.loop.walls import kin_of, lift, recuse, wall_off
from tisu.voice.services import take_report

CAST = (
    "office", "office2", "office-lead", "supervisor", "leader", "secretary", "zhujian", "zhujian-head",
    "fagai", "fagai-head", "gongdian", "firm", "discipline", "nobody", "receipt", "rule",
)  # fmt: skip
BEGUN = datetime(2023, 4, 20, 9, 0, tzinfo=SHANGHAI)
LEADING_ON = {
    "request_approval", "approve", "assign", "accept", "co_done", "co_confirm", "co_waive", "submit", "begin_verification",
    "pass", "fail", "grant", "unmerge", "resume", "request_extension", "request_suspension", "reopen", "rate",
    "appeal_rating",
}  # fmt: skip
DECIDING = {"grant", "decline", "withdraw_request"}
MOST_ROWS = 2_000  # of one job at one go

# Which clocks may run at a stage, and which of them must (loop.md §1 and §2, point 7).
MAY_RUN: dict[str, set[str]] = {
    Stage.REGISTERED: {ClockKind.SCREEN},
    Stage.ASSIGNED: {ClockKind.ACCEPT, ClockKind.SOLVE, ClockKind.CO_OPERATE},
    Stage.IN_PROGRESS: {ClockKind.SOLVE, ClockKind.CO_OPERATE, ClockKind.REPORT},
    Stage.SUBMITTED: {ClockKind.VERIFY},
}
MUST_RUN: dict[str, set[str]] = {
    Stage.ASSIGNED: {ClockKind.SOLVE},
    Stage.IN_PROGRESS: {ClockKind.SOLVE},
    Stage.SUBMITTED: {ClockKind.VERIFY},
}
HANDLED = {Stage.ASSIGNED, Stage.IN_PROGRESS, Stage.SUBMITTED}
# What may still wait for a decision once a matter is closed.
WAITS_AFTER_CLOSE = {"rating_appeal", "fact_check"}

# --- What an act may be given ----------------------------------------------------------------------------

said = st.sampled_from(["已联系企业，约定上门时间。", "5月20日办结，许可证已发放企业。"])
days_given = st.sampled_from([1, 3, 15])
handling = st.sampled_from(["zhujian", "fagai", "gongdian"])
# What fits the field, whoever asks; `until`, `parent`, `unit` and `request` depend on the matter.
FITS: dict[str, st.SearchStrategy] = {
    "text": said, "reason": said, "opinion": said, "summary": st.just("5月20日办结，许可证已发放企业。"),
    "requirement": said, "facts": said, "rest": said, "texts": st.lists(said, min_size=2, max_size=3),
    "lead_unit": handling, "to": st.sampled_from(["jiwei", "信访局", ""]), "co_units": st.lists(handling, max_size=1),
    "accused_unit": st.sampled_from([None, None, "zhujian", "yingshangban"]),
    "responsible_unit": st.sampled_from([None, "zhujian"]), "suggested_unit": st.sampled_from([None, "fagai"]),
    "kind": st.sampled_from("AAAABGH"), "working_days": days_given, "unit": handling,
    "result": st.sampled_from(["resolved", "partly_resolved", "explained"]), "method": st.just("visit"),
    "solved": st.sampled_from(["yes", "no"]), "satisfaction": st.integers(1, 5),
    "carries": st.sampled_from(["", "", "urge", "escalate", "assign"]),
}  # fmt: skip
# And what does not, or seldom.
ODD = st.sampled_from([
    "", "　", "x" * 401, 0, -1, "３", 9_999, "no-such-unit", "duchashi", "yingshangban", "jiwei", "split",
    "2023-02-30", [], ["zhujian"], {"a": 1}, True, None,
])  # fmt: skip
likely_reason = st.sampled_from(["supplement", "hearing", "台风停工"])


class Sequence(RuleBasedStateMachine):
    """One county that is undone at the end. `self.now` is its clock."""

    def __init__(self, county: SimpleNamespace) -> None:
        super().__init__()
        self.county, self.now = county, BEGUN
        self.judged: dict[int, tuple] = {}
        self._all = transaction.atomic()
        self._all.__enter__()

    def teardown(self) -> None:
        """At the end of every sequence: the cache follows from the facts, and the chain is whole."""
        try:
            with clock.at(self.now):
                self._check()
                assert list(map(str, differences())) == []
                assert list(verify("", lambda read: None)) == []
        finally:
            transaction.set_rollback(True)
            self._all.__exit__(None, None, None)
            calendars.forget()

    # --- steps ---

    @initialize(
        needs_approval=st.booleans(), report_days=st.sampled_from([0, 3]), co_days=st.sampled_from([0, 2])
    )
    def begin(self, **rules: Any) -> None:
        with clock.at(self.now):
            publish_type(kind="task", valid_from=clock.today(), basis="试行", **rules)
            take_report(text="窗口来回跑了四趟。", anonymous=True)
            self._open("task")

    @rule(kind=st.sampled_from(["task", "report", "report of a firm"]))
    def open(self, kind: str) -> None:
        with clock.at(self.now):
            self._open(kind)

    def _open(self, kind: str) -> None:
        people = self.county.people
        if kind == "task":
            unit = self.county.units["yingshangban"].pk
            register_matter(
                kind="task", title="清理场地", text="三日内完成场地清理。", region=COUNTY,
                actor=person(people["office"]), opened_by_unit_id=unit, enterprise=self.county.firms[0],
            )  # fmt: skip
        else:
            user = people["firm"] if kind == "report of a firm" else None
            take_report(text="窗口来回跑了四趟。", anonymous=user is None, user=user)

    @rule(data=st.data(), acts=st.integers(1, 8))
    def proceed(self, data: st.DataObject, acts: int) -> None:
        """Some acts on one matter, each open to someone, with what it asks for."""
        key = self._matter(data).pk
        for _n in range(acts):
            with clock.at(self.now):
                matter = Matter.objects.select_related("matter_type").get(pk=key)
                if not (possible := self._possible(matter)):
                    return
                code = data.draw(st.sampled_from(possible))
                if actor := self._someone_who_may(code, matter, data):
                    self._try(matter, code, actor, self._fitting(code, matter, data))
            self.now += timedelta(hours=1)

    @rule(
        data=st.data(), name=st.sampled_from(CAST), code=st.sampled_from(list(ACTIONS)), stale=st.booleans()
    )
    def attempt(self, data: st.DataObject, name: str, code: str, stale: bool) -> None:
        """Anyone tries anything, with one thing left out or odd."""
        with clock.at(self.now):
            matter = self._matter(data)
            given = self._fitting(code, matter, data)
            if given:
                given[data.draw(st.sampled_from(sorted(given)))] = data.draw(ODD)
            self._try(matter, code, self._actor(name, matter), given, stale=stale)

    @rule(hours=st.sampled_from([1, 5, 24, 24, 49, 120, 400, -30]))
    def wait(self, hours: int) -> None:
        """Time passes; now and then the machine's clock is set back."""
        self.now = max(BEGUN, self.now + timedelta(hours=hours))

    @rule()
    def work(self) -> None:
        """The worker does what has come due, until nothing is left."""
        with clock.at(self.now):
            calendars.forget()
            for job in ROOM.jobs:
                rows = 0
                while not (job.quiet and not office_is_open()) and job.take():
                    rows += 1
                    assert rows < MOST_ROWS, job.code
            self._check()

    @rule(off=st.integers(1, 30), order=st.sampled_from(["", "", "县长批示"]), working=st.booleans())
    def publish(self, off: int, order: str, working: bool) -> None:
        """A county notice that takes a day off, or makes one a working day."""
        day = frozenset({self.now.date() + timedelta(days=off)})
        given = {"working": day} if working else {"off": day}
        with clock.at(self.now):
            try:
                calendars.publish(
                    Draft(
                        "overlay",
                        title="放假通知",
                        source="咸政办〔2023〕1号",
                        loaded_by="示例",
                        order=order,
                        **given,
                    )
                )
            except ValidationError:  # it says nothing new
                calendars.forget()

    @rule(
        data=st.data(),
        against=st.sampled_from(["zhujian", "fagai", "duchashi", "supervisor", "office", "leader"]),
    )
    def build_wall(self, data: st.DataObject, against: str) -> None:
        with clock.at(self.now):
            matter = data.draw(st.sampled_from(list(Matter.objects.order_by("pk"))))
            unit, user = self.county.units.get(against), self.county.people.get(against)
            try:
                with transaction.atomic(), someone_left(kin_of(matter)):
                    if (unit and against not in ("zhujian", "fagai")) or not user:
                        wall_off(matter, unit, reason="示例")
                    else:
                        recuse(matter, user, reason="示例")
            except ValidationError:  # nobody would be left to see to it
                pass
            self._check()

    @rule(data=st.data())
    def lift_wall(self, data: st.DataObject) -> None:
        with clock.at(self.now):
            if walls := list(Wall.objects.standing().filter(inherited_from=None).order_by("pk")):
                lift(data.draw(st.sampled_from(walls)))
            self._check()

    # --- one act ---

    def _actor(self, name: str, matter: Matter) -> Actor:
        if name in ("receipt", "rule"):
            return reporter(matter.pk) if name == "receipt" else standing_rule("test/1")
        return person(self.county.people[name])

    def _matter(self, data: st.DataObject) -> Matter:
        return data.draw(st.sampled_from(list(Matter.objects.select_related("matter_type").order_by("pk"))))

    def _possible(self, matter: Matter) -> list[str]:
        """Actions that start from here; those that lead on stand in it several times, so that sequences go far."""
        asked = any(row.is_waiting for row in matter.requests.all())
        starting = [code for code, action in ACTIONS.items() if action.step.starts_from(matter.stage)]
        found = [code for code in starting if asked or code not in DECIDING]
        return found + [code for code in found if code in LEADING_ON] * 3

    def _someone_who_may(self, code: str, matter: Matter, data: st.DataObject) -> Actor | None:
        first = data.draw(st.integers(0, len(CAST) - 1))
        for name in (*CAST[first:], *CAST[:first]):
            actor = self._actor(name, matter)
            if is_party(actor, matter, ACTIONS[code].parties):
                return actor
        return None

    def _fitting(self, code: str, matter: Matter, data: st.DataObject) -> dict[str, Any]:
        fields = [name for name in ACTIONS[code].form.base_fields if name != "documents"]
        given = {name: self._fit(name, code, matter, data) for name in fields}
        return {name: value for name, value in given.items() if value is not None}

    def _fit(self, name: str, code: str, matter: Matter, data: st.DataObject) -> Any:
        if name == "until":
            return (self.now.date() + timedelta(days=data.draw(st.integers(1, 40)))).isoformat()
        if name == "parent":
            return data.draw(st.sampled_from(list(Matter.objects.order_by("pk")))).number
        if name == "request":
            return data.draw(
                st.sampled_from([row.number for row in matter.requests.all() if row.is_waiting] or [1])
            )
        if name == "unit" and code.startswith("co_"):
            return data.draw(st.sampled_from([row.unit.code for row in matter.co_assignments] or ["fagai"]))
        if name == "reason" and code == "request_suspension":
            return data.draw(likely_reason)
        return data.draw(FITS[name]) if name in FITS else None

    def _try(
        self, matter: Matter, code: str, actor: Actor, given: dict[str, Any], *, stale: bool = False
    ) -> None:
        version = matter.version - stale if actor.user else None
        before = self._standing()
        try:
            with transaction.atomic():
                perform(matter.pk, code, actor=actor, data=given, expected_version=version)
        except Refusal as refusal:
            assert self._standing() == before, f"{code} was refused ({refusal}) and left something"
        self._check(matter.pk)

    def _standing(self) -> tuple:
        """What a refused act must leave as it was."""
        return (
            list(Matter.objects.order_by("pk").values_list("pk", "version", "stage", "due_at", "suspended_until")),
            list(Clock.objects.order_by("pk").values_list("pk", "stopped_at", "due_at", "alarm_at", "is_void")),
            list(Request.objects.order_by("pk").values_list("pk", "state")),
            Event.objects.count(), Message.objects.count(),
        )  # fmt: skip

    # --- what must hold ---

    def _check(self, *keys: int) -> None:
        """Of these matters, or of all."""
        matters = Matter.objects.select_related("matter_type")
        for matter in matters.filter(pk__in=keys) if keys else matters:
            faults = list(faults_of(matter))
            assert not faults, (matter.number, matter.stage, faults)
        self._check_judgements()

    def _check_judgements(self) -> None:
        """A closed verdict never moves (loop.md §3, point 6)."""
        rows = {
            row.pk: (row.verdict, row.due_at, row.stopped_at, row.calendar) for row in Judgement.objects.all()
        }
        moved = {pk for pk, said in self.judged.items() if rows.get(pk) != said}
        assert not moved
        self.judged = rows


def faults_of(matter: Matter) -> Iterator[str]:
    """What about a matter has no meaning, in words."""
    events = list(matter.events.values_list("seq", "version", "from_stage", "to_stage"))
    if [seq for seq, *_rest in events] != list(range(1, matter.version + 1)):
        yield "not one event for each version"
    if events[-1][3] != matter.stage or any(a[3] != b[2] for a, b in pairwise(events)):
        yield "the events do not lead to its stage"
    yield from _faults_of_parts(matter)
    yield from _faults_of_clocks(matter)
    yield from _faults_of_the_end(matter)
    if matter.suspended_until and matter.stage != Stage.IN_PROGRESS:
        yield "suspended while nobody handles it"


def _faults_of_parts(matter: Matter) -> Iterator[str]:
    current = [row for row in matter.assignments.all() if row.is_current]
    if sum(row.is_lead for row in current) != 1 and matter.stage in HANDLED:
        yield "not exactly one lead unit"
    if current and matter.stage in (Stage.DRAFT, Stage.PENDING_APPROVAL, Stage.REGISTERED):
        yield "someone handles it before it is assigned"
    if matter.stage == Stage.SUBMITTED and any(
        not row.is_lead and row.state not in CO_SETTLED for row in current
    ):
        yield "submitted over the head of a co-unit"
    if {row.unit_id for row in current} & matter.walled_units:
        yield "a unit handles what it must not see"


def _may_run(matter: Matter) -> set[str]:
    """Returned after a transfer, the limit of the whole runs on while the office decides anew (case 37)."""
    was_transferred = any(row.state == AssignmentState.TRANSFERRED for row in matter.assignments.all())
    runs_on = {ClockKind.SOLVE} if matter.stage == Stage.REGISTERED and was_transferred else set()
    return MAY_RUN.get(matter.stage, set()) | runs_on


def _faults_of_clocks(matter: Matter) -> Iterator[str]:
    running = list(matter.clocks.filter(stopped_at=None, is_void=False).values_list("kind", "assignment"))
    kinds = {kind for kind, _assignment in running}
    if len(running) != len(set(running)):
        yield "two clocks of one sort run"
    if beyond := kinds - _may_run(matter):
        yield f"runs and may not: {beyond}"
    if missing := MUST_RUN.get(matter.stage, set()) - kinds:
        yield f"does not run and must: {missing}"
    open_pauses = matter.clocks.filter(pauses__resumed_at=None, pauses__isnull=False, is_void=False)
    if open_pauses.exists() and not matter.suspended_until:
        yield "a pause that nobody can end"


def _faults_of_the_end(matter: Matter) -> Iterator[str]:
    waiting = set(matter.requests.filter(state="filed").values_list("kind", flat=True))
    if matter.stage in ENDED and waiting - (WAITS_AFTER_CLOSE if matter.stage == Stage.CLOSED else set()):
        yield f"ended, and still waits: {waiting}"
    if matter.stage == Stage.SUBMITTED and waiting - {"cancellation", "content_change"}:
        yield f"submitted, and still waits: {waiting}"
    if matter.stage == Stage.CLOSED and (matter.result not in SCREENED_OUT) != bool(matter.verdict):
        yield "closed without a verdict, or judged without being handled"
    if (matter.stage == Stage.CLOSED) != bool(matter.result and matter.closed_at):
        yield "a result before the end"
    seen, above = {matter.pk}, matter.merged_into
    while above is not None:
        if above.pk in seen or above.stage == Stage.MERGED:
            yield "merged in a circle, or into what is merged itself"
            return
        seen, above = seen | {above.pk}, above.merged_into
