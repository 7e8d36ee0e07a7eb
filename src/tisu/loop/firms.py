"""What the spine says to the register: whose interests bind where two firms become one, and who handles a firm's matter."""

from collections.abc import Iterator
from contextlib import contextmanager

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.enterprises.models import Enterprise
from tisu.foundation.rooms import Dealing, Joining
from tisu.loop.models import ConflictOfInterest, Matter
from tisu.loop.queries import UNIT_ROLES
from tisu.loop.someone_left import someone_left, tell_of_empty_places
from tisu.loop.stages import OPEN


@contextmanager
def _joined(kept: Enterprise, gone: Enterprise) -> Iterator[dict]:
    """An interest in either keeps its person out of the matters of both from here on (interests.py reads kin)."""
    concerning = Matter.objects.concerning(kept) | Matter.objects.concerning(gone)
    open_matters = set(concerning.filter(stage__in=OPEN).values_list("pk", flat=True))
    last = ConflictOfInterest.objects.order_by("-pk").values_list("pk", flat=True).first()
    with someone_left(open_matters):
        yield {"last_conflict": last or 0}
    tell_of_empty_places(open_matters)


def _parted(kept: Enterprise, gone: Enterprise, kept_then: dict) -> None:
    """What was declared while they were one was declared about both, and goes on binding for both."""
    kin = Enterprise.objects.kin_of([kept.pk])
    for row in ConflictOfInterest.objects.filter(
        enterprise__in=kin, pk__gt=kept_then.get("last_conflict", 0)
    ):
        for firm in (kept, gone):
            said = {"user": row.user, "since": row.since, "until": row.until, "enterprise": firm}
            ConflictOfInterest.objects.get_or_create(**said, defaults={"reason": row.reason})


def _handles(user: User, firm: Enterprise) -> bool:
    """A unit of this person handles an open matter that shows the firm."""
    units = standing_of(user).units(*UNIT_ROLES)
    rows = Matter.objects.visible_to(user).open().filter(enterprise__in=Enterprise.objects.kin_of([firm.pk]))
    return bool(units) and rows.filter(rows.assigned_to(units)).exists()


DEALINGS = (Dealing("matters", _handles),)
JOININGS = (Joining("conflicts", _joined, _parted),)
