"""What is typed into the calendar of a firm: visits, and days on which it is left alone."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tisu.enterprises.facts import days_in_words
from tisu.enterprises.models import VisitKind
from tisu.orgs.forms import DayField, NameField
from tisu.orgs.models import Unit
from tisu.web.templatetags.web import WEEKDAYS


class PlanForm(forms.Form):
    """A visit. What speaks against it is said at `despite`, which is only asked for then."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=_("Kind"), choices=VisitKind.choices)
    purpose = NameField(label=_("What for"), max_length=200, help_text=_("The firm reads it."))
    first = DayField(label=_("Day"))
    last = DayField(
        label=_("Last day"), required=False, initial=None, help_text=_("Only for more than one day.")
    )
    reason = NameField(
        label=_("Why it cannot wait"), required=False, max_length=200,
        help_text=_("Only on a day that the firm keeps free, or for a survey soon after another. The firm reads it."),
    )  # fmt: skip
    despite = forms.BooleanField(
        label=_("Plan it all the same"), required=False, widget=forms.HiddenInput(attrs={"value": ""})
    )

    def __init__(self, *args: Any, units: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        if self.is_bound:
            self.fields["despite"].widget = forms.CheckboxInput()


class QuietForm(forms.Form):
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"), required=False, initial=None)
    weekday = forms.TypedChoiceField(
        label=_("Every week on"), required=False, coerce=int, empty_value=None,
        choices=[("", _("no: each of these days")), *enumerate(WEEKDAYS)],
    )  # fmt: skip
    note = NameField(label=_("Why"), required=False, max_length=100)


class QuietRowForm(forms.Form):
    days = forms.ModelChoiceField(label=_("Which days"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, rows: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].queryset = rows
        self.fields["days"].label_from_instance = days_in_words


class VisitRowForm(forms.Form):
    visit = forms.ModelChoiceField(label=_("Which visit"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, rows: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visit"].queryset = rows
        self.fields["visit"].label_from_instance = lambda row: f"{row.first} {row.unit} {row.purpose[:30]}"


class CallOffForm(VisitRowForm):
    reason = NameField(label=_("Reason"), max_length=200, help_text=_("The firm reads it."))
