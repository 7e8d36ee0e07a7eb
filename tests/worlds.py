"""Two worlds that differ in one thing: whether matters stand in them that are walled off from whoever looks.

For every kind that a room declares, matters are taken along every course of the loop. The plain ones everyone of the
cast sees; the secret ones carry a mark in whatever was written about them. What the house has to say by itself (its
jobs, its letters) it has said by the time that the world is looked at.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.db import transaction

from cast import LONG_AGO, MONDAY
from courses import (
    DISPATCHER,
    JOINED,
    MAIN_KINDS,
    OF_EVERY_KIND,
    OF_FURTHER_KINDS,
    REQUESTERS,
    SHOWN,
    Step,
    courses,
    screened_courses,
)
from hands import kinds, open_one
from papers import hang_a_paper
from tisu.accounts.models import Delegation, StandIn, User
from tisu.enterprises.models import Enterprise
from tisu.foundation import clock, numbering
from tisu.foundation.rooms import declared
from tisu.inbox.models import Destination
from tisu.loop.actor import person
from tisu.loop.models import Matter, publish_type
from tisu.loop.papers import MATTERS
from tisu.loop.perform import perform
from tisu.loop.stages import Stage
from tisu.voice.models import ObserverLetter

MARK, PLAIN_WORDS = "墙内密语", "寻常之言"
PINYIN = "qnmy"  # of the mark
SECRET, PLAIN = "ZZZZZ", "AAAAA"  # how the numbers of each begin
BEGUN, LATE = MONDAY - timedelta(days=7), MONDAY - timedelta(days=19)
DRAFTED = MONDAY - timedelta(hours=1)
NOW = MONDAY + timedelta(days=1, minutes=45)  # the office is open, and the digests of the morning are due
LATEST = date(2030, 1, 1)
COVER = 1_000_000

# One of each role: who would otherwise see secret matters, by one path or another, and who never does.
SEEING = (
    "office", "office-lead", "supervisor", "leader", "secretary", "zhujian-head", "fagai", "fagai-head",
    "discipline", "firm", "observer",
)  # fmt: skip
KEPT_OUT = (*SEEING, "custodian")


@dataclass
class World:
    """What stands in one world, and what left the house from it."""

    county: SimpleNamespace
    by_interest: bool = False
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
        for kind in kinds():
            played: dict[str, Matter] = {}
            for name, steps in (
                courses(words) | (screened_courses(words) if kind.is_screened else {})
            ).items():
                if name in played_once or (only and name not in only) or _is_told_already(kind, name):
                    continue
                with clock.at(begun := LATE if name == "suspended" else BEGUN):
                    firm = self._firm_of(name, is_joined=name == JOINED and "merged" not in played_once)
                    matter = open_one(kind, self.county, words, firm, REQUESTERS.get(name, "firm"))
                    self._hang_papers(matter, words)
                played[name] = self._play(matter, words, steps, begun, played)
                played_once |= {name} - set(OF_EVERY_KIND)

    def populate_drafts(self, prefix: str, words: str) -> None:
        """Under a type that asks for approval first; those that are screened have none."""
        self._prefix = prefix
        for kind in declared("kinds"):
            if not kind.is_screened:
                with clock.at(DRAFTED):
                    draft = open_one(kind, self.county, words, self._firm_of(""), "firm")
                self._act(draft, (DISPATCHER, "request_approval", {}), DRAFTED, {})

    def _firm_of(self, course: str, *, is_joined: bool = False) -> Enterprise | None:
        """Where an interest keeps out, the secret ones concern another firm; one of them only by what it is merged
        with."""
        first, second = self.county.firms
        if not self.by_interest or self._prefix == PLAIN:
            return first
        return None if is_joined else second

    def _play(self, matter: Matter, words: str, steps: list[Step], begun: datetime, played: dict) -> Matter:
        self._have_approved(matter, words, begun)
        told = matter.watches.exists()  # the leader who approved it needs not be told of it
        for place, step in enumerate(steps, start=1):
            if told and step[1] == "escalate":
                continue
            self._act(matter, step, begun + timedelta(minutes=10 * place), played)
        return matter

    def _have_approved(self, matter: Matter, words: str, begun: datetime) -> None:
        """What a leader decides on first (立项) is asked for and approved, whatever kind it is of."""
        asked = (
            (Stage.DRAFT, (DISPATCHER, "request_approval", {})),
            (Stage.PENDING_APPROVAL, ("leader", "approve", {"opinion": words})),
        )
        for minutes, (stage, step) in enumerate(asked, start=1):
            if Matter.objects.get(pk=matter.pk).stage == stage:
                self._act(matter, step, begun + timedelta(minutes=minutes), {})

    def _act(self, matter: Matter, step: Step, at: datetime, played: dict[str, Matter]) -> None:
        name, action, data = step
        if "parent" in data:
            data = {"parent": played[data["parent"]].number}
        version = Matter.objects.get(pk=matter.pk).version
        with clock.at(at):
            actor = person(self.county.people[name])
            perform(matter.pk, action, actor=actor, data=data, expected_version=version)

    def _hang_papers(self, matter: Matter, words: str) -> None:
        """At every part of a matter at which papers hang."""
        parts = tuple(MATTERS.parts)
        hang_a_paper((MATTERS.code, matter.pk), parts, number=matter.number, name=f"{words}.jpg")

    def appoint_observer(self) -> None:
        observer = User.objects.create(username="observer", name="示例·observer")
        ObserverLetter.objects.create(user=observer, number="示例〔2021〕1号", since=LONG_AGO)
        self.county.people["observer"] = observer

    # --- what the house says by itself ---

    def arrange_leave(self) -> None:
        """The head covers the clerk, and is bound by the clerk's walls."""
        people = self.county.people
        post = people["fagai"].holdings.get().post
        Delegation.objects.create(
            pk=COVER,  # the same in every world: PostgreSQL counts on where another one was rolled back
            kind=StandIn.COVER, post=post, user=people["fagai-head"], holder=people["fagai"], since=LONG_AGO,
            until=LATEST,
        )  # fmt: skip

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
    keep_out: Callable[[World], None] | None = None,
    by_interest: bool = False,
    only: tuple[str, ...] = (),
) -> Iterator[World]:
    """A world as it stands on Tuesday morning; nothing of it is left afterwards. `only` some of the courses.

    `keep_out` closes the secret matters when all that could be told of them has been told.
    """
    found = World(county, by_interest)
    with monkeypatch.context() as patch, transaction.atomic():
        patch.setattr(numbering, "random_code", _numbered(found))
        for channel in declared("channels"):
            patch.setattr(channel, "send", found.keep(channel), raising=False)
            patch.setattr(channel, "is_ready", lambda: True, raising=False)
        found.appoint_observer()
        found.arrange_leave()
        found.add_destinations()
        with clock.at(MONDAY):
            for kind in declared("kinds"):
                if not kind.is_screened:
                    publish_type(kind=kind.code, valid_from=DRAFTED.date(), basis="示例", needs_approval=True)
        _fill(found, secret=secret, only=only)
        if keep_out:
            keep_out(found)
        with clock.at(NOW):
            found.run_jobs()
            yield found
        transaction.set_rollback(True)


def _fill(found: World, *, secret: bool, only: tuple[str, ...]) -> None:
    """The secret ones first, so that a key or an order that shows would show."""
    for prefix, words, some in ((SECRET, MARK, only), (PLAIN, PLAIN_WORDS, only or SHOWN)):
        if prefix == PLAIN or secret:
            found.populate(prefix, words, some)
            found.populate_drafts(prefix, words)


def _is_told_already(kind: Any, course: str) -> bool:
    return kind.code not in MAIN_KINDS and course in OF_EVERY_KIND and course not in OF_FURTHER_KINDS


def _numbered(found: World) -> Callable[[int], str]:
    original = numbering.random_code
    return lambda length: found.number(length) if length == 10 else original(length)
