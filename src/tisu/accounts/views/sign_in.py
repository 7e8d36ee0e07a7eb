"""Signing in and out and changing one's own password. Nothing else of allauth has an address here."""

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse

from tisu.accounts.standing import standing_of
from tisu.audit.record import record


class SignIn(LoginView):
    template_name = "accounts/sign_in.html"


class SignOut(LogoutView):
    template_name = "accounts/sign_out.html"


class ChangePassword(PasswordChangeView):
    """Other browsers are signed out by the new password itself, programs by losing their tokens."""

    template_name = "accounts/change_password.html"

    def get_default_success_url(self) -> str:
        return reverse("account_change_password")

    def form_valid(self, form: Form) -> HttpResponse:
        user = self.request.user
        answer = super().form_valid(form)
        user.tokens.all().delete()
        record(act="change-password", about=user.username, actor=user, signed=standing_of(user).label)
        return answer
