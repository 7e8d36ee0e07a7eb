"""What is typed when signing in and about second factors."""

from allauth.account.forms import LoginForm
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from django import forms
from django.utils.translation import gettext_lazy as _

from tisu.accounts.factors import is_first_use
from tisu.accounts.mfa import MfaAdapter
from tisu.accounts.models import User
from tisu.orgs.forms import CodeField

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
