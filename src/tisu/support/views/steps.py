"""Steps of one request, entered from the page of its matter."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.foundation.numbering import as_number
from tisu.loop.faults import Conflict, NotAllowed, NotVisible, Refusal, Unacceptable
from tisu.support.models import FactorRequest, StepKind
from tisu.support.step_forms import StepForm
from tisu.support.steps import refuse_strangers_to, take_back, take_step


def request_at(request: HttpRequest, number: str) -> FactorRequest:
    rows = FactorRequest.objects.visible_to(request.user).with_state().select_related("matter__enterprise")
    found = rows.filter(matter__number=as_number(number)).first()
    if found is None:
        raise Http404
    return found


def step(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """A form by itself, for whoever has no scripts or was refused: what was typed stays."""
    found = request_at(request, number)
    try:
        refuse_strangers_to(found, request.user, kind)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal.sentence)) from refusal
    except NotVisible as refusal:
        raise Http404 from refusal
    form = StepForm(request.POST or None, kind=kind, request=found)
    if request.method != "POST":
        return _form_page(request, found, form, status=200)
    if not form.is_valid():
        return _form_page(request, found, form, status=422)
    try:
        _take(request, found, form)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal.sentence)) from refusal
    except Unacceptable as refusal:
        form.say(refusal)
        return _form_page(request, found, form, status=422)
    except Refusal as refusal:
        form.say(refusal)
        return _form_page(request, found, form, status=409 if isinstance(refusal, Conflict) else 404)
    messages.success(request, _("“%(step)s” was entered.") % {"step": StepKind(kind).label})
    return redirect("loop:matter", number=found.matter.number)


def _take(request: HttpRequest, found: FactorRequest, form: StepForm) -> None:
    given, seen = form.said(), form.cleaned_data["version"]
    if form.kind == StepKind.TAKEN_BACK:
        take_back(user=request.user, request=found, reason=given.text, seen_version=seen)
    else:
        take_step(user=request.user, request=found, kind=form.kind, said=given, seen_version=seen)


def _form_page(request: HttpRequest, found: FactorRequest, form: StepForm, *, status: int) -> HttpResponse:
    context = {
        "form": form,
        "heading": StepKind(form.kind).label,
        "lede": found.matter.title,
        "back": reverse("loop:matter", args=[found.matter.number]),
        "verb": StepKind(form.kind).label,
    }
    return render(request, "support/form.html", context, status=status)
