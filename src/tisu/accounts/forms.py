"""What the administrators type about people, and how they look through accounts and the ledger."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tisu.accounts.mobile import MobileField
from tisu.accounts.models import User
from tisu.orgs.forms import CodeField, DayField, NameField
from tisu.orgs.models import Duty, Post, Unit


class NothingForm(forms.Form):
    """An act that asks for nothing."""


class SearchForm(forms.Form):
    q = NameField(label=_("Search"), required=False, max_length=60)


class DayForm(forms.Form):
    on = DayField(label=_("On which day"))


class NewUserForm(forms.Form):
    username = CodeField(
        label=_("User name"),
        max_length=40,
        help_text=_("Letters, digits and . @ + - _; typed at every sign-in."),
    )
    name = NameField(label=_("Person's name"), max_length=40)
    mobile = MobileField(required=False, help_text=_("A second name to sign in with. It may stay empty."))


class MobileForm(forms.Form):
    mobile = MobileField(required=False, help_text=_("A second name to sign in with. Empty takes it away."))


class NameForm(forms.Form):
    name = NameField(label=_("Person's name"), max_length=40)


class PersonField(forms.ModelChoiceField):
    """A person by user name: a list of everyone in the county would be longer than anyone reads."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})

    def __init__(self, **kwargs: object) -> None:
        super().__init__(queryset=User.objects.all(), to_field_name="username", **kwargs)
        self.error_messages["invalid_choice"] = _("There is no account with this user name.")

    def to_python(self, value: object):
        return super().to_python(value.strip() if isinstance(value, str) else value)


class HolderForm(forms.Form):
    user = PersonField(label=_("User name"))
    since = DayField(label=_("Since"))


class EndOneForm(forms.Form):
    """Which of several ends, and from which day on."""

    row = forms.ModelChoiceField(label=_("Who"), queryset=None, empty_label="—")
    until = DayField(label=_("First day on which it no longer applies"))

    def __init__(self, *args: object, rows, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["row"].queryset = rows
        self.fields["row"].label_from_instance = lambda row: f"{row.user.name} ({row.user.username})"


class MergeForm(forms.Form):
    """Which unit goes on with the work of another, from which day on."""

    heir = forms.ModelChoiceField(label=_("Goes over into"), queryset=Unit.objects.none(), empty_label="—")
    day = DayField(label=_("First day"), initial=None)
    moves_people = forms.BooleanField(
        label=_("Clerks go along, to a post of the same title there"), required=False, initial=True
    )

    def __init__(self, *args: object, unit: Unit, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        others = Unit.objects.on().filter(region=unit.region_id, duty=Duty.HANDLING).exclude(pk=unit.pk)
        for name in ("successors", "heir"):
            if name in self.fields:
                self.fields[name].queryset = others


class SplitForm(MergeForm):
    successors = forms.ModelMultipleChoiceField(
        label=_("Goes over into"), queryset=Unit.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    heir = forms.ModelChoiceField(
        label=_("Of these, which takes what is open"), queryset=Unit.objects.none(), empty_label="—"
    )
    field_order = ("successors", "heir", "day", "moves_people")

    def clean(self) -> dict:
        data = super().clean()
        into, heir = data.get("successors"), data.get("heir")
        if into is not None and heir and (heir not in into or len(into) < 2):
            self.add_error(
                "successors", _("Tick two units or more, the one that takes what is open among them.")
            )
        return data


class NewPostForUserForm(forms.Form):
    post = forms.ModelChoiceField(label=_("Post"), queryset=Post.objects.none(), empty_label="—")
    since = DayField(label=_("Since"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = Post.objects.on().select_related("unit")


class ReasonForm(forms.Form):
    reason = NameField(label=_("Reason"), max_length=400, help_text=_("It stands in the audit ledger."))


class ResetForm(ReasonForm):
    """Why somebody gets a new password, and whether the phone was lost too."""

    takes_factors = forms.BooleanField(
        label=_("The second factors were lost too: remove them"), required=False
    )


class EndOneOpenForm(ReasonForm):
    """One session or token of a person, to be ended."""

    what = forms.ChoiceField(label=_("Which"))

    def __init__(self, *args: object, choices: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = choices
        self.order_fields(["what", "reason"])


class LedgerForm(forms.Form):
    act = forms.ChoiceField(label=_("Act"), required=False)
    person = CodeField(label=_("User name"), required=False, max_length=40)
    since = DayField(label=_("From"), required=False, initial=None)
    before = DayField(label=_("Before"), required=False, initial=None)

    def __init__(self, *args: object, acts: list, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [("", _("all")), *acts]
