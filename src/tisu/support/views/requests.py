"""The list of requests, and how one is asked for: choose what is needed, say how much and by when."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.documents.fields import papers_sent
from tisu.foundation.paging import keyset_page
from tisu.loop.faults import NotAllowed, Unacceptable
from tisu.support.asking import ask, asks_for_own_firm, may_ask_for_others
from tisu.support.factors import TRAITS, Factor
from tisu.support.filters import RequestFilter
from tisu.support.forms import AskForm
from tisu.support.models import FactorRequest
from tisu.support.table import table_of
from tisu.support.tabs import tabs_for
from tisu.web.filters import chips


def listed(request: HttpRequest) -> HttpResponse:
    """A filter that cannot be read is said beside it, with no rows."""
    wanted = RequestFilter(request.GET, user=request.user, auto_id="filter_%s")
    rows = wanted.narrowed(FactorRequest.objects.visible_to(request.user))
    items, following = keyset_page(rows.for_rows(), request)
    context = {
        "tabs": tabs_for(request),
        "form": wanted,
        "chips": chips(wanted, request.GET),
        "table": table_of(items),
        "next_url": following,
        "may_ask": may_ask(request.user),
    }
    return render(request, "support/list.html", context, status=200 if wanted.is_valid() else 422)


def may_ask(user: Any) -> bool:
    return may_ask_for_others(user) or asks_for_own_firm(user)


def choose(request: HttpRequest) -> HttpResponse:
    """The first of three taps: what is needed."""
    if not may_ask(request.user):
        raise PermissionDenied(_not_yours())
    factors = [
        {
            "label": factor.label,
            "hint": TRAITS[factor].hint,
            "url": reverse("support:ask", args=[factor.value]),
        }
        for factor in Factor
    ]
    return render(request, "support/choose.html", {"factors": factors})


def ask_for(request: HttpRequest, factor: str) -> HttpResponse:
    """How much and by when; what cannot be is said at its field, and what was typed stays."""
    if factor not in Factor.values:
        raise Http404
    if not may_ask(request.user):
        raise PermissionDenied(_not_yours())
    form = AskForm(
        request.POST or None, factor=factor, user=request.user, for_others=may_ask_for_others(request.user)
    )
    if request.method == "POST":
        for fault in papers_sent(request, user=request.user).faults:
            form.add_error("documents", fault)
        if form.is_valid() and (asked := _asked(request, form)):
            return redirect(asked)
    context = {"form": form, "factor": Factor(factor).label, "is_market": factor == Factor.MARKET}
    return render(request, "support/ask.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, form: AskForm) -> str:
    try:
        asked = ask(user=request.user, **form.given())
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal.sentence)) from refusal
    except Unacceptable as refusal:
        form.say(refusal)
        return ""
    words = _("Registered as %(number)s: %(amount)s.") if asked.measure else _("Registered as %(number)s.")
    messages.success(request, words % {"number": asked.matter.number, "amount": asked.said(asked.asked)})
    return reverse("loop:matter", args=[asked.matter.number])


def _not_yours() -> str:
    return _("Requests are entered by the office, by supervision, or by the firm itself.")
