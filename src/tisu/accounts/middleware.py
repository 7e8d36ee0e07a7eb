"""Hands the page shell, which stands below places and people, what it shows of them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import GrantedRole, choose_role, standing_of
from tisu.foundation.listed import listed
from tisu.foundation.prepared import Blank, Prepared
from tisu.foundation.signatures import as_read
from tisu.orgs.models import Region

CHOSEN = "acting_as"  # where a session keeps the key of the role that was chosen


class WhoAndWhereMiddleware:
    """Sets what the frame shows, each read only when a page does: `request.county`, `request.standing` (the person's
    posts), `request.acting_as` (in words) and `request.roles` (those to choose from, where there are several).

    Whoever chose a role in this session has it alone; a token of the API acts by all of them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(_acting, request, request.user))
        request.county = SimpleLazyObject(_county)
        request.standing = SimpleLazyObject(
            lambda: [as_read(role.label) for role in _bound(request) if not role.on_behalf]
        )
        request.acting_as = SimpleLazyObject(partial(_acting_as, request))
        request.roles = SimpleLazyObject(partial(_to_choose, request))
        return self.get_response(request)


def _acting(request: HttpRequest, user: User) -> User:
    """Asked of the session only where a person signed in, who has one."""
    if user.is_authenticated and (key := request.session.get(CHOSEN)):
        choose_role(user, key)
    return user


def _bound(request: HttpRequest) -> tuple[GrantedRole, ...]:
    return standing_of(request.user).bound if request.user.is_authenticated else ()


def _acting_as(request: HttpRequest) -> str:
    """The one role that was chosen; where none was, the posts of others at which one stands in."""
    if not request.user.is_authenticated:
        return ""
    standing = standing_of(request.user)
    if standing.acting_as:
        return as_read(standing.acting_as.label)
    return listed(as_read(role.label) for role in standing.roles if role.on_behalf)


def _to_choose(request: HttpRequest) -> list[dict[str, Any]]:
    """All roles at once, then each alone; nothing where there is nothing to choose."""
    if len(_bound(request)) < 2:
        return []
    chosen = standing_of(request.user).acting_as
    every = {"key": "", "label": _("All my posts"), "active": chosen is None}
    return [
        every,
        *(
            {"key": role.key, "label": as_read(role.label), "active": role == chosen}
            for role in _bound(request)
        ),
    ]


_REGION = Prepared(lambda: Region.objects.filter(code=Blank("code", str)).order_by())


def _county() -> str:
    region = _REGION.first(code=settings.REGION)
    return str(region) if region else ""
