"""Two worlds that differ in one thing: whether matters stand in them that are walled off from whoever looks.

For every kind that a room declares, matters are taken along every course of the loop. The plain ones everyone of the
cast sees; the secret ones carry a mark in whatever was written about them. What the house has to say by itself (its
jobs, its letters) it has said by the time that the world is looked at.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.db import transaction

from cast import MONDAY
from tisu.foundation import clock, numbering
from tisu.foundation.rooms import declared
from tisu.inbox.models import Destination
from tisu.loop.actor import person
from tisu.loop.models import Matter, Wall, publish_type
from tisu.loop.perform import perform
from tisu.voice.services import answer_as_requester, reply, take_report

MARK, PLAIN_WORDS = "墙内密语", "寻常之言"
PINYIN = "qnmy"  # of the mark
SECRET, PLAIN = "ZZZZZ", "AAAAA"  # how the numbers of each begin
REASON = "近亲属在该单位任职"
BEGUN, LATE = MONDAY - timedelta(days=7), MONDAY - timedelta(days=19)
DRAFTED = MONDAY - timedelta(hours=1)
NOW = MONDAY + timedelta(days=1, minutes=45)  # the office is open, and the digests of the morning are due

DISPATCHER = "office2"  # who is kept out of nothing
RECUSED = ("office", "office-lead", "supervisor", "leader", "fagai", "firm")
WALLED_UNITS = ("zhujian", "jiwei")
# One of each role that would otherwise see secret matters, by one path or another.
KEPT_OUT = (*RECUSED, "secretary", "zhujian-head", "discipline")

Step = tuple[str, str, dict[str, Any]]


def courses(words: str) -> dict[str, list[Step]]:
    """Who does what, in order: every stage, every request and every party of the loop has its turn.

    The first one is in the sight of everyone who handles matters.
    """
    assign = (DISPATCHER, "assign", {
        "lead_unit": "zhujian", "co_units": ["fagai"], "working_days": 15, "requirement": words,
    })  # fmt: skip
    accept = ("zhujian", "accept", {"handler": words})
    working = [assign, accept, ("zhujian", "report", {"text": words})]
    co_done = [("fagai", "co_done", {"text": words}), ("zhujian", "co_confirm", {"unit": "fagai"})]
    submit = (
        "zhujian-head",
        "submit",
        {"result": "resolved", "summary": f"场地已于5月16日清理完毕。{words}"},
    )
    submitted = [*working, *co_done, submit]
    passed = (DISPATCHER, "pass", {"opinion": words, "method": words})
    return {
        "asks": [
            *working, ("zhujian", "request_extension", {"working_days": 5, "reason": words}),
            ("zhujian", "request_content_change", {"text": words, "reason": words}),
            (DISPATCHER, "escalate", {"to": "leader", "text": words}), ("leader", "instruct", {"text": words}),
            (DISPATCHER, "urge", {"text": words}),
        ],
        "registered": [],
        "assigned": [assign],
        "returned": [assign, ("zhujian", "return", {"reason": words})],
        "suspended": [
            *working, ("zhujian", "request_suspension", {"reason": words, "until": "2023-06-01"}),
            (DISPATCHER, "grant", {"request": 1, "opinion": words}),
        ],
        "moves on": [*working, ("zhujian", "request_transfer", {"unit": "gongdian", "reason": words})],
        "ends": [(DISPATCHER, "request_cancellation", {"reason": words})],
        "submitted": submitted,
        "sent back": [*submitted, (DISPATCHER, "fail", {"reason": words})],
        "closed": [
            *submitted, passed, ("firm", "rate", {"solved": "no", "satisfaction": 1, "text": words}),
            ("zhujian", "appeal_rating", {"reason": words}),
        ],
        "partly": [
            *working, *co_done, ("zhujian-head", "submit", submit[2] | {"result": "partly_resolved"}),
            (DISPATCHER, "pass", passed[2] | {"rest": words}),
        ],
        "merged": [assign, (DISPATCHER, "merge", {"parent": "asks"})],
    }  # fmt: skip


def screened_courses(words: str) -> dict[str, list[Step]]:
    """What only happens to matters that are screened first."""
    return {
        "screened": [(DISPATCHER, "screen", {"kind": "A", "facts": words, "reason": words})],
        "handed over": [(DISPATCHER, "hand_over", {"to": "jiwei", "reason": words})],
        "not accepted": [(DISPATCHER, "refuse_acceptance", {"reason": words})],
        "split": [(DISPATCHER, "split", {"texts": [f"{words}一", f"{words}二"]})],
    }


# Courses that each kind takes; the others one kind takes for all, because the loop alone is in them.
OF_EVERY_KIND = ("registered", "assigned", "asks", "submitted", "closed")
# Of the plain ones as many as a list needs.
SHOWN = ("registered", "asks", "submitted", "closed", "handed over")


@dataclass
class World:
    """What stands in one world, and what left the house from it."""

    county: SimpleNamespace
    letters: list[tuple[str, str]] = field(default_factory=list)
    _counted: dict[str, int] = field(default_factory=dict)
    _prefix: str = PLAIN

    def number(self, length: int) -> str:
        """Numbers that are the same in both worlds, whatever else is registered."""
        count = self._counted[self._prefix] = self._counted.get(self._prefix, 0) + 1
        return f"{self._prefix}{count:05}"[:length]

    # --- matters ---

    def populate(self, prefix: str, words: str, only: tuple[str, ...] = ()) -> None:
        self._prefix, played_once = prefix, set()
        for kind in declared("kinds"):
            played: dict[str, Matter] = {}
            for name, steps in (
                courses(words) | (screened_courses(words) if kind.is_screened else {})
            ).items():
                if name in played_once or (only and name not in only):
                    continue
                played[name] = self._play(kind, words, steps, LATE if name == "suspended" else BEGUN, played)
                played_once |= {name} - set(OF_EVERY_KIND)

    def populate_drafts(self, prefix: str, words: str) -> None:
        """Under a type that asks for approval first; those that are screened have none."""
        self._prefix = prefix
        for kind in declared("kinds"):
            if not kind.is_screened:
                with clock.at(DRAFTED):
                    draft = self._open(kind, words)
                self._act(draft, (DISPATCHER, "request_approval", {}), DRAFTED, {})

    def _play(self, kind: Any, words: str, steps: list[Step], begun: datetime, played: dict) -> Matter:
        with clock.at(begun):
            matter = self._open(kind, words)
        for place, step in enumerate(steps, start=1):
            self._act(matter, step, begun + timedelta(minutes=10 * place), played)
        return matter

    def _act(self, matter: Matter, step: Step, at: datetime, played: dict[str, Matter]) -> None:
        name, action, data = step
        if "parent" in data:
            data = {"parent": played[data["parent"]].number}
        version = Matter.objects.get(pk=matter.pk).version
        with clock.at(at):
            actor = person(self.county.people[name])
            perform(matter.pk, action, actor=actor, data=data, expected_version=version)

    def _open(self, kind: Any, words: str) -> Matter:
        """By the room's own hand; the report with its dialogue, any other kind as its `open` does."""
        people, firm = self.county.people, self.county.firms[0]
        if kind.code == "report":
            return self._report(words)
        matter = kind.open(
            actor=person(people[DISPATCHER]),
            title=f"{words}标题",
            text=f"{words}正文。",
            region=self.county.code,
            enterprise=firm,
            unit_id=self.county.units["yingshangban"].pk,
        )
        Matter.objects.filter(pk=matter.pk).update(requester=people["firm"])
        return matter

    def _report(self, words: str) -> Matter:
        people = self.county.people
        report = take_report(
            text=f"{words}正文。", title=f"{words}标题", topic=words, anonymous=False, contact=words,
            user=people["firm"], responsible_unit="zhujian", enterprise=self.county.firms[0].credit_code,
        ).report  # fmt: skip
        reply(user=people[DISPATCHER], report=report, text=words)
        answer_as_requester(user=people["firm"], report=report, text=f"{words}！")
        return report.matter

    def build_walls(self) -> None:
        """After all that could be told of them has been told: written as rows, because there are many."""
        against = [{"user": self.county.people[name]} for name in RECUSED]
        against += [{"unit": self.county.units[code]} for code in WALLED_UNITS]
        Wall.objects.bulk_create(
            Wall(matter=matter, reason=REASON, built_at=MONDAY, **each)
            for matter in Matter.objects.filter(number__startswith=SECRET)
            for each in against
        )

    # --- what the house says by itself ---

    def add_destinations(self) -> None:
        """Every way out that a room declares, for each person and for the unit that handles matters."""
        for channel in declared("channels"):
            owners = (
                [{"unit": self.county.units["zhujian"]}]
                if channel.for_units
                else [{"user": self.county.people[name]} for name in (*KEPT_OUT, DISPATCHER)]
            )
            for owner in owners:
                name = str(getattr(owner.get("user"), "username", "zhujian"))
                Destination.objects.create(
                    channel=channel.code, address=f"{name} by {channel.code}", masked=name, confirmed_at=MONDAY,
                    address_digest=f"{channel.code} {name}", **owner,
                )  # fmt: skip

    def run_jobs(self) -> None:
        for job in declared("jobs"):
            for _once in range(1000):
                if not job.take():
                    break
            else:
                raise AssertionError(f"the job {job.code} does not end")

    def keep(self, channel: Any) -> Callable:
        """In place of a channel's own sending."""

        def send(parcel: Any) -> None:
            self.letters.append(
                (parcel.address, f"{parcel.subject}\n{parcel.text}\n{parcel.brief}\n{parcel.url}")
            )

        return send

    def letters_to(self, name: str) -> list[str]:
        return sorted(text for address, text in self.letters if address.startswith(f"{name} by "))


@contextmanager
def world(
    county: SimpleNamespace,
    monkeypatch: Any,
    *,
    secret: bool,
    walled: bool = True,
    only: tuple[str, ...] = (),
) -> Iterator[World]:
    """A world as it stands on Tuesday morning; nothing of it is left afterwards. `only` some of the courses."""
    found = World(county)
    with monkeypatch.context() as patch, transaction.atomic():
        patch.setattr(numbering, "random_code", _numbered(found))
        for channel in declared("channels"):
            patch.setattr(channel, "send", found.keep(channel), raising=False)
            patch.setattr(channel, "is_ready", lambda: True, raising=False)
        found.add_destinations()
        with clock.at(MONDAY):
            for kind in declared("kinds"):
                if not kind.is_screened:
                    publish_type(kind=kind.code, valid_from=DRAFTED.date(), basis="示例", needs_approval=True)
        _fill(found, secret=secret, walled=walled, only=only)
        with clock.at(NOW):
            found.run_jobs()
            yield found
        transaction.set_rollback(True)


def _fill(found: World, *, secret: bool, walled: bool, only: tuple[str, ...]) -> None:
    """The secret ones first, so that a key or an order that shows would show."""
    for prefix, words, some in ((SECRET, MARK, only), (PLAIN, PLAIN_WORDS, only or SHOWN)):
        if prefix == PLAIN or secret:
            found.populate(prefix, words, some)
            found.populate_drafts(prefix, words)
    if secret and walled:
        found.build_walls()


def _numbered(found: World) -> Callable[[int], str]:
    original = numbering.random_code
    return lambda length: found.number(length) if length == 10 else original(length)
