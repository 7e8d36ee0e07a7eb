"""Stepping back from a matter oneself (回避): at once, with the reason in the ledger."""

from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.loop.describe import is_only_requester
from tisu.loop.faults import NotAllowed, NotVisible
from tisu.loop.interests import is_kept_out
from tisu.loop.models import Matter
from tisu.loop.someone_left import someone_left, tell_of_empty_places
from tisu.loop.walls import kin_of, recuse


def may_declare(user: User, matter: Matter) -> bool:
    """Whoever has a part in it by a post; who merely raised it decides nothing about it."""
    return not is_only_requester(standing_of(user), matter)


@transaction.atomic
def declare_recusal(*, user: User, matter: Matter, reason: str) -> None:
    """From now on this person, and whoever stands in for them, sees nothing of the matter on any page.

    ValidationError where nobody else could see to it. Taken back by the security administrator alone.
    """
    matter = Matter.objects.visible_to(user).select_for_update(of=("self",)).filter(pk=matter.pk).first()
    if matter is None or is_kept_out(matter, standing_of(user)):
        raise NotVisible(_("There is no such matter, or it is not yours to see."))
    if not may_declare(user, matter):
        raise NotAllowed(
            _("Whoever raised a matter handles nothing of it, so there is nothing to step back from.")
        )
    near = kin_of(matter)
    with someone_left(near):
        recuse(matter, user, reason=reason)
    tell_of_empty_places(near)
    record(
        act="declare-recusal",
        about=matter.number,
        actor=user,
        signed=standing_of(user).label,
        reason=reason,
        person=user.username,
    )
