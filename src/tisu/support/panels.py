"""What a request adds to the page of its matter: amounts, the map of its way, and the steps that may be entered now."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.loop.kinds import Panel
from tisu.loop.models import Matter
from tisu.support.force_wording import risks_of
from tisu.support.forces import keeps_task_forces
from tisu.support.models import FactorRequest, StepKind, TaskForce
from tisu.support.record_wording import sections_of
from tisu.support.recording import RECORDS, open_records
from tisu.support.step_forms import StepForm
from tisu.support.steps import handles, may_take_back, open_steps
from tisu.support.wording import facts_of, portions, told, way_of
from tisu.web.templatetags.web import han_date


def panels_for(matter: Matter, user: Any) -> Iterator[Panel]:
    rows = FactorRequest.objects.with_state().filter(matter=matter)
    request = rows.select_related("matter__enterprise", "risk_list").first()
    if request is not None:
        yield Panel("factor", _("What was asked for"), "support/panel.html", panel_context(request, user))


def panel_context(request: FactorRequest, user: Any) -> dict[str, Any]:
    steps = list(request.steps.select_related("request", "taken_back"))
    standing = [
        step for step in steps if step.kind != StepKind.TAKEN_BACK and not hasattr(step, "taken_back")
    ]
    may_handle = handles(request.matter, user)
    return {
        "request_facts": facts_of(request),
        "portions": portions(request) if request.measure else [],
        "way": way_of(request, standing),
        "steps": [_line(step) for step in reversed(steps)],
        "sections": sections_of(request),
        "risks": risks_of(request.risk_list, may_settle=may_handle),
        "forces": _forces(request, user),
        "acts": [_act(request, kind) for kind in _open(request, user)],
        "records": _records(request, user),
    }


def force_panels(matter: Matter, user: Any) -> Iterator[Panel]:
    """Back to the task force, for whoever sees it."""
    force = TaskForce.objects.visible_to(user).filter(tasks__matter=matter).first()
    if force is not None:
        fact = {
            "label": _("Task force"),
            "value": force.name,
            "url": reverse("support:force", args=[force.pk]),
        }
        yield Panel("force", _("Task force"), "support/force_panel.html", {"force_facts": [fact]})


def _forces(request: FactorRequest, user: Any) -> dict[str, Any] | None:
    """Those that work on it, and where the office sets one up."""
    rows = TaskForce.objects.visible_to(user).filter(request=request)
    known = [{"name": force.name, "url": reverse("support:force", args=[force.pk])} for force in rows]
    may_set_up = keeps_task_forces(user) and request.matter.is_open
    new_url = f"{reverse('support:force-new')}?request={request.matter.number}" if may_set_up else ""
    return {"known": known, "new_url": new_url} if known or new_url else None


def _records(request: FactorRequest, user: Any) -> list[dict[str, Any]]:
    number = request.matter.number
    return [
        {"label": RECORDS[code].label, "url": reverse("support:record", args=[number, code])}
        for code in open_records(request, user)
    ]


def _open(request: FactorRequest, user: Any) -> list[str]:
    back = [StepKind.TAKEN_BACK] if may_take_back(request) and handles(request.matter, user) else []
    return [*open_steps(request, user), *back]


def _line(step: Any) -> dict[str, Any]:
    return {
        "when": han_date(step.on),
        "label": step.get_kind_display(),
        "text": told(step),
        "signed": step.signed,
        "is_taken_back": hasattr(step, "taken_back"),
    }


def _act(request: FactorRequest, kind: str) -> dict[str, Any]:
    """The parameters of web/components/act.html."""
    return {
        "label": StepKind(kind).label,
        "url": reverse("support:step", args=[request.matter.number, kind]),
        "asks": StepForm(kind=kind, request=request, auto_id=f"{kind}_%s"),
        "at_once": kind == StepKind.CONFIRMED,
    }
