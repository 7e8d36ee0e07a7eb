"""What support shows of a firm: its requests on both pages about it, and a lane of its time line."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from tisu.accounts.standing import Standing, read_once, standing_of
from tisu.enterprises.models import Enterprise
from tisu.enterprises.panels import OWN, STAFF
from tisu.foundation.rooms import FirmEvent, FirmLane, FirmPanel
from tisu.support.models import FactorRequest
from tisu.support.queries import FactorRequestQuerySet
from tisu.support.table import table_of
from tisu.web.templatetags.web import local_day

SHOWN = 10


def _requests(request: HttpRequest, firm: Enterprise) -> dict[str, Any] | None:
    """The newest, without the column that would say the same firm in each row."""
    rows = _seen(standing_of(request.user), firm).for_rows()
    found = list(rows.order_by("-pk")[: SHOWN + 1])
    if not found:
        return None
    return {
        "table": table_of(found[:SHOWN], with_firm=False),
        "is_cut": len(found) > SHOWN,
        "list_url": f"{reverse('support:requests')}?{urlencode({'q': firm.name})}",
    }


def _events(request: HttpRequest, firm: Enterprise) -> Iterator[FirmEvent]:
    """From the day on which it was asked for to the day on which the matter ended, if it has."""
    rows = _seen(standing_of(request.user), firm).order_by("pk")
    known = rows.values_list("asked_on", "matter__title", "matter__number", "matter__closed_at")
    for day, title, number, closed_at in known:
        last = max(day, local_day(closed_at)) if closed_at else None
        yield FirmEvent(day, title, reverse("loop:matter", args=[number]), last)


@read_once
def _seen(standing: Standing, firm: Enterprise) -> FactorRequestQuerySet:
    """Put together once for the panel and the lane, which both go on from it."""
    return FactorRequest.objects.visible_to(standing.user).of_firm(firm)


FIRM_PANELS = tuple(
    FirmPanel(place, "support/panes/of_firm.html", _requests, order=30) for place in (STAFF, OWN)
)
FIRM_LANES = (FirmLane("support", _("Production factors"), _events, order=30),)
