"""What is typed about requests. Services decide and say what is wrong; forms carry it and keep what was typed."""

from secrets import token_urlsafe
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.documents.fields import DocumentsField
from tisu.enterprises.fields import FirmField
from tisu.enterprises.models import Enterprise
from tisu.foundation.listed import listed_apart
from tisu.loop.faults import Refusal
from tisu.loop.fields import DayField, TextField
from tisu.loop.services import LONGEST_TEXT, LONGEST_TITLE
from tisu.support.factors import TRAITS, Basis, Case, Level
from tisu.support.units import MEASURES

NO_BASIS = _("Say by which value electricity is counted: calorific or equivalent.")
NO_AMOUNT = _("One thing is missing: how much, with its unit.")


class Faulty(forms.Form):
    """A form that takes the faults which a service found, each at its field."""

    def say(self, refusal: Refusal | ValidationError) -> None:
        if isinstance(refusal, ValidationError):
            self._say_faults(refusal)
            return
        if not refusal.errors:
            self.add_error(None, str(refusal.sentence))
        for name, sentences in refusal.errors.items():
            self.add_error(name if name in self.fields else None, [str(each) for each in sentences])

    def _say_faults(self, fault: ValidationError) -> None:
        """Of a model that was cleaned: what it says of no field of this form stands above it."""
        for name, sentences in getattr(
            fault, "error_dict", {None: fault.error_list if hasattr(fault, "error_list") else []}
        ).items():
            self.add_error(name if name in self.fields else None, sentences)


class AmountField(TextField):
    """Typed with its unit; which units there are, the measure says."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, **kwargs)
        self.widget.attrs.setdefault("inputmode", "text")


class AskForm(Faulty):
    """A request for one factor: only what this one needs is asked, and nothing but amount and day has to be typed."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    firm = forms.CharField(label=_("Firm"))
    measure = forms.ChoiceField(label=_("What the amount counts"), widget=forms.RadioSelect, required=False)
    amount = AmountField(label=_("How much, with its unit"), required=False)
    basis = forms.ChoiceField(
        label=_("Electricity counted by"), choices=Basis.choices, widget=forms.RadioSelect, required=False
    )
    case = forms.ChoiceField(label=_("What kind of request"), required=False)
    needed_by = DayField(
        label=_("Needed by"), error_messages={"required": _("Say by which day it is needed.")}
    )
    level = forms.ChoiceField(
        label=_("Who decides"),
        required=False,
        choices=[("", _("as the rule says, else the county")), *Level.choices],
    )
    text = TextField(
        label=_("What should be known about it"), required=False, max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    title = TextField(label=_("In one line"), required=False, max_length=LONGEST_TITLE)
    documents = DocumentsField(required=False)

    def __init__(self, *args: Any, factor: str, user: User, for_others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.factor, traits = factor, TRAITS[factor]
        self.fields["key"].initial = token_urlsafe(16)
        self.fields["text"].help_text = traits.hint
        self._firm(user, for_others)
        self._amount(traits.measures, is_needed=not traits.case)
        self._drop("basis", not traits.needs_basis)
        if traits.needs_basis:
            self.fields["basis"].required = True
            self.fields["basis"].error_messages["required"] = NO_BASIS
        self._drop("case", not traits.case)
        if traits.case:
            self.fields["case"].choices = [("", _("an ordinary one")), (traits.case, Case(traits.case).label)]
        for name in ("level", "title"):
            self._drop(name, not for_others)

    def _firm(self, user: User, for_others: bool) -> None:
        """A code for whoever asks for others; for a firm's own person nothing, or a choice among their firms."""
        if for_others:
            field = FirmField(
                label=_("Credit code of the firm"), help_text=_("18 characters, as on the licence.")
            )
            field.user = user
        else:
            own = Enterprise.objects.filter(pk__in=standing_of(user).enterprises).order_by("pk")
            field = forms.ModelChoiceField(
                own, label=_("Firm"), empty_label=None, to_field_name="credit_code"
            )
            field.initial = own.first()
            field.error_messages["invalid_choice"] = _("You do not act for this firm: choose your own.")
            if len(own) == 1:
                field.widget = forms.HiddenInput()
        self.fields["firm"] = field

    def _amount(self, measures: tuple[str, ...], *, is_needed: bool) -> None:
        self._drop("amount", not measures)
        self._drop("measure", len(measures) < 2)
        if len(measures) > 1:
            self.fields["measure"].choices = [(code, MEASURES[code].label) for code in measures]
        if measures:
            self.fields["amount"].help_text = _examples(measures)
            self.fields["amount"].required = is_needed
            self.fields["amount"].error_messages["required"] = NO_AMOUNT

    def _drop(self, name: str, is_dropped: bool) -> None:
        if is_dropped:
            del self.fields[name]

    def given(self) -> dict[str, Any]:
        """What asking.ask() takes."""
        return self.cleaned_data | {"factor": self.factor}


def _examples(measures: tuple[str, ...]) -> str:

    return listed_apart(MEASURES[code].how for code in measures)
