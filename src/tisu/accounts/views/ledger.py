"""The auditor's page: the ledger, newest first, to be read and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tisu.accounts.forms import LedgerForm
from tisu.accounts.gates import only_for
from tisu.accounts.ledger_words import facts_in_words, filtered, words_of_acts
from tisu.audit.models import Entry
from tisu.foundation.paging import keyset_page
from tisu.foundation.signatures import as_read
from tisu.orgs.models import Role
from tisu.web.filters import chips


@only_for(Role.AUDITOR)
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    words = words_of_acts()
    form = LedgerForm(request.GET, acts=list(words.items()), auto_id="filter_%s")
    rows = filtered(form.cleaned_data) if form.is_valid() else Entry.objects.none()
    entries, following = keyset_page(rows.select_related("actor"), request)
    for entry in entries:
        entry.words = words.get(entry.act, entry.act)
        entry.facts = facts_in_words(entry)
        entry.signed_as_read = as_read(entry.signed)
    context = {"entries": entries, "next_url": following, "filter": form, "chips": chips(form, request.GET)}
    return render(request, "accounts/ledger.html", context)
