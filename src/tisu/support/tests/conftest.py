"""What the tests of support share: a request as the office enters it, taken to a stage, and its steps."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime

import pytest

from cast import SHANGHAI, afresh
from tisu.foundation import clock
from tisu.loop.models import Matter
from tisu.support.models import FactorRequest, Step
from tisu.support.services import ask
from tisu.support.steps import Said, take_step

JULY = date(2023, 7, 1)
STEPS = (
    ("assigned", "office", "assign", {"lead_unit": "fagai", "working_days": 15}),
    ("in_progress", "fagai", "accept", {}),
    ("submitted", "fagai-head", "submit", {"result": "resolved", "summary": "能耗指标已批复，文号已转企业。"}),
    ("closed", "supervisor", "pass", {"opinion": "已电话核实。", "method": "phone"}),
)  # fmt: skip


@pytest.fixture
def on() -> Callable[[str], AbstractContextManager[datetime]]:
    """`on("2023-06-01")`: another day of the county, at nine."""

    def _on(day: str) -> AbstractContextManager[datetime]:
        return clock.at(datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=SHANGHAI))

    return _on


@pytest.fixture
def asked(county) -> Callable[..., FactorRequest]:
    """`asked(by="firm", factor="power", …)`: a request for energy, entered by the office, unless told otherwise."""

    def _asked(by: str = "office", **given) -> FactorRequest:
        usual = {"firm": county.firms[0], "factor": "energy", "needed_by": JULY}
        if given.get("factor", "energy") == "energy":
            usual |= {"amount": "3000吨标煤", "basis": "calorific"}
        return ask(user=afresh(county.people[by]), **usual | given)

    return _asked


@pytest.fixture
def take(act) -> Callable[..., FactorRequest]:
    """`take(request, "in_progress")`: its matter to a stage, by the people whose part it is."""
    order = ["registered", *(reached for reached, *_rest in STEPS)]

    def _take(request: FactorRequest, stage: str) -> FactorRequest:
        matter = Matter.objects.get(pk=request.matter_id)
        for reached, name, action, data in STEPS[order.index(matter.stage) : order.index(stage)]:
            matter = act(name, matter, action, **data)
            assert matter.stage == reached
        return now(request)

    return _take


@pytest.fixture
def step(county) -> Callable[..., Step]:
    """`step("fagai", request, "decided", amount=3_000_000)`: one step, at the version the request has now."""

    def _step(by: str, request: FactorRequest, kind: str, *, version: int | None = None, **said) -> Step:
        seen = now(request).version if version is None else version
        said = Said(**{"on": date(2023, 5, 22)} | said)
        return take_step(
            user=afresh(county.people[by]), request=request, kind=kind, said=said, seen_version=seen
        )

    return _step


def now(request: FactorRequest) -> FactorRequest:
    """As it stands in the database, with its state."""
    return FactorRequest.objects.with_state().get(pk=request.pk)
