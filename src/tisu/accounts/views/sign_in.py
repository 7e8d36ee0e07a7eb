"""Signing in and out and changing one's own password. Nothing else of allauth has an address here."""

import json

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tisu.accounts.linked import ways
from tisu.accounts.models import User
from tisu.accounts.sessions import kept_as
from tisu.accounts.standing import standing_of
from tisu.audit.record import record


class SignIn(LoginView):
    template_name = "accounts/sign_in.html"

    def get_context_data(self, **kwargs: object) -> dict:
        return super().get_context_data(**kwargs) | {"ways": ways()}


class SecondFactor(AuthenticateView):
    """The second step of signing in, for whoever has a second factor."""

    template_name = "accounts/second_factor.html"

    def get_context_data(self, **kwargs: object) -> dict:
        """A passkey is asked for only where there is one."""
        context = super().get_context_data(**kwargs)
        options = context["js_data"]["request_options"]
        known = options["publicKey"].get("allowCredentials")
        return context | {"passkey_options": json.dumps(options) if known else ""}


class PasskeySignIn(LoginWebAuthnView):
    """A passkey in place of name, password and second factor; what it is asked comes as JSON to the script."""

    def form_invalid(self, form: Form) -> HttpResponse:
        messages.error(self.request, form.errors["credential"][0])
        return redirect("account_login")


class SignOut(LogoutView):
    template_name = "accounts/sign_out.html"


class ChangePassword(PasswordChangeView):
    """Other browsers are signed out by the new password itself, programs by losing their tokens."""

    template_name = "accounts/change_password.html"

    def get_default_success_url(self) -> str:
        """Who had to change it goes on to work."""
        if self.request.user.must_change_password:
            return get_adapter().get_login_redirect_url(self.request)
        return reverse("account_change_password")

    def form_valid(self, form: Form) -> HttpResponse:
        user = self.request.user
        answer = super().form_valid(form)
        User.objects.filter(pk=user.pk).update(must_change_password=False)
        user.open_sessions.exclude(pk=kept_as(self.request.session.session_key)).delete()
        user.tokens.all().delete()
        record(act="change-password", about=user.username, actor=user, signed=standing_of(user).label)
        return answer
