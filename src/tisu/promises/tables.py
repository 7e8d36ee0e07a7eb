"""The promise ledger as a sheet: the rows that a person sees under these filters, in the words of the page."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tisu.foundation.sheets.declared import Column, Export
from tisu.promises.filters import PromiseFilter
from tisu.promises.models import Promise
from tisu.promises.powers import acts_for_a_firm, reads_promises
from tisu.web.templatetags.web import LIGHTS, iso_date

AT_ONCE = 500


def takes_along(user: Any) -> bool:
    return reads_promises(user) or acts_for_a_firm(user)


def _rows(user: Any, query: QueryDict) -> Iterator[Promise]:
    """None for a filter that cannot be read: it is not left out of account."""
    request = SimpleNamespace(user=user, GET=query)
    wanted = PromiseFilter(query, queryset=Promise.objects.visible_to(user), request=request)
    if wanted.form.is_valid():
        yield from wanted.qs.for_rows().order_by("-pk").iterator(chunk_size=AT_ONCE)


PROMISES_OUT = Export(
    code="promises",
    label=_("Promises"),
    columns=(
        Column("number", _("Number"), said=lambda row: row.number),
        Column("text", _("Text as given"), said=lambda row: row.text),
        Column("form", _("Given as"), said=lambda row: str(row.get_form_display())),
        Column("maker", _("Promised by"), said=lambda row: str(row.maker)),
        Column("firm", _("Promised to"), said=lambda row: str(row.enterprise or "")),
        Column("credit_code", _("Unified social credit code"), said=lambda row: row.enterprise.credit_code if row.enterprise else ""),
        Column("given", _("Promised on"), said=lambda row: iso_date(row.given_on)),
        Column("due", _("To be kept by"), said=lambda row: iso_date(row.due_on)),
        Column("unit", _("Responsible unit"), said=lambda row: str(row.unit or "")),
        Column("state", _("State"), said=lambda row: str(row.get_state_display())),
        Column("light", _("Light"), said=lambda row: str(LIGHTS[row.light][1]) if row.light else ""),
        Column("outcome", _("What became of it"), said=lambda row: str(row.get_outcome_display())),
        Column("amount", _("Money in yuan"), said=lambda row: row.amount),
        Column("basis", _("Legal basis"), said=lambda row: f"{row.get_level_display()} {row.basis}".strip()),
    ),
    allowed=takes_along,
    rows=_rows,
    by_persons_only=True,
)  # fmt: skip
