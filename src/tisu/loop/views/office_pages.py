"""Pages of the office: not there for anyone else (404); only its head changes anything there (403)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tisu.loop.faults import NotAllowed
from tisu.loop.keepers import may_keep_calendar, may_read_calendar
from tisu.loop.views.refusals import answers_refusals

View = Callable[..., HttpResponse]


def for_office(view: View) -> View:
    """Whoever reads it may not send anything unless they are the office's head."""

    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_read_calendar(request.user):
            raise Http404
        if request.method == "POST":
            _refuse_readers(request)
        return view(request, *args, **kwargs)

    return never_cache(answers_refusals(enter))


def for_head_of_office(view: View) -> View:
    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _refuse_readers(request)
        return view(request, *args, **kwargs)

    return for_office(enter)


def _refuse_readers(request: HttpRequest) -> None:
    if not may_keep_calendar(request.user):
        raise NotAllowed(_("Only the head of the office changes the calendar and the standing rules."))
