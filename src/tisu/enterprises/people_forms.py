"""What is typed about people at a firm: who acts for it, whom to speak to, and what they agreed to."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tisu.accounts.forms import PersonField
from tisu.enterprises.models import Purpose
from tisu.orgs.forms import CodeField, DayField, NameField


class MandateForm(forms.Form):
    user = PersonField(
        label=_("User name"),
        help_text=_(
            "The account of the person who acts for the firm; the system administrator adds accounts."
        ),
    )
    since = DayField(label=_("Since"))
    is_principal = forms.BooleanField(
        label=_("The firm's principal person"), required=False,
        help_text=_("May end the mandate of a colleague who left."),
    )  # fmt: skip


class WhoForm(forms.Form):
    """One of the firm's people."""

    row = forms.ModelChoiceField(label=_("Who"), queryset=None, empty_label="—")

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["row"].queryset = rows
        self.fields["row"].label_from_instance = lambda row: f"{row.user.name} ({row.user.username})"


class PurposesField(forms.MultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Purpose.choices, widget=forms.CheckboxSelectMultiple, **kwargs)


class ConsentForm(forms.Form):
    """What a person agreed to, when, and how one knows."""

    purposes = PurposesField(label=_("Agreed to be reached for"))
    given_on = DayField(label=_("Agreed on"))
    how = NameField(
        label=_("How"), max_length=100, help_text=_("For instance: said on the phone, signed at the counter.")
    )


class WhomForm(forms.Form):
    """Whom one speaks to and how to reach them."""

    name = NameField(label=_("Contact's name"), max_length=40)
    post_title = NameField(label=_("Contact's post"), required=False, max_length=40)
    phone = CodeField(label=_("Phone"), required=False, max_length=30)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=120)


class ContactForm(WhomForm, ConsentForm):
    field_order = ("name", "post_title", "phone", "email", "purposes", "given_on", "how")


class CorrectionForm(WhomForm):
    """An empty phone or e-mail stays as it is, so that nobody need read it to correct a name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("phone", "email"):
            self.fields[name].help_text = _("Leave it empty to keep what stands there.")


class WithdrawalForm(forms.Form):
    purposes = PurposesField(label=_("No longer to be reached for"))

    def __init__(self, *args: Any, standing: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = set(standing)
        self.fields["purposes"].choices = [choice for choice in Purpose.choices if choice[0] in standing]
