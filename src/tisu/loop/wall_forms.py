"""What is typed about walls and conflicts of interest, and how their lists are looked through."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tisu.accounts.forms import PersonField
from tisu.enterprises.models import compact_credit_code
from tisu.foundation import clock
from tisu.foundation.numbering import as_number
from tisu.orgs.forms import CodeField, DayField, NameField
from tisu.orgs.models import Unit

LONGEST_REASON = 200
NO_CONTENT = _("It stands in the audit ledger. Tell nothing of what the matter is about.")


class UnitByCodeChoice(forms.ModelChoiceField):
    """A unit, shown with its region where units of several are to choose from."""

    def label_from_instance(self, unit: Unit) -> str:
        return f"{unit.short_name} ({unit.code})"


class WallForm(forms.Form):
    number = CodeField(
        label=_("Number of the matter"), max_length=24, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    unit = UnitByCodeChoice(
        label=_("Against a unit"), queryset=Unit.objects.none(), required=False, empty_label="—"
    )
    user = PersonField(label=_("Or against a person: user name"), required=False)
    reason = NameField(label=_("Reason"), max_length=LONGEST_REASON, help_text=NO_CONTENT)

    def __init__(self, *args: Any, units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and bool(data["unit"]) == bool(data["user"]):
            raise ValidationError(_("Name either a unit or a person: one wall keeps out one of them."))
        return data


class ReasonForm(forms.Form):
    reason = NameField(label=_("Reason"), max_length=LONGEST_REASON, help_text=NO_CONTENT)


class ConflictForm(forms.Form):
    user = PersonField(label=_("User name"))
    credit_code = CodeField(
        label=_("Credit code of the firm"),
        max_length=40,
        help_text=_("18 characters, as on the licence."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    since = DayField(label=_("Since"))
    until = DayField(label=_("First day on which it no longer applies"), required=False, initial=None)
    reason = NameField(
        label=_("Reason"), max_length=LONGEST_REASON, help_text=_("It stands in the audit ledger.")
    )


class WallListForm(forms.Form):
    """Those that stand, unless others are asked for."""

    q = CodeField(label=_("Number, unit or person"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("standing")), ("over", _("lifted")), ("all", _("all"))],
        required=False,
    )

    def narrowed(self, rows: QuerySet) -> QuerySet:
        asked = self.cleaned_data if self.is_valid() else {}
        state, words = asked.get("state", ""), asked.get("q", "")
        if state != "all":
            rows = rows.filter(lifted_at__isnull=state != "over")
        return rows.filter(_against(words)) if words else rows


def _against(words: str) -> Q:
    """The matter's number, or whom the wall keeps out."""
    unit = Q(unit__code__iexact=words) | Q(unit__short_name__icontains=words) | Q(unit__name__icontains=words)
    user = Q(user__username__iexact=words) | Q(user__name__icontains=words)
    return Q(matter__number=as_number(words)) | unit | user


class ConflictListForm(forms.Form):
    """Those in force or to come, unless others are asked for."""

    q = CodeField(label=_("Credit code or person"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("in force or to come")), ("over", _("over")), ("all", _("all"))],
        required=False,
    )

    def narrowed(self, rows: QuerySet) -> QuerySet:
        asked = self.cleaned_data if self.is_valid() else {}
        state, words, today = asked.get("state", ""), asked.get("q", ""), clock.today()
        if state == "over":
            rows = rows.filter(until__lte=today)
        elif state != "all":
            rows = rows.filter(Q(until__isnull=True) | Q(until__gt=today))
        if words:
            firm = Q(enterprise__credit_code=compact_credit_code(words))
            rows = rows.filter(firm | Q(user__username__iexact=words) | Q(user__name__icontains=words))
        return rows
