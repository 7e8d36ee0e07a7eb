"""Filters of matters: one set for the list page, the API and the links behind every figure."""

from collections.abc import Iterator
from datetime import time
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from tisu.accounts.standing import standing_of
from tisu.foundation import clock, search
from tisu.foundation.listed import listed
from tisu.foundation.numbering import as_number
from tisu.foundation.textnorm import narrow
from tisu.loop.faults import Unacceptable
from tisu.loop.findable import SEARCH_SUBJECT
from tisu.loop.kinds import kinds
from tisu.loop.models import Matter
from tisu.loop.queries import UNIT_ROLES, MatterQuerySet, raised_by
from tisu.loop.stages import OPEN, Light, Stage
from tisu.orgs.models import Duty, Region, Unit, within

ALL = _("all")


class HalfWidthDateField(forms.DateField):
    def to_python(self, value: Any):
        return super().to_python(narrow(value) if isinstance(value, str) else value)


class DayFilter(django_filters.DateFilter):
    field_class = HalfWidthDateField

    """A local day as the moment it begins: a range on the moment uses its index, a cast to days would not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=forms.DateInput(attrs={"type": "date"}), **kwargs)

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        return super().filter(qs, value and clock.moment(value, time.min))


YES_OR_NO = forms.Select(choices=[("", ALL), ("true", _("yes")), ("false", _("no"))])


class ChoicesReadOnce(ModelChoiceIterator):
    """A list asks for its choices to draw them, and again for the words of what was chosen."""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        kept = vars(self.field)
        if "_choices_read" not in kept:
            kept["_choices_read"] = list(super().__iter__())
        return iter(kept["_choices_read"])


class UnitByCodeField(forms.ModelChoiceField):
    """A unit's code may stand in two counties; then any of them stands for the code."""

    iterator = ChoicesReadOnce

    def to_python(self, value: Any) -> Unit | None:
        try:
            return super().to_python(value)
        except Unit.MultipleObjectsReturned:
            return self.queryset.filter(code=value).first()


class UnitFilter(django_filters.ModelChoiceFilter):
    field_class = UnitByCodeField


def units_of_reader(request) -> QuerySet:
    """Units of the regions where the reader has a post: the names to choose from."""
    regions = {role.region for role in standing_of(request.user).roles if role.region} or {settings.REGION}
    reach = reduce(or_, (within("region_id", region) for region in regions))
    return Unit.objects.on().filter(reach).exclude(duty=Duty.ADMINISTRATION)


def _kind_choices() -> list[tuple[str, Any]]:
    return [(code, kind.label) for code, kind in kinds().items()]


class MatterFilter(django_filters.FilterSet):
    """`stage` also takes `open` for every stage that has not ended; days are local, `…_before` excludes the day."""

    q = django_filters.CharFilter(label=_("Words"), method="search", max_length=200)
    stage = django_filters.ChoiceFilter(
        label=_("Stage"),
        choices=[("open", _("all open")), *Stage.choices],
        method="at_stage",
        empty_label=ALL,
    )
    light = django_filters.ChoiceFilter(
        label=_("Light"), choices=Light.choices, method="under_light", empty_label=ALL
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=_kind_choices, empty_label=ALL)
    unit = UnitFilter(
        label=_("Unit"), queryset=units_of_reader, to_field_name="code", method="of_unit", empty_label=ALL
    )
    region = django_filters.ModelChoiceFilter(
        label=_("Region"),
        queryset=lambda request: Region.objects.all(),
        to_field_name="code",
        method="in_region",
        empty_label=ALL,
    )
    due_from = DayFilter(label=_("Due from"), field_name="due_at", lookup_expr="gte")
    due_before = DayFilter(label=_("Due before"), field_name="due_at", lookup_expr="lt")
    closed_from = DayFilter(label=_("Closed from"), field_name="closed_at", lookup_expr="gte")
    closed_before = DayFilter(label=_("Closed before"), field_name="closed_at", lookup_expr="lt")
    mine = django_filters.BooleanFilter(label=_("Mine"), method="of_mine", widget=YES_OR_NO)

    class Meta:
        model = Matter
        fields = []

    def search(self, rows: MatterQuerySet, name: str, value: str) -> MatterQuerySet:
        found = Q(pk__in=search.matching(SEARCH_SUBJECT, value))
        return rows.filter(found | Q(number=as_number(value)))

    def at_stage(self, rows: MatterQuerySet, name: str, value: str) -> MatterQuerySet:
        return rows.filter(stage__in=OPEN) if value == "open" else rows.filter(stage=value)

    def under_light(self, rows: MatterQuerySet, name: str, value: str) -> MatterQuerySet:
        return rows.under(value)

    def of_unit(self, rows: MatterQuerySet, name: str, value: Unit) -> MatterQuerySet:
        return rows.filter(rows.assigned_to(Unit.objects.filter(code=value.code).values("pk")))

    def in_region(self, rows: MatterQuerySet, name: str, value: Region) -> MatterQuerySet:
        return rows.filter(within("region_id", value.code))

    def of_mine(self, rows: MatterQuerySet, name: str, value: bool) -> MatterQuerySet:
        standing = standing_of(self.request.user)
        mine = Q(rows.assigned_to(standing.units(*UNIT_ROLES))) | raised_by(standing)
        return rows.filter(mine) if value else rows.exclude(mine)


def matter_filter(request) -> MatterFilter:
    """The filter over what the person may see."""
    return MatterFilter(request.GET, queryset=Matter.objects.visible_to(request.user), request=request)


def filtered_matters(request) -> MatterQuerySet:
    """The filtered list, or 422 that names the filter which could not be read."""
    wanted = matter_filter(request)
    if not wanted.form.is_valid():
        errors = {name: list(faults) for name, faults in wanted.form.errors.items()}
        raise Unacceptable(_("A filter could not be read: %(names)s.") % {"names": listed(errors)}, errors)
    return wanted.qs
