"""What is typed about pairings and contacts. Services decide; forms carry, and keep what was typed."""

from typing import Any

from django import forms
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tisu.accounts.models import User
from tisu.liaison.entering import LONGEST_TEXT
from tisu.liaison.models import Mode, Pairing
from tisu.liaison.powers import leader_posts
from tisu.liaison.raising import MOST, Issue, Needed, Promised
from tisu.loop.forms import TextField
from tisu.orgs.forms import DayField, NameField
from tisu.orgs.models import Unit
from tisu.promises.forms import FirmField
from tisu.support.factors import Basis, Factor
from tisu.support.units import MEASURES

KEY_LENGTH = 32
NOTHING = ("", "—")


class PairForm(forms.Form):
    post = forms.ModelChoiceField(label=_("Leader's post"), queryset=None, empty_label=None)
    enterprise = FirmField(
        label=_("Firm"), help_text=_("Name, credit code or the first letters of its pinyin.")
    )
    since = DayField(label=_("Paired from"))
    declared_on = DayField(
        label=_("No interest in the firm declared on"),
        required=False,
        initial=None,
        help_text=_("By whoever holds the post. Without this declaration nobody is paired."),
    )
    reason = NameField(label=_("Why"), required=False, max_length=200)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = leader_posts(user)
        self.fields["enterprise"].user = user


class SeenForm(forms.Form):
    """What is done to what stands there carries the version that was looked at."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected_version"].initial = version


class EndForm(SeenForm):
    until = DayField(label=_("First day on which it no longer holds"))
    reason = NameField(label=_("Reason for the change"), max_length=200)


class DeclareForm(SeenForm):
    declared_on = DayField(label=_("No interest in the firm declared on"))


class TakeBackForm(SeenForm):
    reason = NameField(label=_("Why it is taken back"), max_length=200)


class PairingField(forms.ModelChoiceField):
    def label_from_instance(self, row: Pairing) -> str:
        return str(row.firm)


class ContactForm(forms.Form):
    """Under a minute on a phone: how, what it was about. The firm and the day stand there already."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=KEY_LENGTH)
    mode = forms.ChoiceField(
        label=_("How did you get in touch?"),
        choices=Mode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it took place.")},
    )
    pairing = PairingField(label=_("Firm"), queryset=None, empty_label=None)
    on = DayField(label=_("Day"))
    text = TextField(
        label=_("What was it about?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("One thing is missing: in a few words, what it was about.")},
    )
    next_step = NameField(label=_("What comes next"), required=False, max_length=200)
    is_shared = forms.BooleanField(label=_("The firm may read this"), required=False)
    place = NameField(label=_("Where the meeting was"), required=False, max_length=120)
    departments = forms.ModelMultipleChoiceField(
        label=_("Departments present"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, pairings: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pairing"].queryset = pairings
        self.fields["departments"].queryset = units
        self.fields["key"].initial = get_random_string(KEY_LENGTH)
        self.fields["pairing"].initial = pairings.first()


class _RowForm(forms.Form):
    """One of several: left empty it says nothing; once something is typed, all that it needs is asked for."""

    words = ""

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "unit" in self.fields:
            self.fields["unit"].queryset = units


class IssueForm(_RowForm):
    text = TextField(label=pgettext_lazy("liaison", "Issue"), max_length=400)
    unit = forms.ModelChoiceField(label=_("Seen to by"), queryset=Unit.objects.none(), empty_label=NOTHING[1])
    due_on = DayField(label=_("By which day"), initial=None)

    def said(self) -> Issue:
        return Issue(**self.cleaned_data)


class PromiseForm(_RowForm):
    text = TextField(label=_("What was promised?"), max_length=400)
    due_on = DayField(label=_("To be kept by"), initial=None)
    unit = forms.ModelChoiceField(
        label=_("Responsible unit"), queryset=Unit.objects.none(), required=False, empty_label=NOTHING[1]
    )

    def said(self) -> Promised:
        return Promised(**self.cleaned_data)


class RequestForm(_RowForm):
    factor = forms.ChoiceField(label=_("What the firm needs"), choices=[NOTHING, *Factor.choices])
    amount = NameField(label=_("How much"), required=False, max_length=60)
    measure = forms.ChoiceField(label=_("What the amount counts"), required=False)
    basis = forms.ChoiceField(
        label=_("Electricity counted by"), choices=[NOTHING, *Basis.choices], required=False
    )
    needed_by = DayField(label=_("Needed by"), initial=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [NOTHING, *((code, each.label) for code, each in MEASURES.items())]

    def said(self) -> Needed:
        return Needed(**self.cleaned_data)


ISSUES, PROMISES, REQUESTS = "issue", "promise", "request"
PARTS = (
    (ISSUES, IssueForm, 3, _("Issues that were raised")),
    (PROMISES, PromiseForm, 1, _("Promises that were made")),
    (REQUESTS, RequestForm, 1, _("Factors that the firm needs")),
)


def parts_of(data: Any, units: Any) -> dict[str, Any]:
    """A set of rows for each of the parts, by its name."""
    return {
        name: forms.formset_factory(form, extra=extra, max_num=MOST, absolute_max=MOST)(
            data, prefix=name, form_kwargs={"units": units}
        )
        for name, form, extra, _label in PARTS
    }
