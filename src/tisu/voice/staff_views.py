"""Pages of the direct line for those who signed in: entering a report for someone else, speaking."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from tisu.accounts.standing import standing_of
from tisu.loop.faults import Refusal
from tisu.loop.queries import OVERSIGHT_ROLES
from tisu.voice.forms import StaffReportForm, WordsForm, new_key
from tisu.voice.models import Report
from tisu.voice.once import once
from tisu.voice.roles import takes_reports
from tisu.voice.services import answer_as_requester, reply, take_report
from tisu.voice.views import drawn_anew, with_papers


@never_cache
@sensitive_post_parameters()
def new(request: HttpRequest) -> HttpResponse:
    """A report that came by phone, at the window or from the press. Firms and observers use the public page."""
    if not takes_reports(request.user):
        raise PermissionDenied(_("Reports of others are entered by the office and supervision."))
    if request.method != "POST":
        return _blank(request, StaffReportForm(initial={"key": new_key()}))
    form = with_papers(request, StaffReportForm)
    if form.is_valid():
        try:
            return render(request, "voice/handed_out.html", _take_once(request, form))
        except Refusal as refusal:
            form = drawn_anew(form, refusal)
    return _blank(request, form, status=422)


def _blank(request: HttpRequest, form: StaffReportForm, status: int = 200) -> HttpResponse:
    return render(request, "voice/new.html", {"form": form}, status=status)


def _take_once(request: HttpRequest, form: StaffReportForm) -> dict[str, str]:
    given = form.given()

    def take():
        taken = take_report(**given, taken_by=request.user)
        return {"receipt": taken.receipt_code, "number": taken.report.matter.number}

    return once(form.cleaned_data["key"], given | {"taken_by": request.user.pk}, take)


@require_POST
def say(request: HttpRequest, number: str) -> HttpResponse:
    """A line of the dialogue, as the office or as the reporter who is signed in."""
    report = visible_report(request, number)
    form = WordsForm(request.POST)
    speak = reply if standing_of(request.user).has(*OVERSIGHT_ROLES) else answer_as_requester
    try:
        if form.is_valid():
            speak(user=request.user, report=report, text=form.cleaned_data["text"])
        else:
            messages.error(request, form.errors["text"][0])
    except Refusal as refusal:
        return refused(request, refusal, number)
    return back_to(number, "?tab=dialogue")


def visible_report(request: HttpRequest, number: str) -> Report:
    rows = Report.objects.visible_to(request.user).select_related("matter", "origin")
    report = rows.filter(matter__number=number.upper()).first()
    if report is None:
        raise Http404
    return report


def refused(request: HttpRequest, refusal: Refusal, number: str) -> HttpResponse:
    if refusal.status == 403:
        raise PermissionDenied(str(refusal.sentence))
    messages.error(request, str(refusal.sentence))
    return back_to(number)


def back_to(number: str, part: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("loop:matter", args=[number]) + part)
