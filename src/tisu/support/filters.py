"""Filters of requests: one set for the list, its export and the API."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.enterprises.models import Enterprise
from tisu.foundation import search
from tisu.foundation.numbering import as_number
from tisu.loop.fields import DayField
from tisu.loop.findable import SEARCH_SUBJECT
from tisu.loop.models import Matter
from tisu.orgs.models import Duty, Unit, within
from tisu.support.factors import Factor, Level
from tisu.support.force_queries import TaskForceQuerySet
from tisu.support.queries import FactorRequestQuerySet
from tisu.support.states import OPEN_STATES, State

ALL = ("", _("all"))


class RequestFilter(forms.Form):
    """`state` also takes `open`, for all that has not ended."""

    q = forms.CharField(label=_("Words, number or firm"), required=False, max_length=80)
    factor = forms.ChoiceField(
        label=pgettext_lazy("production", "Factor"), choices=[ALL, *Factor.choices], required=False
    )
    state = forms.ChoiceField(
        label=_("How far"), choices=[ALL, ("open", _("all open")), *State.choices], required=False
    )
    level = forms.ChoiceField(label=_("Who decides"), choices=[ALL, *Level.choices], required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit"), to_field_name="code", required=False, empty_label=_("all")
    )
    needed_before = DayField(label=_("Needed before"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = {role.region for role in standing_of(user).roles if role.unit_id}
        reach = Q(pk__in=())
        for region in regions:
            reach |= within("region_id", region)
        self.fields["unit"].queryset = Unit.objects.on().filter(reach).exclude(duty=Duty.ADMINISTRATION)
        if not regions:
            del self.fields["unit"]

    def narrowed(self, rows: FactorRequestQuerySet) -> FactorRequestQuerySet:
        """A filter that cannot be read leaves no rows: it is said beside it."""
        if not self.is_valid():
            return rows.none()
        said = self.cleaned_data
        if said["q"]:
            rows = rows.filter(_about(said["q"]))
        for name in ("factor", "level"):
            if said[name]:
                rows = rows.filter(**{name: said[name]})
        if said.get("unit"):
            rows = rows.filter(
                matter__in=Matter.objects.filter(Matter.objects.assigned_to([said["unit"].pk]))
            )
        if said["needed_before"]:
            rows = rows.filter(needed_by__lt=said["needed_before"])
        if said["state"]:
            wanted = OPEN_STATES if said["state"] == "open" else {said["state"]}
            rows = rows.with_state().filter(state__in=wanted)
        return rows


def _about(words: str) -> Q:
    """In the words of the matter, by its number, or by any word of the firm."""
    firms = Enterprise.objects.kin_of(Enterprise.objects.found_by(words).values("pk")).values("pk")
    return (
        Q(matter__in=search.matching(SEARCH_SUBJECT, words))
        | Q(matter__number=as_number(words))
        | Q(matter__enterprise__in=firms)
    )


class ForceFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ALL,
            ("at_work", pgettext_lazy("task force", "at work")),
            ("overdue", pgettext_lazy("task force", "past its day")),
            ("dissolved", pgettext_lazy("task force", "dissolved")),
        ],
        required=False,
    )

    def narrowed(self, rows: TaskForceQuerySet) -> TaskForceQuerySet:
        """A filter that cannot be read leaves no rows: it is said beside it."""
        if not self.is_valid():
            return rows.none()
        by_state = {"at_work": rows.at_work, "overdue": rows.overdue, "dissolved": rows.dissolved}
        wanted = by_state.get(self.cleaned_data["state"])
        return wanted() if wanted else rows
