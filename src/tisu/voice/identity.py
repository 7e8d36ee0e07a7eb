"""Opening who reported: needs a reason, and is never done unseen."""

from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.opening import NotOpened, ReasonMissing, opened
from tisu.accounts.standing import standing_of
from tisu.foundation.sealed import Sealed
from tisu.loop.actor import person
from tisu.loop.faults import Conflict, NotAllowed, Unacceptable
from tisu.loop.models import Matter
from tisu.loop.parties import is_party
from tisu.voice.models import Identity, Report
from tisu.voice.services import must_see, one_line


def open_identity(*, user: User, report: Report, reason: str) -> str:
    """How to reach a named reporter. The office only (supervision where the report accuses the office).

    Needs a reason, and stands in the ledger from then on whoever opened it (domain.md M10.3).
    """
    must_see(user, report)
    if not may_open_identity(user, report):
        raise NotAllowed(
            _("Only the office opens an identity, or supervision where the office is concerned.")
        )
    identity = Identity.objects.filter(report=report.root).first()
    requester = report.matter.requester
    if identity is None and requester is None:
        raise Conflict(_("This report is anonymous: there is no contact to open."))
    # Who reported signed in left no contact: the name is told the same way, for a reason and recorded.
    sealed = identity.contact if identity else Sealed("", text=requester.name)
    try:
        return opened(
            sealed,
            by=user,
            signed=standing_of(user).label,
            reason=one_line("reason", reason, 400),
            about=report.matter.number,
            act="open-identity",
        )
    except ReasonMissing as missing:
        raise Unacceptable.at("reason", str(missing)) from missing
    except NotOpened as fault:
        raise Conflict(str(fault)) from fault


def may_open_identity(user: User, report: Report) -> bool:
    """A part's dispatcher who is walled from the whole would learn from it who complained."""
    whole = report.root.matter
    within = Matter.objects.filter(pk=whole.pk).outside_walls(standing_of(user)).exists()
    return within and is_party(person(user), whole, ("dispatcher",))
