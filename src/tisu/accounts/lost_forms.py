"""What is typed by whoever lost the password, and about a number that is to be confirmed."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.factor_forms import ONE_TIME, OneTimeCodeField
from tisu.accounts.lost import check_factor, owner_of
from tisu.accounts.mobile import MobileField
from tisu.accounts.models import TextCode, User
from tisu.accounts.resets import usable
from tisu.accounts.text_codes import fits
from tisu.orgs.forms import CodeField

DOES_NOT_FIT = gettext_lazy(
    "This code does not fit, or its time is over. Five wrong ones void it: then ask for another."
)


class LostForm(forms.Form):
    login = CodeField(label=gettext_lazy("User name or mobile number"), max_length=40)


class NewPasswordForm(forms.Form):
    """A new password, twice. `find()` says whose it will be, and only then are its rules told."""

    password1 = forms.CharField(
        label=gettext_lazy("New password"), strip=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least ten characters, not all digits, none of your last five."),
    )  # fmt: skip
    password2 = forms.CharField(
        label=gettext_lazy("The new password once more"), strip=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean(self) -> dict:
        given = super().clean()
        if self.errors:
            return given
        self.row = self.find(given)
        if given["password1"] != given["password2"]:
            self.add_error("password2", _("You must type the same password each time."))
        try:
            validate_password(given["password1"], self.row.user)
        except ValidationError as fault:
            self.add_error("password1", fault)
        return given


class TextedForm(NewPasswordForm):
    """With the digits that were sent to the phone."""

    code = OneTimeCodeField(label=gettext_lazy("Code from the text message"))
    factor = OneTimeCodeField(
        label=gettext_lazy("Code of your second factor"),
        required=False,
        help_text=gettext_lazy("If your account has one: from the app on your phone, or a recovery code."),
    )
    field_order = ("code", "factor", "password1", "password2")

    def __init__(self, *args: object, key: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.key = key

    def find(self, given: dict) -> TextCode:
        row = fits(self.key, given["code"])
        if row is None or row.user is None:
            raise ValidationError({"code": DOES_NOT_FIT})
        if given["password1"] == given["password2"]:
            check_factor(row.user, given["factor"])
        return row


class HandedOverForm(NewPasswordForm):
    """With the code that two persons gave."""

    login = CodeField(label=gettext_lazy("User name or mobile number"), max_length=40)
    code = CodeField(
        label=gettext_lazy("Code that was handed over"),
        max_length=40,
        widget=forms.TextInput(attrs=ONE_TIME | {"inputmode": "text"}),
    )
    field_order = ("login", "code", "password1", "password2")

    def find(self, given: dict):
        user: User | None = owner_of(given["login"])
        row = usable(user.username if user else "", given["code"])
        if row is None:
            raise ValidationError({"code": _("This code does not fit this account, or its time is over.")})
        return row


class OwnMobileForm(forms.Form):
    mobile = MobileField(
        help_text=gettext_lazy("A code is sent there. Then you sign in with the number too.")
    )


class MobileCodeForm(forms.Form):
    code = OneTimeCodeField(label=gettext_lazy("Code from the text message"))
