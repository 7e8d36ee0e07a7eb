"""Openings as the ask component draws them, on a matter's page and in their own list."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.signatures import as_read
from tisu.voice.models import Opening, OpeningState

LIST = "list"


def ask_of(opening: Opening, *, back: str = "") -> dict[str, Any]:
    """What someone else wants to open, with the two buttons; `back` says where they stand."""
    return _drawn(opening) | {
        "acts": [
            _act(_("Agree"), "voice:grant", opening.pk, back, style="primary"),
            _act(_("Decline"), "voice:decline", opening.pk, back),
        ],
    }


def own_ask(opening: Opening) -> dict[str, Any]:
    """One's own: waiting, or to be opened now."""
    if opening.state != OpeningState.GRANTED:
        return _drawn(opening)
    number = opening.report.matter.number
    return _drawn(opening) | {
        "decided_by": as_read(opening.decided_signed),
        "decided_at": clock.local(opening.decided_at),
        "opinion": _("Once, until %(moment)s") % {"moment": f"{clock.local(opening.good_until):%m-%d %H:%M}"},
        "acts": [_act(_("Open the contact"), "voice:identity", number, "", style="primary")],
    }


def _drawn(opening: Opening) -> dict[str, Any]:
    matter = opening.report.matter
    return {
        "kind": _("Open a contact"),
        "state": "filed" if opening.state == OpeningState.ASKED else "approved",
        "by": as_read(opening.signed),
        "at": clock.local(opening.asked_at),
        "reason": opening.reason,
        "number": matter.number,
        "title": matter.title,
    }


def _act(label: str, view: str, key: Any, back: str, *, style: str = "quiet") -> dict[str, Any]:
    url, hidden = reverse(view, args=[key]), {"back": back} if back else {}
    return {"label": label, "url": url, "hidden": hidden, "style": style}
