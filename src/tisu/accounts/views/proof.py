"""Showing once more who one is, before something that matters: by a second factor, or by the password without one."""

import json

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as MfaReauthenticateView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect

from tisu.accounts.given import shown_code


class ByPassword(ReauthenticateView):
    template_name = "accounts/proof.html"


class ByCode(MfaReauthenticateView):
    """In a demonstration the page shows the code of an account that everyone may try."""

    template_name = "accounts/proof.html"

    def get_context_data(self, **kwargs: object) -> dict:
        return super().get_context_data(**kwargs) | {"shown_code": shown_code(self.request.user)}


class ByPasskey(ReauthenticateWebAuthnView):
    template_name = "accounts/proof_by_passkey.html"

    def form_invalid(self, form: Form) -> HttpResponse:
        """To the same page, which asks the authenticator something new."""
        messages.error(self.request, form.errors["credential"][0])
        return redirect(self.request.get_full_path())

    def get_context_data(self, **kwargs: object) -> dict:
        context = super().get_context_data(**kwargs)
        return context | {"options": json.dumps(context["js_data"]["request_options"])}
