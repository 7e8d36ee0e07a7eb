"""What is typed about a firm's figures and about what it was granted."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tisu.enterprises import periods
from tisu.enterprises.amounts import HOW_BY_QUANTITY, Amount, Measure, NotAnAmount, quantity_of, read_amount
from tisu.enterprises.models import BenefitKind, Figure, Origin, Statement
from tisu.foundation import clock
from tisu.foundation.listed import listed_apart
from tisu.orgs.forms import DayField, NameField
from tisu.orgs.models import Unit
from tisu.web.forms import SuggestInput
from tisu.web.moneyfield import YuanField


class PeriodField(forms.CharField):
    """A month, a quarter, a year, or a year up to a day; the likely ones are suggested."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, widget=SuggestInput(), help_text=periods.HOW, **kwargs)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> Any:
        self.widget.suggestions = tuple(period.words() for period in likely_periods(clock.today()))
        return super().get_bound_field(form, field_name)

    def clean(self, value: Any) -> periods.Period | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return periods.read_period(text)
        except periods.NotAPeriod as fault:
            raise ValidationError(str(fault)) from fault


def likely_periods(today: date) -> list[periods.Period]:
    """What one is asked for: the last month, quarter and year, and this year so far and as a whole."""
    last = today.replace(day=1) - timedelta(days=1)
    place = (last.month + 2) // 3
    ended = periods.quarter(last.year, place)
    before = ended.first - timedelta(days=1)
    last_quarter = ended if ended.last == last else periods.period_of(periods.Grain.QUARTER, before)
    return [
        periods.month(last.year, last.month), last_quarter, periods.so_far(today),
        periods.year(today.year - 1), periods.year(today.year),
    ]  # fmt: skip


class FigureForm(forms.Form):
    """What a firm's own people enter: nobody else's word is asked for."""

    measure = forms.ChoiceField(label=_("Measure"), choices=Measure.choices)
    status = forms.ChoiceField(
        label=_("Has it happened?"), choices=Statement.choices, widget=forms.RadioSelect,
        help_text=_("Actual only once the period is over. A forecast is never shown without the word."),
    )  # fmt: skip
    period = PeriodField(label=_("Period"))
    amount = forms.CharField(label=_("Amount with its unit"), max_length=40)
    agreed = forms.BooleanField(
        label=_("We agree that this county's staff who serve firms read this figure."),
        help_text=_("You can take it back at any time; then nobody but you sees it."),
    )
    reason = NameField(label=_("Reason"), max_length=200, help_text=_("It stands in the audit ledger."))

    def __init__(self, *args: Any, figure: Figure | None = None, **kwargs: Any) -> None:
        """For a correction the measure, statement and period are those of the figure and are not asked for."""
        super().__init__(*args, **kwargs)
        self.figure = figure
        self.fields["amount"].help_text = listed_apart(map(str, HOW_BY_QUANTITY.values()))
        for name in ("measure", "status", "period") if figure else ("reason",):
            del self.fields[name]
        if figure is not None:
            self.fields["amount"].help_text = HOW_BY_QUANTITY[quantity_of(figure.measure)]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data.pop("agreed", None)
        measure = self.figure.measure if self.figure else data.get("measure")
        if measure and data.get("amount"):
            data["amount"] = self._read(measure, data["amount"])
        return data

    def _read(self, measure: str, text: str) -> Amount | None:
        try:
            return read_amount(measure, text)
        except NotAnAmount as fault:
            self.add_error("amount", str(fault))
            return None


class OfficeFigureForm(FigureForm):
    """What the office enters names its source."""

    origin = forms.ChoiceField(label=_("From whom"), choices=Origin.choices)
    source = NameField(
        label=_("Source"), max_length=120,
        help_text=_("The paper and its day, or who said it. Never what firms report to the statistics bureau."),
    )  # fmt: skip
    consent = NameField(
        label=_("How the firm agreed"), max_length=120, required=False,
        help_text=_("Needed for what the firm told: who agreed, when and how."),
    )  # fmt: skip
    said_on = DayField(label=_("Said on"), help_text=_("The day of the paper, or on which it was told."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["agreed"]


class ReasonForm(forms.Form):
    reason = NameField(label=_("Reason"), max_length=200, help_text=_("It stands in the audit ledger."))


# --- What was granted ---


class BenefitForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=BenefitKind.choices)
    title = NameField(label=_("What was granted"), max_length=120)
    unit = forms.ModelChoiceField(label=_("Granted by"), queryset=Unit.objects.none(), required=False)
    first = DayField(label=_("First day"), initial=None)
    last = DayField(
        label=_("Last day"), required=False, initial=None, help_text=_("Leave it empty where no end was set.")
    )
    value = YuanField(label=_("Value"), required=False)
    basis = NameField(
        label=_("Basis"), required=False, max_length=200, help_text=_("The paper, with number and day.")
    )
    review = NameField(
        label=_("Fair-competition review"), required=False, max_length=120,
        help_text=_("Number and day. Needed for what one firm gets and others do not, since 1 August 2024."),
    )  # fmt: skip
    source = NameField(label=_("Source"), max_length=120)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class BenefitRowForm(ReasonForm):
    benefit = forms.ModelChoiceField(label=_("Which one"), queryset=None, empty_label=None)
    field_order = ("benefit", "last", "reason")

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["benefit"].queryset = rows


class EndBenefitForm(BenefitRowForm):
    last = DayField(label=_("Last day"))
