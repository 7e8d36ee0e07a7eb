"""Pages that belong to one role, and for everyone else are not there (404); pages that ask for a second factor."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from tisu.accounts.factors import has_one, is_proved
from tisu.accounts.leading import lead_to, lead_to_proof
from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.orgs.models import Role


@dataclass(frozen=True)
class HasRole:
    role: Role

    def __call__(self, user: User) -> bool:
        return standing_of(user).has(self.role)


def is_one(role: Role) -> HasRole:
    """`shown_to` of a door, `allowed` of a list."""
    return HasRole(role)


def signature_for(allowed: Callable[[User], bool], user: User) -> str:
    """How an act is signed that this lets through: by the post that does, where one role alone can."""
    standing = standing_of(user)
    return standing.label_as(allowed.role) if isinstance(allowed, HasRole) else standing.label


def only_for(role: Role) -> Callable[[Callable], Callable]:
    """The view exists for who has the role today; nothing of it is kept in a browser's cache."""

    def gate(view: Callable) -> Callable:
        @wraps(view)
        def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not standing_of(request.user).has(role):
                raise Http404
            return view(request, *args, **kwargs)

        return never_cache(enter)

    return gate


WALLED = gettext_lazy("This stands behind a wall that only a second factor opens: show it on the page first.")


def behind_second_factor(view: Callable) -> Callable:
    """A page behind a wall: for whoever has shown a second factor a short while ago, in a demonstration too."""

    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_proved(request, within=settings.WALLS_OPEN_FOR):
            return view(request, *args, **kwargs)
        if has_one(request.user):
            return lead_to_proof(request, WALLED)
        return lead_to(request, "mfa_index", WALLED)

    return never_cache(enter)
