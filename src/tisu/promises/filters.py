"""Filters of promises: one set for the list page, the sheet that is taken along, and the API."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tisu.enterprises.models import Enterprise, compact_credit_code
from tisu.foundation.listed import listed
from tisu.foundation.numbering import as_number
from tisu.loop.faults import Unacceptable
from tisu.loop.filters import ALL, HalfWidthDateField, UnitFilter, units_of_reader
from tisu.orgs.models import Unit
from tisu.promises.models import Promise
from tisu.promises.queries import PromiseQuerySet
from tisu.promises.states import Form, State

OPEN, OVERDUE, SLOGANS = "open", "overdue", "slogan"


class DayFilter(django_filters.DateFilter):
    """A day of the calendar, in either width."""

    field_class = HalfWidthDateField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=forms.DateInput(attrs={"type": "date"}), **kwargs)


class PromiseFilter(django_filters.FilterSet):
    """`state` also takes `open`, `overdue` and `slogan`; both days are counted."""

    q = django_filters.CharFilter(label=gettext_lazy("Words"), method="search", max_length=200)
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[
            (OPEN, pgettext_lazy("promises", "all that is owed")),
            (OVERDUE, pgettext_lazy("promises", "overdue")),
            (SLOGANS, pgettext_lazy("promises", "slogans")),
            *State.choices,
        ],
        method="at_state",
        empty_label=ALL,
    )
    unit = UnitFilter(
        label=gettext_lazy("Unit"),
        queryset=units_of_reader,
        to_field_name="code",
        method="of_unit",
        empty_label=ALL,
    )
    form = django_filters.ChoiceFilter(label=gettext_lazy("Given as"), choices=Form.choices, empty_label=ALL)
    due_from = DayFilter(label=gettext_lazy("Due from"), field_name="due_on", lookup_expr="gte")
    due_until = DayFilter(label=gettext_lazy("Due until"), field_name="due_on", lookup_expr="lte")
    firm = django_filters.CharFilter(
        label=gettext_lazy("Credit code of the firm"), method="of_firm", max_length=40
    )

    class Meta:
        model = Promise
        fields = []

    def search(self, rows: PromiseQuerySet, name: str, value: str) -> PromiseQuerySet:
        return rows.found_by(value) | rows.filter(number=as_number(value))

    def at_state(self, rows: PromiseQuerySet, name: str, value: str) -> PromiseQuerySet:
        if value == OPEN:
            return rows.running()
        if value == OVERDUE:
            return rows.overdue()
        return rows.slogans() if value == SLOGANS else rows.filter(state=value)

    def of_unit(self, rows: PromiseQuerySet, name: str, value: Unit) -> PromiseQuerySet:
        return rows.filter(unit__code=value.code)

    def of_firm(self, rows: PromiseQuerySet, name: str, value: str) -> QuerySet:
        found = Enterprise.objects.answering_to(compact_credit_code(value)).first()
        return rows.of_firm(found) if found else rows.none()


def promise_filter(request) -> PromiseFilter:
    """The filter over what the person may see."""
    return PromiseFilter(request.GET, queryset=Promise.objects.visible_to(request.user), request=request)


def filtered_promises(request) -> PromiseQuerySet:
    """The filtered list, or 422 that names the filter which could not be read."""
    wanted = promise_filter(request)
    if not wanted.form.is_valid():
        errors = {name: list(faults) for name, faults in wanted.form.errors.items()}
        raise Unacceptable(_("A filter could not be read: %(names)s.") % {"names": listed(errors)}, errors)
    return wanted.qs
