"""What is written down beside the steps of a request, on a page of its own: what was typed stays."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.loop.faults import Refusal
from tisu.support.record_forms import RecordForm, form_for
from tisu.support.recording import RECORDS, may_record, write_down
from tisu.support.views.steps import request_at


def record(request: HttpRequest, number: str, code: str) -> HttpResponse:
    found = request_at(request, number)
    if code not in RECORDS or not RECORDS[code].fits(found):
        raise Http404
    if not may_record(found, request.user, RECORDS[code]):
        raise PermissionDenied(_("Only the units that handle it, the office and supervision enter this."))
    form, status = form_for(code, found, request.POST or None), 200
    if request.method == "POST":
        status = _written(request, form)
        if status == 200:
            messages.success(request, _("Written down."))
            return redirect("loop:matter", number=found.matter.number)
    context = {
        "form": form,
        "heading": RECORDS[code].label,
        "lede": found.matter.title,
        "back": reverse("loop:matter", args=[found.matter.number]),
        "verb": _("Write it down"),
        "is_market": code in ("introduction", "order"),
    }
    return render(request, "support/form.html", context, status=status)


def _written(request: HttpRequest, form: RecordForm) -> int:
    """200 where it was, else the status of the refusal, which the form says."""
    if not form.is_valid():
        return 422
    try:
        seen = form.cleaned_data["version"]
        write_down(user=request.user, request=form.request, code=form.code, seen_version=seen, **form.facts())
    except ValidationError as fault:
        form.say(fault)
        return 422
    except Refusal as refusal:
        form.say(refusal)
        return refusal.status
    return 200
