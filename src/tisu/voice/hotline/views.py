"""What the hotline's categories mean here: kept by the office, used for every work order that comes in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.loop.queries import OVERSIGHT_ROLES
from tisu.loop.stages import Screening
from tisu.voice.hotline.models import Category
from tisu.voice.hotline.table import categories_of
from tisu.voice.roles import takes_reports
from tisu.voice.services import LONGEST_TOPIC, units_to_name


class CategoryForm(forms.Form):
    screening = forms.ChoiceField(
        label=gettext_lazy("Probably"),
        choices=[("", gettext_lazy("not determined")), *Screening.choices],
        required=False,
        help_text=gettext_lazy("A proposal: each report is still screened by a person."),
    )
    topic = forms.CharField(label=gettext_lazy("Topic"), max_length=LONGEST_TOPIC, required=False)
    responsible_unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit that could solve it"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("not determined"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible_unit"].queryset = units_to_name()


def categories(request: HttpRequest) -> HttpResponse:
    """All that were ever seen, those that nobody has explained first."""
    rows = sorted(_rows(request), key=lambda row: (row.is_known, row.name))
    return render(request, "voice/categories.html", {"categories": rows})


def category(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: what it means from now on. Reports that are in already stay as they are."""
    row = get_object_or_404(_rows(request), pk=pk)
    form = CategoryForm(request.POST or None, initial=_values(row))
    if request.method == "POST" and form.is_valid():
        _keep(request, row, form.cleaned_data)
        messages.success(request, _("“%(name)s” is understood so from now on.") % {"name": row.name})
        return redirect("voice:categories")
    return render(
        request, "voice/category.html", {"category": row, "form": form}, status=422 if form.errors else 200
    )


def _rows(request: HttpRequest):
    if not takes_reports(request.user):
        raise Http404
    return categories_of(request.user)


@transaction.atomic
def _keep(request: HttpRequest, row: Category, data: dict[str, Any]) -> None:
    before = {name: str(value or "") for name, value in _values(row).items()}
    row.screening, row.topic, row.responsible_unit = (
        data["screening"],
        data["topic"],
        data["responsible_unit"],
    )
    row.save()
    signed = standing_of(request.user).label_as(*OVERSIGHT_ROLES)
    record(act="map-category", about=row.name, actor=request.user, signed=signed, before=before)


def _values(row: Category) -> dict[str, Any]:
    return {"screening": row.screening, "topic": row.topic, "responsible_unit": row.responsible_unit}
