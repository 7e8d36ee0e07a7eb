"""What promises show of a firm: to its staff readers, on the firm's own side, and as a lane of its time line."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from tisu.accounts.standing import Standing, read_once, standing_of
from tisu.enterprises.models import Enterprise
from tisu.enterprises.panels import OWN, STAFF
from tisu.foundation import clock
from tisu.foundation.rooms import FirmEvent, FirmLane, FirmPanel
from tisu.promises.models import Promise
from tisu.promises.queries import PromiseQuerySet
from tisu.promises.rates import rate_of
from tisu.promises.states import State
from tisu.promises.views.listing import table_of

MOST = 10


def _seen(request: HttpRequest, firm: Enterprise) -> PromiseQuerySet:
    return _seen_by(standing_of(request.user), firm).all()


@read_once
def _seen_by(standing: Standing, firm: Enterprise) -> PromiseQuerySet:
    """Put together once for the panel and the lane."""
    return Promise.objects.visible_to(standing.user).of_firm(firm)


def for_staff(request: HttpRequest, firm: Enterprise) -> dict[str, Any] | None:
    """The newest ones, with the rate of all that was due to this firm."""
    rows = _seen(request, firm)
    found = list(rows.for_rows().order_by("-pk")[: MOST + 1])
    if not found:
        return None
    return {
        "table": table_of(found[:MOST], with_firm=False),
        "rate": rate_of(rows, clock.today()),
        "is_cut": len(found) > MOST,
        "list_url": f"{reverse('promises:list')}?{urlencode({'firm': firm.credit_code})}",
    }


def for_the_firm(request: HttpRequest, firm: Enterprise) -> dict[str, Any] | None:
    """Those whose word is waited for come first, each one tap away from the answer."""
    rows = _seen(request, firm).for_rows()
    waiting = rows.filter(state=State.AWAITING_FIRM).order_by("due_on", "pk")
    others = rows.exclude(state__in=(State.AWAITING_FIRM, State.ARCHIVED)).order_by("due_on", "pk")
    found = list(others[: MOST + 1])
    waits = list(waiting[:MOST])
    if not found and not waits:
        return None
    return {
        "waiting": [{"promise": row, "url": _url(row)} for row in waits],
        "table": table_of(found[:MOST], with_firm=False) if found else None,
        "list_url": reverse("promises:list"),
    }


def on_the_time_line(request: HttpRequest, firm: Enterprise) -> Iterator[FirmEvent]:
    """From the day on which it was given to the day by which it is to be kept."""
    rows = _seen(request, firm).only("number", "text", "given_on", "due_on")
    for row in rows:
        yield FirmEvent(row.given_on, row.head, _url(row), row.due_on)


def _url(row: Promise) -> str:
    return reverse("promises:promise", args=[row.number])


FIRM_PANELS = (
    FirmPanel(STAFF, "promises/panels/for_staff.html", for_staff, order=40),
    FirmPanel(OWN, "promises/panels/for_the_firm.html", for_the_firm, order=20),
)
FIRM_LANES = (FirmLane("promises", _("Promises"), on_the_time_line, order=40),)
