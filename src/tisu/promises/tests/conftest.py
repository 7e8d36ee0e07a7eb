"""Promises as the office, a leader and a firm meet them."""

from datetime import date

import pytest

from tisu.orgs.models import Post, Role
from tisu.promises import answering, breaking_down, reviewing
from tisu.promises.models import Promise, ReviewRule
from tisu.promises.services import give

DONE = {"result": "resolved", "summary": "5月22日已办结并书面告知企业。"}
PASSED = {"opinion": "已到现场核实。", "method": "visit"}


@pytest.fixture
def leader_post(county) -> Post:
    return Post.objects.get(role=Role.COUNTY_LEADER)


@pytest.fixture
def promised(county, leader_post):
    """`promised("三个月内接通污水管网", due_on="2023-08-22")`: as the office writes it down for the leader's post."""

    def _promised(text: str = "三个月内接通园区污水管网。", *, by: str = "office", **said) -> Promise:
        for day in ("given_on", "due_on"):
            if isinstance(said.get(day), str):
                said[day] = date.fromisoformat(said[day])
        given = {
            "maker": leader_post, "given_on": date(2023, 5, 22), "due_on": date(2023, 8, 22),
            "enterprise": county.firms[0], "unit": county.units["zhujian"],
        } | said  # fmt: skip
        return give(actor=county.people[by], text=text, **given)

    return _promised


@pytest.fixture
def reviewed(county):
    """`reviewed(promise)`: put up, reviewed under every rule of its day by a colleague, and passed."""

    def _reviewed(promise: Promise) -> Promise:
        office = county.people["office2"]
        reviewing.ask_for_review(actor=office, promise=promise)
        for rule in ReviewRule.objects.asked_of(promise):
            reviewing.review(
                actor=office, promise=promise, rule=rule, finding="passes", opinion="合法有据。", level="national",
                basis="《优化营商环境条例》第三十一条",
            )  # fmt: skip
        return reviewing.pass_review(actor=office, promise=promise)

    return _reviewed


@pytest.fixture
def broken_down(county, reviewed):
    """`broken_down(promise, ("接通管网", "2023-08-01", "zhujian"))`: reviewed and assigned."""

    def _broken_down(promise: Promise, *parts: tuple[str, str, str]) -> Promise:
        reviewed(promise)
        made = [
            breaking_down.Part(text, date.fromisoformat(day), county.units[unit])
            for text, day, unit in parts or [("接通污水管网并验收", "2023-08-01", "zhujian")]
        ]
        return breaking_down.break_down(
            actor=county.people["office"], promise=promise, parts=made, enterprise=county.firms[0]
        )

    return _broken_down


@pytest.fixture
def finish(act):
    """`finish(matter)`: handled, submitted and passed."""

    def _finish(matter, unit: str = "zhujian"):
        head = {"zhujian": "zhujian-head", "fagai": "fagai-head"}.get(unit, unit)
        act(unit, matter, "accept")
        act(head, matter, "submit", **DONE)
        return act("supervisor", matter, "pass", **PASSED)

    return _finish


@pytest.fixture
def answered(county):
    """`answered(promise, "kept")`: the firm says so in its own account."""

    def _answered(promise: Promise, answer: str, words: str = "") -> Promise:
        return answering.answer_as_firm(
            actor=county.people["firm"], promise=promise, answer=answer, words=words or "二期还没接。"
        )

    return _answered
