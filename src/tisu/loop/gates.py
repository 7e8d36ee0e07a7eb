"""Who keeps the county's calendar and its standing rules, and who may read them: the office, its lead alone writes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.loop.faults import NotAllowed
from tisu.loop.queries import OFFICE_ROLES
from tisu.loop.views.refusals import answers_refusals
from tisu.orgs.models import Role

View = Callable[..., HttpResponse]


def may_read_calendar(user: User) -> bool:
    return standing_of(user).has(*OFFICE_ROLES)


def may_keep_calendar(user: User) -> bool:
    return standing_of(user).has(Role.OFFICE_LEAD)


def region_kept_by(user: User) -> str:
    """The region whose calendar this person reads."""
    return min(standing_of(user).regions(*OFFICE_ROLES))


def for_office(view: View) -> View:
    """The page is not there for anyone else (404); whoever reads it may not write (403) unless the office's lead."""

    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_read_calendar(request.user):
            raise Http404
        if request.method == "POST" and not may_keep_calendar(request.user):
            raise NotAllowed(_("Only the head of the office changes the calendar and the standing rules."))
        return view(request, *args, **kwargs)

    return never_cache(answers_refusals(enter))
