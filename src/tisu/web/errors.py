"""Error pages: what happened and what to do, in full sentences, for people and for programs alike.

The table words every error once. Pages of 500 and 503 are drawn without the request, because what drew the
error may be the very thing (a session, a person) that the page's frame would ask for.
"""

import logging
import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import requires_csrf_token

from tisu.foundation.sealed import KeyRingError, SealBroken
from tisu.web.problem import is_for_programs, problem

logger = logging.getLogger(__name__)

DATABASE_GONE = (OperationalError, InterfaceError)
KEYS_GONE = (KeyRingError, SealBroken)
RETRY_SECONDS = 5

SENTENCES = {
    400: _("The request could not be read. Go back, check what you entered and send it again."),
    401: _("This address needs a signed-in person. Sign in and try again."),
    403: _("Your post may not do this. If it should, ask the system administrator to check your posts."),
    404: _("There is no such page, or it is not yours to see. Check the address or search for the number."),
    409: _(
        "Someone else has moved this matter on in the meantime. Reload the page and look at its new state."
    ),
    413: _("What you sent is too large. Send fewer or smaller files."),
    429: _("Too many attempts came in a short time. Wait a few minutes and try again."),
    500: _(
        "The system met a fault and has recorded it. Check whether your last step was kept, and try again later."
    ),
    503: _(
        "The system cannot reach its records right now. Your last step may not be kept; try again in a moment."
    ),
}
WITHOUT_KEYS = _(
    "The keys of this system are missing or do not fit right now, so what is sealed can be neither read nor written. "
    "Your last step may not be kept; tell the system administrator."
)
FORGED = _("This page was open too long or came from elsewhere. Go back, reload the page and send it again.")


def failure(
    request: HttpRequest, status: int, detail: str = "", retry_after: int | None = None
) -> HttpResponse:
    """The answer to a failed request: a page for people, problem+json for programs."""
    sentence = str(detail or SENTENCES[status])
    if is_for_programs(request):
        response = problem(status, sentence)
    else:
        framed = None if status >= 500 else request
        page = render_to_string(f"web/errors/{status}.html", {"sentence": sentence, "status": status}, framed)
        response = HttpResponse(page, status=status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


@requires_csrf_token
def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    return failure(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


@requires_csrf_token
def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A refusal that says why in its own sentence is shown with that sentence."""
    return failure(request, 403, str(exception))


@requires_csrf_token
def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return failure(request, 404)


@requires_csrf_token
def handler409(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return failure(request, 409, str(exception or ""))


@requires_csrf_token
def handler413(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return failure(request, 413, str(exception or ""))


@requires_csrf_token
def handler429(
    request: HttpRequest, exception: Exception | None = None, retry_after: int = 60
) -> HttpResponse:
    return failure(request, 429, str(exception or ""), retry_after=retry_after)


def handler500(request: HttpRequest) -> HttpResponse:
    """Django calls this while the fault is at hand, also for faults of middleware that no view sees."""
    fault = sys.exc_info()[1]
    if isinstance(fault, DATABASE_GONE):
        return handler503(request)
    return keys_gone(request) if isinstance(fault, KEYS_GONE) else failure(request, 500)


def handler503(request: HttpRequest) -> HttpResponse:
    return failure(request, 503, retry_after=RETRY_SECONDS)


def keys_gone(request: HttpRequest) -> HttpResponse:
    """Where the key ring lies and what is wrong with it is for the log, not for strangers."""
    return failure(request, 503, str(WITHOUT_KEYS), retry_after=RETRY_SECONDS)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    logger.warning("Refused a form without its token: %s", reason)
    return failure(request, 403, str(FORGED))
