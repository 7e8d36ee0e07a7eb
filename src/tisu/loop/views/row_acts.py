"""A list on which each row has an act of its own, beside the acts of the page (tisu.accounts.acts)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tisu.accounts.acts import PageAct, acting_page

MOST_DIGITS = 18  # of a key that a database takes


@dataclass(frozen=True)
class RowAct:
    """`do(row, data)` acts and may refuse with a ValidationError; `why(row)` is said above the form."""

    code: str
    label: Any
    form: Callable[..., Form]
    do: Callable[[Any, dict], None]
    said: Any
    why: Callable[[Any], Any]

    def drawn(self, row: Model, form: Form | None = None) -> dict[str, Any]:
        """The parameters of web/components/act.html."""
        return {
            "label": self.label,
            "asks": form or self.form(auto_id=self._auto_id(row)),
            "hidden": {"act": self.code, "row": row.pk},
            "why": self.why(row),
            "open": form is not None,
        }

    def filled(self, row: Model, data: Any) -> Form:
        return self.form(data, auto_id=self._auto_id(row))

    def _auto_id(self, row: Model) -> str:
        return f"{self.code}-{row.pk}_%s"


@dataclass(frozen=True)
class RowsPage:
    """`context(row, form)` draws the list; after a refusal that row alone, its form open with what was typed."""

    template: str
    act: PageAct
    row_act: RowAct
    rows: QuerySet
    context: Callable[..., dict[str, Any]]

    def answer(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or request.POST.get("act") != self.row_act.code:
            return acting_page(request, [self.act], self.template, self.context)
        row = self._row(request.POST.get("row", ""))
        form = self.row_act.filled(row, request.POST)
        if form.is_valid():
            try:
                self.row_act.do(row, form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal.messages)
            else:
                messages.success(request, self.row_act.said)
                return HttpResponseRedirect(request.path)
        drawn = self.context(row, form) | {"acts": [self.act.drawn()]}
        return render(request, self.template, drawn, status=422)

    def _row(self, key: str) -> Model:
        fits = key.isascii() and key.isdigit() and len(key) <= MOST_DIGITS
        row = self.rows.filter(pk=int(key)).first() if fits else None
        if row is None:
            raise Http404
        return row
