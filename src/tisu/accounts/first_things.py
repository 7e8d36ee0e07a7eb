"""What a person does before anything else opens: choose a password of their own, set up or show a second factor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from tisu.accounts.factors import has_one, is_needed_by, is_proved
from tisu.accounts.leading import lead_to, lead_to_proof
from tisu.web.access import is_public
from tisu.web.problem import is_for_programs

# What stays open to whoever must first choose a password or set up a second factor.
NEVER_SHUT = frozenset(
    {
        "account_logout",
        "account_change_password",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "set_language",
    }
)
SETTING_UP = frozenset({"mfa_index", "mfa_activate_totp", "mfa_add_webauthn"})
NEW_PASSWORD = gettext_lazy("Somebody else has seen your password: choose one of your own first.")
NO_FACTOR = gettext_lazy(
    "Your work needs a second factor beside the password: set one up, then everything opens."
)
NOT_SHOWN = gettext_lazy("Your work needs a second factor beside the password: show it once.")


class FirstThingsFirstMiddleware:
    """Each page leads there, programs get a sentence. Pages of strangers stay open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name
        if name in NEVER_SHUT or (is_public(view, name) and not is_for_programs(request)):
            return None
        if not request.user.is_authenticated:
            return None
        return first_thing(request, name)


def first_thing(request: HttpRequest, name: str) -> HttpResponse | None:
    """Where this person has to go first, if anywhere."""
    if request.user.must_change_password:
        return lead_to(request, "account_change_password", NEW_PASSWORD)
    if is_proved(request) or not is_needed_by(request.user):
        return None
    if has_one(request.user):
        return lead_to_proof(request, NOT_SHOWN)
    return None if name in SETTING_UP else lead_to(request, "mfa_index", NO_FACTOR)
