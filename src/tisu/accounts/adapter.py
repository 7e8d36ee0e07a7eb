from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import truncate_ip
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.digests import keyed_digest
from tisu.web.context import doors_for
from tisu.web.errors import failure

SAID = frozenset({"account/messages/password_changed.txt"})


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the system administrator: nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first door that this person has: not everyone handles matters."""
        doors = doors_for(request)
        return doors[0].url if doors else "/"

    def get_client_ip(self, request: HttpRequest) -> str:
        """What allauth counts attempts by: not the address but its digest, another one every hour.

        No table may hold an address of anyone who signs in: firms and observers do so too (architecture.md §4).
        """
        hour = clock.now().replace(minute=0, second=0, microsecond=0)
        purpose = f"address in {hour:%Y-%m-%dT%H%z}"
        return keyed_digest(purpose, truncate_ip(super().get_client_ip(request)), at=hour)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Only who knows the password gets here, so it may be told."""
        return failure(
            request, 403, _("This account is locked. Ask the security administrator to unlock it.")
        )

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **more: Any
    ) -> None:
        """Who has just signed in knows it: only what changed something is said."""
        if message_template in SAID:
            super().add_message(request, level, message_template, *args, **more)
