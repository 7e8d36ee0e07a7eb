from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tisu.enterprises.models import Enterprise
from tisu.enterprises.panels import OWN
from tisu.foundation.rooms import Door, FirmPanel, Room
from tisu.voice.hotline.table import CATEGORIES_OUT, HOTLINE, HOTLINE_OUT
from tisu.voice.kinds import ReportKind
from tisu.voice.roles import reports_signed_in, roles_from_letters, takes_reports


def complain(request: HttpRequest, firm: Enterprise) -> dict[str, Any]:
    return {"url": reverse("voice:line")}


ROOM = Room(
    firm_panels=(FirmPanel(OWN, "voice/panes/complain.html", complain, order=90),),
    signatures=("observer",),
    doors=(
        Door(_("Enter a report"), "voice:new", shown_to=takes_reports, order=30, icon="voice"),
        Door(_("Contacts to open"), "voice:openings", shown_to=takes_reports, order=40, icon="lock"),
        Door(_("Categories of 12345"), "voice:categories", shown_to=takes_reports, order=85, icon="filter"),
        Door(_("Direct line"), "voice:line", shown_to=reports_signed_in, order=30, icon="voice"),
    ),
    public=frozenset(
        f"voice:{name}" for name in ("line", "receipt", "discipline", "track", "message", "contact", "rating")
    ),
    kinds=(ReportKind(),),
    role_sources=(roles_from_letters,),
    imports=(HOTLINE,),
    exports=(HOTLINE_OUT, CATEGORIES_OUT),
    acts=(
        ("map-category", _("said what a category of the hotline means")),
        ("ask-identity", _("asked to open a reporter's contact")),
        ("grant-identity", _("agreed that a reporter's contact is opened")),
        ("decline-identity", _("declined that a reporter's contact is opened")),
        ("open-identity", _("opened a reporter's contact")),
    ),
)
