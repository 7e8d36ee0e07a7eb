"""What a request adds to the page of its matter: amounts, the map of its way, and the steps that may be entered now."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.loop.kinds import Panel
from tisu.loop.models import Matter
from tisu.support.models import FactorRequest, StepKind
from tisu.support.step_forms import StepForm
from tisu.support.steps import handles, may_take_back, open_steps
from tisu.support.wording import facts_of, portions, told, way_of
from tisu.web.templatetags.web import han_date


def panels_for(matter: Matter, user: Any) -> Iterator[Panel]:
    request = (
        FactorRequest.objects.with_state().filter(matter=matter).select_related("matter__enterprise").first()
    )
    if request is not None:
        yield Panel("factor", _("What was asked for"), "support/panel.html", panel_context(request, user))


def panel_context(request: FactorRequest, user: Any) -> dict[str, Any]:
    steps = list(request.steps.select_related("request", "taken_back"))
    standing = [
        step for step in steps if step.kind != StepKind.TAKEN_BACK and not hasattr(step, "taken_back")
    ]
    return {
        "request_facts": facts_of(request),
        "portions": portions(request) if request.measure else [],
        "way": way_of(request, standing),
        "steps": [_line(step) for step in reversed(steps)],
        "acts": [_act(request, kind) for kind in _open(request, user)],
    }


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
