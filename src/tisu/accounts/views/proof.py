"""Showing once more who one is, before something that matters: by a second factor, or by the password without one."""

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as MfaReauthenticateView

from tisu.accounts.given import shown_code


class ByPassword(ReauthenticateView):
    template_name = "accounts/proof.html"


class ByCode(MfaReauthenticateView):
    """In a demonstration the page shows the code of an account that everyone may try."""

    template_name = "accounts/proof.html"

    def get_context_data(self, **kwargs: object) -> dict:
        return super().get_context_data(**kwargs) | {"shown_code": shown_code(self.request.user)}
