"""What the tests of the loop share: other types, other days, other hands than the cast's own, and the worker."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime

import pytest

from cast import COUNTY, LONG_AGO, SHANGHAI
from tisu.accounts.models import PostHolding, User
from tisu.foundation import calendars, clock
from tisu.foundation.drafts import Draft
from tisu.foundation.models import CalendarNotice
from tisu.foundation.worker import office_is_open
from tisu.inbox.models import Message
from tisu.loop.actor import person, rule
from tisu.loop.models import Clock, Matter, publish_type
from tisu.loop.perform import perform
from tisu.loop.rebuild import differences
from tisu.loop.register import register_matter
from tisu.loop.room import ROOM
from tisu.orgs.models import Post, Role

DONE = {"result": "resolved", "summary": "场地已于当日清理完毕并移交，有验收单。"}
PASSED = {"opinion": "已到现场核实。", "method": "visit"}
MOST_ROWS = 5_000


@pytest.fixture
def on() -> Callable[[str], AbstractContextManager[datetime]]:
    """`on("2023-05-24")` or `on("2023-05-24 17:30")`: another moment of the county, nine o'clock unless named."""

    def _on(text: str) -> AbstractContextManager[datetime]:
        day, _space, hour = text.partition(" ")
        local = datetime.fromisoformat(f"{day}T{hour or '09:00'}")
        return clock.at(local.replace(tzinfo=SHANGHAI))

    return _on


@pytest.fixture
def opened(county) -> Callable[..., Matter]:
    """`opened(report_days=3)`: a task that the office opened, under a type with these rules from today on."""

    def _opened(by: str = "office", *, kind: str = "task", requester: str = "", **rules) -> Matter:
        if rules:
            publish_type(kind=kind, valid_from=clock.today(), basis="试行", **rules)
        officer = county.people[by]
        unit = next(role.unit_id for role in person(officer).standing.roles)
        return register_matter(
            kind=kind,
            title="清理场地",
            text="三日内完成园区三号地块场地清理。",
            region=COUNTY,
            actor=person(officer),
            requester=county.people.get(requester),
            opened_by_unit_id=unit,
        )

    return _opened


@pytest.fixture
def take(act) -> Callable[..., Matter]:
    """`take(matter, "submitted", working_days=5)`: to a stage, by the people whose part it is."""
    steps = (
        ("assigned", "office", "assign", {"lead_unit": "zhujian", "working_days": 5}),
        ("in_progress", "zhujian", "accept", {}),
        ("submitted", "zhujian-head", "submit", DONE),
        ("closed", "supervisor", "pass", PASSED),
    )
    order = ["registered", *(reached for reached, *_rest in steps)]

    def _take(matter: Matter, stage: str, **assign) -> Matter:
        matter = Matter.objects.get(pk=matter.pk)
        for reached, name, action, data in steps[order.index(matter.stage) : order.index(stage)]:
            if action == "assign" and assign:
                data = {"lead_unit": "zhujian"} | assign
            matter = act(name, matter, action, **data)
            assert matter.stage == reached
        return matter

    return _take


@pytest.fixture
def by_rule():
    """`by_rule(matter, "resume")`: one act of a standing rule."""

    def _by_rule(matter: Matter, action: str, name: str = "test/1", **data) -> Matter:
        return perform(matter.pk, action, actor=rule(name), data=data, expected_version=None)

    return _by_rule


@pytest.fixture
def ask(act):
    """`ask("zhujian", matter, "extension", working_days=3)`: file a request and give its number."""
    reasons = {"reason": "专家评审排期在下周。"}

    def _ask(name: str, matter: Matter, kind: str, **data) -> int:
        act(name, matter, f"request_{kind}", **(reasons | data))
        return matter.requests.latest("number").number

    return _ask


@pytest.fixture
def work() -> Callable[[], dict[str, int]]:
    """Let the loop's jobs run until nothing is due, as the worker does; how many rows each took."""

    def _work() -> dict[str, int]:
        calendars.forget()
        took = {job.code: 0 for job in ROOM.jobs}
        for job in ROOM.jobs:
            while not (job.quiet and not office_is_open()) and job.take():
                took[job.code] += 1
                assert took[job.code] < MOST_ROWS
        return took

    return _work


@pytest.fixture
def publish() -> Callable[..., CalendarNotice]:
    """`publish(off="2023-05-26")`: a county notice; `year=2027` makes it the arrangement of a year."""

    def _publish(*, year: int | None = None, off: str = "", working: str = "", **said) -> CalendarNotice:
        given = {"title": "放假通知", "source": "咸政办〔2023〕1号", "loaded_by": "示例"} | said
        draft = Draft(
            kind="year" if year else "overlay", year=year, off=_days(off), working=_days(working), **given
        )
        return calendars.publish(draft)

    return _publish


def _days(text: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for day in text.split())


@pytest.fixture
def told(county) -> Callable[[str], list[str]]:
    """`told("zhujian")`: by which rules this person was told, oldest first, as far as they may see it today."""

    def _told(name: str, *, urgent: bool | None = None) -> list[str]:
        rows = Message.objects.shown_to(county.people[name]).order_by("pk")
        return [row.rule for row in rows if urgent in (None, row.urgent)]

    return _told


@pytest.fixture
def due():
    """`due(matter)`: the local day on which a clock of this kind ends now, as text."""

    def _due(matter: Matter, kind: str = "solve") -> str:
        return clock.local_day(clock_of(matter, kind).due_at).isoformat()

    return _due


@pytest.fixture
def clock_named():
    return clock_of


def clock_of(matter: Matter, kind: str = "solve") -> Clock:
    """The latest clock of a kind, whatever became of it."""
    return Clock.objects.filter(matter=matter, kind=kind).latest("pk")


@pytest.fixture
def caches_agree() -> Callable[[], bool]:
    """Whether every cached date follows from the facts."""

    def _agree() -> bool:
        found = list(map(str, differences()))
        assert found == []
        return True

    return _agree


@pytest.fixture
def second_leader(county):
    """`leader2`, in charge of the office; with this one there are two to whom a matter can go up."""
    post = Post.objects.create(
        unit=county.units["xianzhengfu"], title="常务副县长", role=Role.COUNTY_LEADER, since=LONG_AGO
    )
    post.in_charge_of.set([county.units["yingshangban"]])
    county.people["leader2"] = User.objects.create(username="leader2", name="示例·leader2")
    PostHolding.objects.create(post=post, user=county.people["leader2"], since=LONG_AGO)
    return post
