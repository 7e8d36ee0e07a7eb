"""A refusal that no page takes up becomes an error page with its own sentence."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tisu.foundation.numbering import as_number
from tisu.loop.faults import NotVisible, Refusal
from tisu.loop.models import Matter
from tisu.web.errors import failure


def answers_refusals(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return failure(request, refusal.status, str(refusal.sentence))

    return answer


def visible_matter(request: HttpRequest, number: str) -> Matter:
    """The matter with all that its page shows, or 404: what one may not see does not exist."""
    rows = Matter.objects.visible_to(request.user).for_acting().for_actor(request.user)
    found = rows.select_related("region", "enterprise").filter(number=as_number(number)).first()
    if found is None:
        raise NotVisible(_("There is no such matter, or it is not yours to see."))
    return found
