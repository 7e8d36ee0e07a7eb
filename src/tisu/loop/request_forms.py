"""What requests ask for, and how they are decided."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tisu.foundation import clock
from tisu.foundation.signatures import as_read
from tisu.loop.fields import DayField, TextField, UnitField, WholeNumberField
from tisu.loop.forms import ActionForm, HandlerForm
from tisu.loop.models import Request
from tisu.loop.reasons import SUSPENSIONS
from tisu.web.forms import SuggestInput


class SuspensionForm(ActionForm):
    reason = TextField(
        label=_("Reason"),
        widget=SuggestInput(tuple(SUSPENSIONS.values())),
        help_text=_("One of the listed reasons; another one needs an opinion from whoever grants it."),
    )
    until = DayField(
        label=_("Suspended until"), help_text=_("The day on which work goes on; it is counted again.")
    )

    def clean_reason(self) -> str:
        """A listed reason is kept by its code, whichever language it was chosen in."""
        written = self.cleaned_data["reason"]
        return next((code for code, words in SUSPENSIONS.items() if str(words) == written), written)

    def clean_until(self) -> date:
        day, most = self.cleaned_data["until"], self.matter.matter_type.rules.suspension_days
        if day <= clock.today():
            raise ValidationError(
                _("%(day)s is not later than today: name the day on which work goes on."), params={"day": day}
            )
        if day > clock.today() + timedelta(days=most):
            raise ValidationError(
                _("%(day)s is too far away: a suspension lasts %(most)d days at the most."),
                params={"day": day, "most": most},
            )
        return day


class ExtensionForm(ActionForm):
    working_days = WholeNumberField(label=_("Working days more"), min_value=1)
    reason = TextField(label=_("Reason"), long=True)

    def clean_working_days(self) -> int:
        days, most = self.cleaned_data["working_days"], self.matter.matter_type.rules.extension_days
        if days > most:
            raise ValidationError(_("%(most)d working days more are the most."), params={"most": most})
        return days


class TransferForm(HandlerForm):
    unit = UnitField(label=_("Unit that should handle it"))
    reason = TextField(label=_("Reason"), long=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        unit, lead = data.get("unit"), self.matter.lead
        if lead and unit == lead.unit:
            self.add_error("unit", _("%(unit)s is the lead unit already.") % {"unit": unit})
        co_units = [row.unit for row in self.matter.co_assignments if row.unit != unit]
        self.check_handlers("unit", unit, co_units)
        return data


class ContentChangeForm(ActionForm):
    text = TextField(label=_("New text"), long=True, max_length=20_000)
    reason = TextField(label=_("Reason"), long=True)


class DecideForm(ActionForm):
    """Names one waiting request of this matter by its number; with only one there is nothing to choose."""

    request = WholeNumberField(label=_("Request"), min_value=1, widget=forms.Select)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer([row for row in self.matter.requests.all() if row.is_waiting])

    def offer(self, requests: list[Request]) -> None:
        """The requests to choose from."""
        field = self.fields["request"]
        field.widget.choices = [
            (row.number, f"{row.get_kind_display()} · {as_read(row.signed)}") for row in requests
        ]
        if len(requests) == 1:
            field.initial, field.widget = requests[0].number, forms.HiddenInput()


class GrantForm(DecideForm):
    opinion = TextField(label=_("Opinion"), required=False, long=True)


class DeclineForm(DecideForm):
    reason = TextField(label=_("Reason"), long=True)


class WithdrawRequestForm(DecideForm):
    pass
