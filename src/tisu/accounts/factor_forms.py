"""What is typed when signing in and about second factors."""

import struct

from allauth.account.forms import LoginForm
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.webauthn import forms as webauthn
from allauth.mfa.webauthn.internal.auth import complete_registration, parse_registration_response
from django import forms
from django.utils.translation import gettext_lazy as _

from tisu.accounts.factors import is_first_use
from tisu.accounts.mfa import MfaAdapter
from tisu.accounts.models import User
from tisu.orgs.forms import CodeField, NameField

# What libraries raise over bytes that somebody made up.
UNREADABLE = (TypeError, ValueError, LookupError, AttributeError, struct.error)
ONE_TIME = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


class SignInForm(LoginForm):
    """One field for both names of an account; what is typed full-width is read as half-width."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
        self.fields["login"] = CodeField(label=_("User name or mobile number"), max_length=40, widget=widget)
        self.order_fields(["login", "password"])
        self.fields["password"].widget.attrs.pop("placeholder", None)


class OneTimeCodeField(CodeField):
    """Six digits of an app or eight of a recovery code; blanks and hyphens between them are left out."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(
            **{"label": _("One-time code"), "max_length": 20, "widget": forms.TextInput(attrs=ONE_TIME)}
            | kwargs
        )

    def clean(self, value: object) -> str:
        return "".join(sign for sign in super().clean(value) if sign.isalnum())


class _OnceOnly:
    """A code of an app is taken once."""

    def clean_code(self) -> str:
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not is_first_use(self.user, code):
            raise MfaAdapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(_OnceOnly, mfa.AuthenticateForm):
    """At sign-in: the code of an app, or a recovery code."""

    code = OneTimeCodeField(
        help_text=_("Six digits from the app on your phone, or one of your recovery codes.")
    )


class ProofForm(_OnceOnly, mfa.ReauthenticateForm):
    """The same again, before something that matters."""

    code = OneTimeCodeField(
        help_text=_("Six digits from the app on your phone, or one of your recovery codes.")
    )


class SpokenField(forms.JSONField):
    """What a browser's authenticator says, as JSON that is no deeper than a program can read."""

    widget = forms.HiddenInput

    def to_python(self, value: object) -> object:
        try:
            return super().to_python(value)
        except RecursionError as fault:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from fault

    def bound_data(self, data: object, initial: object) -> object:
        """An answer fits one question: it is not put into the form again."""
        return ""

    def prepare_value(self, value: object) -> object:
        return ""


class _Spoken(forms.Form):
    """Anything may stand in what an authenticator says, and a fault over it is a refusal."""

    credential = SpokenField()

    def clean_credential(self):
        try:
            return super().clean_credential()
        except UNREADABLE as fault:
            raise MfaAdapter().validation_error("incorrect_code") from fault


class PasskeySecondFactorForm(_Spoken, webauthn.AuthenticateWebAuthnForm):
    """At sign-in, after the password."""


class PasskeySignInForm(_Spoken, webauthn.LoginWebAuthnForm):
    """In place of name and password: the authenticator has asked for finger, face or PIN itself."""


class PasskeyProofForm(_Spoken, webauthn.ReauthenticateWebAuthnForm):
    """Before something that matters."""


class PasskeyForm(forms.Form):
    """A passkey that is being set up, under a name by which its owner knows it again."""

    name = NameField(
        label=_("Name of this passkey"), max_length=40, help_text=_("For instance the name of the phone.")
    )
    credential = SpokenField()

    def clean_credential(self) -> dict:
        """What does not answer the question of this session, or comes from another site, is refused."""
        credential = self.cleaned_data["credential"]
        try:
            parse_registration_response(credential)
            shown = complete_registration(credential)
        except UNREADABLE as fault:
            raise MfaAdapter().validation_error("incorrect_code") from fault
        if not shown.is_user_verified():
            raise MfaAdapter().validation_error("incorrect_code")
        return credential


class AppForm(forms.Form):
    """The first code of an app that is being set up: it shows that the app has the secret."""

    code = OneTimeCodeField(help_text=_("Six digits that the app shows now."))

    def __init__(self, *args: object, user: User, secret: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.secret = user, secret

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if not validate_totp_code(self.secret, code) or not is_first_use(self.user, code):
            raise MfaAdapter().validation_error("incorrect_code")
        return code


class TokenForm(forms.Form):
    """A token for a program: what it is for, and how long it lasts. None lasts for ever."""

    name = NameField(label=_("What the token is for"), max_length=40)
    days = forms.ChoiceField(
        label=_("How long it lasts"),
        choices=[("30", _("30 days")), ("90", _("90 days")), ("180", _("180 days")), ("365", _("a year"))],
        initial="90",
    )
