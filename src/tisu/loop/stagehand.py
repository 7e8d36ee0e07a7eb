"""How the demonstration's matters are played: every step through perform(), at a moment that fits.

A script says how far a matter gets and under which light; the moments are counted back from the county's today
in working days, so that the same script is right on any day.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.foundation import clock
from tisu.foundation.workdays import add_workdays, official, subtract_workdays
from tisu.loop.actor import person
from tisu.loop.models import Matter
from tisu.loop.perform import perform

HEADS_APART = frozenset({"zhujian", "fagai"})
LIMIT = 10  # working days that a script's unit is given
# How many working days ago it was assigned, for a limit of LIMIT: what makes the light.
ASSIGNED_AGO = {"green": 3, "yellow": LIMIT - 1, "red": LIMIT + 4}
# While a unit has yet to accept, a light can only come from a short limit: (working days ago, limit).
UNACCEPTED = {"green": (1, LIMIT), "yellow": (1, 2), "red": (2, 1)}
HANDLED_IN = {"green": 4, "yellow": LIMIT - 1, "red": LIMIT + 2, "on_time": 6, "late": LIMIT + 3}


_MORE_TIME = {"working_days": 5, "reason": "专家评审排期在下周，需顺延。"}
_WAITING = {"reason": "supplement", "until": 6}
_ELSEWHERE = {"unit": "zhengwu", "reason": "主要环节在政务大厅窗口，由政务局牵头更顺。"}
# What may be said or asked while a unit handles it: who, which action, with what.
SAID: dict[str, tuple[tuple[str, str, dict], ...]] = {
    "urge": (("supervisor", "urge", {"text": "请于三日内报办理进展。"}),),
    "instruct": (("leader", "instruct", {"text": "企业等得起一天，等不起一个月，请专人盯办。"}),),
    "asks for time": (("lead", "request_extension", _MORE_TIME),),
    "has more time": (
        ("lead", "request_extension", _MORE_TIME),
        ("office", "grant", {"opinion": "情况属实，同意顺延一次。"}),
    ),
    "asks for a pause": (("lead", "request_suspension", _WAITING),),
    "paused": (
        ("lead", "request_suspension", _WAITING),
        ("supervisor", "grant", {"opinion": "等企业补正材料，同意中止计时。"}),
    ),
    "asks for another": (("lead", "request_transfer", _ELSEWHERE),),
    "handed on": (
        ("lead", "request_transfer", _ELSEWHERE),
        ("office", "grant", {"opinion": "同意转办。"}),
    ),
    "has no more time": (
        ("lead", "request_extension", _MORE_TIME),
        ("office", "decline", {"reason": "评审可以提前安排，请按原期限办结。"}),
    ),
    "asks for an end": (("office", "request_cancellation", {"reason": "企业已书面撤回诉求。"}),),
    "asks for other words": (
        (
            "lead",
            "request_content_change",
            {"text": "按企业实际申报的两个项目办理，列出缺项和办结时间。", "reason": "原文多写了一个项目。"},
        ),
    ),
    "told a superior": (
        ("supervisor", "escalate", {"to": "", "text": "已逾期，请分管领导过问。"}),
        ("leader", "instruct", {"text": "三日内到现场解决，周五前报我。"}),
    ),
    "cancelled": (
        ("office", "request_cancellation", {"reason": "企业已自行解决并书面撤回。"}),
        ("leader", "grant", {"opinion": "同意撤销。"}),
    ),
}


@dataclass
class Script:
    """One matter's story: opened by `open_`, then as far as `stage` under `light`, with what was said on the way."""

    open_: Callable[[], Matter]
    stage: str
    light: str
    lead: str
    co_units: tuple[str, ...] = ()
    requirement: str = ""
    progress: tuple[str, ...] = ()
    summary: str = ""
    result: str = "resolved"
    facts: str = ""
    extra: str = ""
    closed_ago: int = 3
    screening: str = "A"
    data: dict = field(default_factory=dict)


class Stagehand:
    """Plays scripts for one county on one day, with a fixed seed: the same county every time."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.chance = random.Random(20230522)
        self.people = {user.username: user for user in User.objects.all()}

    def ago(self, workdays: int, *, latest: time | None = None) -> datetime:
        """A moment in office hours that many working days before today; today's are before half past nine."""
        day = subtract_workdays(self.today, workdays, official()) if workdays > 0 else self.today
        return self._office_hour(day)

    def _office_hour(self, day: date) -> datetime:
        if day >= self.today:
            return clock.moment(self.today, time(8, self.chance.randrange(30, 59)))
        return clock.moment(day, time(self.chance.choice((9, 10, 11, 14, 15, 16)), self.chance.randrange(60)))

    def later(self, moment: datetime, workdays: int) -> datetime:
        day = min(add_workdays(clock.local_day(moment), workdays, official()), self.today)
        found = self._office_hour(day)
        return max(found, moment)

    def act(self, name: str, matter: Matter, action: str, at: datetime, **data) -> Matter:
        """One action, never before what happened to the matter already: the hours of a day are chance."""
        with clock.at(max(at, matter.events.latest("seq").at)):
            user = self.people[name]
            standing_of(user)
            return perform(matter, action, actor=person(user), data=data, expected_version=matter.version)

    def head(self, unit: str) -> str:
        return f"{unit}-head" if unit in HEADS_APART else unit

    def leader_of(self, unit: str) -> str:
        """The leader in charge of a unit."""
        return User.objects.get(holdings__post__in_charge_of__code=unit).username

    # --- playing ---

    def play(self, script: Script) -> Matter:
        """Open the matter and take it as far as the script says."""
        if script.stage == "registered":
            return self._waiting(script)
        sent = self._sent_at(script)
        with clock.at(self._before(sent)):
            matter = script.open_()
        matter = self._assign(script, matter, sent)
        if script.stage == "assigned":
            return self._said(script, matter, sent)
        at = self.later(sent, 1)
        matter = self.act(script.lead, matter, "accept", at)
        matter = self._work(script, matter, at)
        return matter if script.stage == "in_progress" else self._finish(script, matter, sent)

    def _waiting(self, script: Script) -> Matter:
        with clock.at(self.ago({"green": 1, "yellow": 2, "red": 5}[script.light])):
            matter = script.open_()
        if script.data.get("screen"):
            matter = self.act("office", matter, "screen", self.ago(1), **script.data["screen"])
        return matter

    def _sent_at(self, script: Script) -> datetime:
        if script.stage == "assigned":
            return self.ago(UNACCEPTED[script.light][0])
        if script.stage == "in_progress":
            return self.ago(ASSIGNED_AGO[script.light])
        since = script.closed_ago if script.stage == "closed" else 1
        return self.ago(HANDLED_IN[script.light] + since + 1)

    def _before(self, sent: datetime) -> datetime:
        return self._office_hour(subtract_workdays(clock.local_day(sent), 1, official()))

    def _assign(self, script: Script, matter: Matter, sent: datetime) -> Matter:
        if script.facts:
            matter = self.act("office2", matter, "screen", sent, kind=script.screening, facts=script.facts)
        return self.act(
            "office", matter, "assign", sent, lead_unit=script.lead, co_units=list(script.co_units),
            working_days=UNACCEPTED[script.light][1] if script.stage == "assigned" else LIMIT,
            requirement=script.requirement,
        )  # fmt: skip

    def _work(self, script: Script, matter: Matter, at: datetime) -> Matter:
        for place, text in enumerate(script.progress):
            matter = self.act(script.lead, matter, "report", self.later(at, place), text=text)
        return self._said(script, matter, self.later(at, len(script.progress)))

    def _said(self, script: Script, matter: Matter, at: datetime) -> Matter:
        """What was said about it, or asked for, while it was handled."""
        for who, action, data in SAID.get(script.extra, ()):
            if action in ("grant", "decline"):
                data = {"request": matter.requests.latest("number").number} | data
            matter = self.act(self._called(who, script), matter, action, at, **self.filled(data))
        return matter

    def _called(self, who: str, script: Script) -> str:
        """A user name, or the part someone has in the script."""
        parts = {"lead": script.lead, "leader": None}
        return self.leader_of(script.lead) if who == "leader" else parts.get(who) or who

    def filled(self, data: dict) -> dict:
        """Days that are given as working days from today."""
        if "until" not in data:
            return data
        return data | {"until": add_workdays(self.today, data["until"], official()).isoformat()}

    def _finish(self, script: Script, matter: Matter, sent: datetime) -> Matter:
        done = self.later(sent, HANDLED_IN[script.light])
        for unit in script.co_units:
            matter = self.act(
                unit, matter, "co_done", done, text="本单位负责的部分已办完，材料已交牵头单位。"
            )
            matter = self.act(script.lead, matter, "co_confirm", done, unit=unit)
        submit = {"result": script.result, "summary": script.summary}
        matter = self.act(self.head(script.lead), matter, "submit", done, **submit)
        if script.extra == "rework":
            back = self.later(done, 1)
            matter = self.act(
                "office", matter, "fail", back, reason="企业反映只办了一半，请把剩余两项办完再报。"
            )
            done = self.later(back, 1)
            matter = self.act(self.head(script.lead), matter, "submit", done, **submit)
        if script.stage == "submitted":
            return (
                matter if script.extra != "begun" else self.act("office2", matter, "begin_verification", done)
            )
        passed = {"opinion": "已电话回访，反映人认可办理结果。", "method": "phone"}
        return self.act("supervisor", matter, "pass", self.later(done, 1), **passed)
