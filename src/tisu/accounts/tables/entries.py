"""The audit ledger as a sheet, for whoever keeps a copy outside."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tisu.accounts.forms import LedgerForm
from tisu.accounts.gates import is_one
from tisu.accounts.ledger_words import facts_in_words, filtered, words_of_acts
from tisu.foundation.sheets.declared import Column, Export
from tisu.orgs.models import Role

AT_ONCE = 500


def _rows(user: Any, query: QueryDict) -> Iterator[Any]:
    words = words_of_acts()
    form = LedgerForm(query, acts=list(words.items()))
    if form.is_valid():
        rows = filtered(form.cleaned_data).select_related("actor").order_by("-pk")
        for entry in rows.iterator(chunk_size=AT_ONCE):
            entry.words = words.get(entry.act, entry.act)
            yield entry


ENTRIES_OUT = Export(
    code="ledger",
    label=_("Audit ledger"),
    columns=(
        Column("time", _("Time"), said=lambda entry: f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"),
        Column("by", _("By"), said=lambda entry: entry.signed),
        Column("username", _("User name"), said=lambda entry: entry.actor.username if entry.actor else ""),
        Column("act", _("Act"), said=lambda entry: str(entry.words)),
        Column("about", _("About"), said=lambda entry: entry.about),
        Column("reason", _("Reason"), said=lambda entry: entry.reason),
        Column("details", _("Details"), said=facts_in_words),
        Column("seq", _("Place in the chain"), said=lambda entry: entry.seq),
        Column("chain", _("Value of the chain"), said=lambda entry: entry.chain),
    ),
    allowed=is_one(Role.AUDITOR),
    rows=_rows,
    by_persons_only=True,
)
