from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.internal.ratelimit import truncate_ip
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.factors import has_one, is_proved
from tisu.accounts.mobile import as_mobile
from tisu.accounts.models import User
from tisu.foundation import clock
from tisu.foundation.digests import keyed_digest
from tisu.web.context import doors_for
from tisu.web.errors import failure

SAID = frozenset({"account/messages/password_changed.txt"})
SECOND_FACTOR = "allauth.mfa.stages.AuthenticateStage"
OURS = "tisu.accounts.mfa.SecondFactorStage"
FRESH = timedelta(minutes=5)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the system administrator: nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": gettext_lazy(
            "Too many wrong attempts. Wait five minutes, then try again."
        ),
        "username_password_mismatch": gettext_lazy(
            "Name or number and password do not belong together: check both, and whether capital letters are on."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A mobile number stands for its account's user name, so that attempts at both count as attempts at one."""
        if number := as_mobile(credentials.get("username", "")):
            owner = User.objects.filter(mobile=number).values_list("username", flat=True).first()
            credentials["username"] = owner or number
        return super().authenticate(request, **credentials)

    def get_login_stages(self) -> list[str]:
        return [OURS if stage == SECOND_FACTOR else stage for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just signed in, and shown a second factor if there is one, need not do it again at once."""
        return super().is_reauthentication_required(app=app, **kwargs) and not _has_just_shown(
            context.request
        )

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """Who has a second factor shows that one: whoever found the desk unlocked may know the password too."""
        methods = super().get_reauthentication_methods(user)
        stronger = [method for method in methods if method["id"] != "reauthenticate"]
        return stronger or methods

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


def _has_just_shown(request: HttpRequest) -> bool:
    """What this person can show: a second factor, or the password where there is none."""
    if is_proved(request, within=FRESH):
        return True
    records = get_authentication_records(request, request.user)
    now = timezone.now().timestamp()
    return any(now - record["at"] < FRESH.total_seconds() for record in records) and not has_one(request.user)
