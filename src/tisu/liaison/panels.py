"""What liaison shows of a firm: to staff, on the firm's own side, and as a lane of its time line."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tisu.accounts.standing import Standing, read_once, standing_of
from tisu.enterprises.models import Enterprise
from tisu.enterprises.panels import OWN, STAFF
from tisu.foundation.rooms import FirmEvent, FirmLane, FirmPanel, FirmRecord
from tisu.liaison.models import Answer, Contact, Mode, Pairing
from tisu.liaison.queries import ContactQuerySet
from tisu.liaison.wording import reads_words, table_of, word_on
from tisu.web.templatetags.web import han_date, iso_date

MOST = 10


def for_staff(request: HttpRequest, firm: Enterprise) -> dict[str, Any] | None:
    """Who is paired with it, and the newest contacts."""
    found = _shown(request, firm)
    return found and found | {"table": table_of(found["rows"], request.user, with_firm=False)}


def for_the_firm(request: HttpRequest, firm: Enterprise) -> dict[str, Any] | None:
    """What waits for the firm's word comes first, each with the three answers: one tap."""
    found = _shown(request, firm)
    if not found:
        return None
    waiting = [row for row in found["rows"] if not row.answer]
    answers = [{"code": each.value, "label": each.label} for each in Answer]
    return found | {
        "waiting": [{"contact": row, "url": _url(row.number), "answers": answers} for row in waiting],
        "table": table_of([row for row in found["rows"] if row.answer], request.user, with_firm=False),
        "has_answered": any(row.answer for row in found["rows"]),
    }


def _shown(request: HttpRequest, firm: Enterprise) -> dict[str, Any] | None:
    rows = _seen(standing_of(request.user), firm).standing().for_rows()
    found = list(rows.order_by("-on", "-pk")[: MOST + 1])
    pairing = Pairing.objects.visible_to(request.user).of_firm(firm).on().for_rows().first()
    if not found and pairing is None:
        return None
    return {
        "pairing": pairing,
        "since": han_date(pairing.since) if pairing else "",
        "rows": found[:MOST],
        "is_cut": len(found) > MOST,
        "list_url": reverse("liaison:contacts"),
    }


def _events(request: HttpRequest, firm: Enterprise) -> Iterator[FirmEvent]:
    rows = _seen(standing_of(request.user), firm).standing().order_by("pk")
    for day, mode, number in rows.values_list("on", "mode", "number"):
        yield FirmEvent(day, str(Mode(mode).label), _url(number))


def _kept(request: HttpRequest, firm: Enterprise) -> Iterator[list[Any]]:
    """All that stands, those that were taken back too; notes that the leader keeps are said to be there."""
    for row in _seen(standing_of(request.user), firm).for_rows().order_by("on", "pk"):
        words = row.text if reads_words(request.user, row) else gettext("the leader's own notes")
        yield [iso_date(row.on), row.get_mode_display(), str(row.pairing.post), words, word_on(row)]


@read_once
def _seen(standing: Standing, firm: Enterprise) -> ContactQuerySet:
    """Put together once for panel, lane and what is held, which all go on from it."""
    return Contact.objects.visible_to(standing.user).of_firm(firm)


def _url(number: str) -> str:
    return reverse("liaison:contact", args=[number])


FIRM_PANELS = (
    FirmPanel(STAFF, "liaison/panels/for_staff.html", for_staff, order=20),
    FirmPanel(OWN, "liaison/panels/for_the_firm.html", for_the_firm, order=15),
)
FIRM_LANES = (FirmLane("liaison", _("Liaison leader"), _events, order=20),)
FIRM_RECORDS = (
    FirmRecord(
        "liaison", _("Contacts by the liaison leader"),
        (_("Day"), _("How"), _("Leader"), _("Main points"), _("The firm's word")),
        _kept, order=55,
    ),
)  # fmt: skip
