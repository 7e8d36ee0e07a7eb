"""Pages that belong to one role. For everyone else they are not there (404)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.orgs.models import Role


def is_one(role: Role) -> Callable[[User], bool]:
    """`shown_to` of a door."""
    return lambda user: standing_of(user).has(role)


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
