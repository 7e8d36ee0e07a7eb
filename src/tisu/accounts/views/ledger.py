"""The auditor's page: the ledger, newest first, to be read and nothing else."""

from datetime import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from tisu.accounts.forms import LedgerForm
from tisu.accounts.gates import only_for
from tisu.audit.models import Entry
from tisu.audit.said import unreadable
from tisu.foundation import clock
from tisu.foundation.paging import keyset_page
from tisu.foundation.rooms import declared
from tisu.orgs.models import Role
from tisu.web.filters import chips

# What is no field of its own.
NAMES = {"before": gettext_lazy("before"), "after": gettext_lazy("after")}


@only_for(Role.AUDITOR)
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    words = dict(declared("acts"))
    form = LedgerForm(request.GET, acts=list(words.items()), auto_id="filter_%s")
    rows = _filtered(form.cleaned_data) if form.is_valid() else Entry.objects.none()
    entries, following = keyset_page(rows.select_related("actor"), request)
    for entry in entries:
        entry.words = words.get(entry.act, entry.act)
        entry.facts = _facts(entry)
    context = {"entries": entries, "next_url": following, "filter": form, "chips": chips(form, request.GET)}
    return render(request, "accounts/ledger.html", context)


def _facts(entry: Entry) -> str:
    """The details in words, also when someone has put there what no act ever wrote."""
    try:
        return unreadable() if entry.details is None else _in_words(entry.details)
    except RecursionError:
        return unreadable()


def _in_words(details: dict) -> str:
    """Each detail under the name that its field has on the pages; what has none keeps its own."""
    named = ((NAMES.get(name) or gettext(name), value) for name, value in details.items())
    return " · ".join(f"{name} {_said(value)}" for name, value in named)


def _said(value: object) -> str:
    if isinstance(value, dict):
        return _in_words(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _filtered(asked: dict):
    """By act, by person, from a day on, before a day."""
    rows = Entry.objects.all()
    if asked["act"]:
        rows = rows.filter(act=asked["act"])
    if asked["person"]:
        rows = rows.filter(actor__username__iexact=asked["person"])
    if asked["since"]:
        rows = rows.filter(at__gte=clock.moment(asked["since"], time.min))
    if asked["before"]:
        rows = rows.filter(at__lt=clock.moment(asked["before"], time.min))
    return rows
