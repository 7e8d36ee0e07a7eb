"""Requests in the reader's words: facts, the bar of amounts, the map of the way, the list of steps."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tisu.loop.stages import Stage
from tisu.support.factors import Basis, Case, Factor, Level
from tisu.support.models import FactorRequest, Step, StepKind
from tisu.support.states import STEPS, WAY, State
from tisu.web.templatetags.web import han_date


@dataclass(frozen=True)
class Portion:
    """One bar of web/components/amount_bar.html: `share` is its length in thousandths of what was asked."""

    label: str
    words: str
    share: int
    kind: str


def portions(request: FactorRequest) -> list[Portion]:
    """Asked, granted, used, as far as they are known."""
    named = (
        (pgettext("amount", "Asked"), request.asked, "asked"),
        (pgettext("amount", "Granted"), request.granted, "granted"),
        (pgettext("amount", "Used"), request.used, "used"),
    )
    return [
        Portion(str(label), request.said(amount), amount * 1000 // request.asked, kind)
        for label, amount, kind in named
        if amount is not None
    ]


def facts_of(request: FactorRequest) -> list[dict[str, Any]]:
    return [
        {"label": pgettext("production", "Factor"), "value": what_of(request)},
        *([{"label": _("Electricity counted by"), "value": Basis(request.basis).label}] if request.basis else []),
        {"label": _("Asked on"), "value": han_date(request.asked_on)},
        {"label": _("Needed by"), "value": han_date(request.needed_by)},
        {"label": _("Who decides"), "value": Level(request.level).label},
        {"label": _("Came in by"), "value": request.get_origin_display()},
    ]  # fmt: skip


def what_of(request: FactorRequest) -> str:
    """The factor, and where it goes by a template, which one."""
    factor = str(Factor(request.factor).label)
    return f"{factor} · {Case(request.case).label}" if request.case else factor


def amounts_of(request: FactorRequest) -> str:
    """For a row of a list: asked, and what of it was granted."""
    if not request.measure:
        return "—"
    if request.granted is None:
        return request.said(request.asked)
    return _("%(granted)s of %(asked)s") % {
        "granted": request.said(request.granted), "asked": request.said(request.asked),
    }  # fmt: skip


def way_of(request: FactorRequest, steps: list[Step]) -> list[dict[str, Any]]:
    """The stages as a map, for web/components/steps.html: those behind, the one where it stands, those ahead."""
    state = State(request.state)
    last = {step.kind: step for step in steps}
    if state in (State.UNMET, State.ENDED):
        return [*_behind(request, last), _place(state, "now", last.get(StepKind.UNMET))]
    way = [each for each in WAY if each != State.REFERRED or request.level != Level.COUNTY]
    at = way.index(state) if state in way else way.index(State.COORDINATED)
    return [
        _place(
            each,
            "done" if place < at or state == State.DONE else "now" if place == at else "todo",
            last.get(each),
        )
        for place, each in enumerate(way)
        if each in last or place >= at or each.value not in STEPS
    ]


def _behind(request: FactorRequest, last: dict[str, Step]) -> list[dict[str, Any]]:
    gone = [each for each in WAY if each.value not in STEPS or each in last]
    stages = {Stage.REGISTERED: 1, Stage.ASSIGNED: 2}
    known = [each for each in gone if each != State.DONE]
    return [
        _place(each, "done", last.get(each)) for each in known[: stages.get(request.matter.stage, len(known))]
    ]


def _place(state: State, how: str, step: Step | None) -> dict[str, Any]:
    return {
        "label": state.label,
        "state": how,
        "when": han_date(step.on) if step else "",
        "text": told(step) if step else "",
    }


def told(step: Step) -> str:
    """What a step says, in one line: level, number of the document, amount, remark."""
    parts = [
        str(Level(step.level).label) if step.level else "",
        step.number,
        step.request.said(step.amount),
        step.text,
        _("instead: %(words)s") % {"words": step.alternative} if step.alternative else "",
    ]
    return " · ".join(part for part in parts if part)
