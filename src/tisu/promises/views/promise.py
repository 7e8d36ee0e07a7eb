"""One promise: as it was given, what is to be there by when, how far it is, and what can be done next."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from tisu.accounts.acts import acting_page
from tisu.documents.fields import papers_sent
from tisu.foundation.numbering import as_number
from tisu.promises.acts import acts_on
from tisu.promises.describe import course_of, doubts_about, facts_of, lines_of, reviews_of
from tisu.promises.models import Promise
from tisu.promises.powers import may_correct


def promise_at(request: HttpRequest, number: str) -> Promise:
    """The promise with this number, if this person may see it."""
    rows = Promise.objects.visible_to(request.user).for_rows().select_related("replaces", "ending")
    found = rows.filter(number=as_number(number)).first()
    if found is None:
        raise Http404
    return found


def promise(request: HttpRequest, number: str) -> HttpResponse:
    found = promise_at(request, number)
    if request.method == "POST":
        papers_sent(request, user=request.user)
    acts = acts_on(found, request.user)
    return acting_page(request, acts, "promises/promise.html", lambda: _context(request, number))


def _context(request: HttpRequest, number: str) -> dict[str, Any]:
    found = promise_at(request, number)
    user = request.user
    return {
        "promise": found,
        "facts": facts_of(found, user),
        "lines": lines_of(found, user),
        "reviews": reviews_of(found, user),
        "doubts": doubts_about(found, user),
        "entries": course_of(found, user),
        "ending": getattr(found, "ending", None),
        "may_correct": may_correct(user, found),
    }
