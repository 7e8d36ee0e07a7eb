"""Pages of an opening: asking for it, agreeing or declining, and the contact itself. All of it works without script."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tisu.accounts.gates import behind_second_factor
from tisu.loop.faults import Refusal
from tisu.voice.asks import LIST, ask_of, own_ask
from tisu.voice.entitled import opening_shown_to, own_openings, waiting_for
from tisu.voice.forms import ReasonForm
from tisu.voice.identity import ask_for_identity, decline_identity, grant_identity, open_identity
from tisu.voice.roles import takes_reports
from tisu.voice.staff_views import back_to, refused, visible_report


def openings(request: HttpRequest) -> HttpResponse:
    """The contacts that someone else wants to open, to agree to with one tap; and one's own."""
    if not takes_reports(request.user):
        raise PermissionDenied(_("Contacts are opened by the office and supervision."))
    context = {
        "waiting": [ask_of(row, back=LIST) for row in waiting_for(request.user)],
        "own": [own_ask(row) for row in own_openings(request.user)],
    }
    return render(request, "voice/openings.html", context)


@require_POST
def ask(request: HttpRequest, number: str) -> HttpResponse:
    report = visible_report(request, number)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["reason"][0])
        return back_to(number)
    try:
        ask_for_identity(user=request.user, report=report, reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        return refused(request, refusal, number)
    messages.success(request, _("Asked for. Someone else of office or supervision must agree now."))
    return back_to(number)


@require_POST
@behind_second_factor
def grant(request: HttpRequest, pk: Any) -> HttpResponse:
    return _decided(request, pk, grant_identity, _("Agreed to. It can be opened once within 24 hours."))


@require_POST
def decline(request: HttpRequest, pk: Any) -> HttpResponse:
    return _decided(request, pk, decline_identity, _("Declined. The contact stays closed."))


@require_POST
@behind_second_factor
def identity(request: HttpRequest, number: str) -> HttpResponse:
    """The contact, shown on this one answer and nowhere kept; the opening stands in the ledger."""
    report = visible_report(request, number)
    try:
        contact = open_identity(user=request.user, report=report)
    except Refusal as refusal:
        return refused(request, refusal, number)
    return render(request, "voice/identity.html", {"contact": contact, "number": report.matter.number})


def _decided(request: HttpRequest, pk: Any, decide: Callable, done: str) -> HttpResponse:
    """Back to where the button stood."""
    try:
        opening = opening_shown_to(request.user, pk)
    except Refusal as refusal:
        raise Http404 from refusal
    number = opening.report.matter.number
    try:
        decide(user=request.user, opening=opening)
    except Refusal as refusal:
        return refused(request, refusal, number)
    messages.success(request, done)
    if request.POST.get("back") == LIST:
        return HttpResponseRedirect(reverse("voice:openings"))
    return back_to(number)
