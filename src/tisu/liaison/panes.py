"""My firm, on the leader's page: the last contact, what is open from it, and one button."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.rooms import Pane
from tisu.liaison.models import Contact, Pairing
from tisu.liaison.periods import month_of
from tisu.liaison.powers import is_leader, pairings_to_enter
from tisu.liaison.wording import word_on
from tisu.loop.models import Matter
from tisu.web.templatetags.web import han_date

MOST = 5


def my_firms(request: HttpRequest) -> dict[str, Any]:
    """Usually one; empty for whoever is no leader and stands in for none."""
    user = request.user
    rows = list(pairings_to_enter(user)) if is_leader(user) else []
    return {"firms": [_firm(row, user) for row in rows]}


def _firm(row: Pairing, user: Any) -> dict[str, Any]:
    last = row.contacts.visible_to(user).standing().order_by("-on", "-pk").first()
    month = month_of(clock.today())
    seen = Matter.objects.visible_to(user).open().filter(raised_issue__contact__pairing=row)
    return {
        "name": str(row.firm),
        "url": reverse("enterprises:detail", args=[row.firm.credit_code]),
        "last": _said(last) if last else "",
        "last_url": reverse("liaison:contact", args=[last.number]) if last else "",
        "is_done": Contact.objects.counted().filter(pairing=row).between(month.first, month.last).exists(),
        "until": month.last,
        "open": [
            {"title": matter.title, "url": reverse("loop:matter", args=[matter.number])}
            for matter in seen.order_by("due_at", "pk")[:MOST]
        ],
    }


def _said(last: Contact) -> str:
    return _("%(day)s · %(how)s · %(word)s") % {
        "day": han_date(last.on), "how": last.get_mode_display(), "word": word_on(last),
    }  # fmt: skip


PANES = (Pane("leader", "liaison/parts/my_firm.html", my_firms, order=20),)
