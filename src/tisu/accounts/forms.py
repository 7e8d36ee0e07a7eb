"""What the administrators type about people, and how they look through accounts and the ledger."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tisu.accounts.mobile import MobileField
from tisu.accounts.models import User
from tisu.orgs.forms import CodeField, DayField, NameField
from tisu.orgs.models import Post


class SearchForm(forms.Form):
    q = NameField(label=_("Search"), required=False, max_length=60)


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
