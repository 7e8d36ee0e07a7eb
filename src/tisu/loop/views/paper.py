"""A matter on paper: the assignment (交办单) and the letter of supervision (督办函)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tisu.accounts.standing import standing_of
from tisu.foundation.clock import local_day, today
from tisu.foundation.listed import listed
from tisu.loop.clockface import clock_face
from tisu.loop.describe import is_only_requester
from tisu.loop.faults import Conflict, NotAllowed, NotVisible
from tisu.loop.kinds import kind_of
from tisu.loop.models import Matter
from tisu.loop.parties import accuses_office
from tisu.loop.views.refusals import answers_refusals, visible_matter
from tisu.orgs.models import Duty, Unit

PAPERS = {"assignment": "loop/papers/assignment.html", "supervision": "loop/papers/supervision.html"}
ISSUERS = {"assignment": Duty.OFFICE, "supervision": Duty.SUPERVISION}


@answers_refusals
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """Between offices: the requester, who does not read what offices write to each other, gets none."""
    matter, what = visible_matter(request, number), request.GET.get("as", "assignment")
    if what not in PAPERS:
        raise NotVisible(_("There is no such paper. Choose one on the page of the matter."))
    if is_only_requester(standing_of(request.user), matter):
        raise NotAllowed(_("This paper passes between offices. The page of the matter says how far it is."))
    if matter.lead is None:
        raise Conflict(_("Nothing to print yet: the matter has not been assigned."))
    return render(request, PAPERS[what], _context(matter, what))


def _context(matter: Matter, what: str) -> dict[str, Any]:
    face, day = clock_face(matter), local_day(matter.lead.sent_at) if what == "assignment" else today()
    return {
        "matter": matter,
        "paper_number": matter.number,
        "issuer": _issuer(matter, what),
        "unit": matter.lead.unit.called_on(day).name,
        "co_units": listed(row.unit.called_on(day).name for row in matter.co_assignments),
        "due_on": face["bar"].due if face else None,
        "clock": face,
        "day": day,
        "urged": matter.events.filter(action="urge").count(),
        "is_over": bool(face) and face["bar"].is_over(),
    }


def _issuer(matter: Matter, what: str) -> str:
    """Who opened a task signs its assignment; supervision signs what it supervises, and what accuses the office.

    Who took a report in does not sign: the paper would tell how it came in.
    """
    if what == "assignment" and matter.opened_by_unit and not kind_of(matter).is_screened:
        return matter.opened_by_unit.name
    duty = Duty.SUPERVISION if accuses_office(matter) else ISSUERS[what]
    unit = Unit.objects.on().filter(region=matter.region_id, duty=duty).first()
    return unit.name if unit else ""
