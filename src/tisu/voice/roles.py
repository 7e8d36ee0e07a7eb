"""The role that an observer's letter grants."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import GrantedRole, standing_of
from tisu.foundation.prepared import Blank, Prepared
from tisu.loop.queries import OVERSIGHT_ROLES
from tisu.voice.models import ObserverLetter

OBSERVER = "observer"
FIRM = "enterprise"  # the role that a firm's mandate grants
_LETTERS = Prepared(
    lambda: ObserverLetter.objects.on(Blank("day", date)).filter(user=Blank("user")).values_list("pk")[:1]
)


def roles_from_letters(user: User, day: date) -> Iterable[GrantedRole]:
    """A letter in force makes its holder an observer of the county."""
    if _LETTERS(user=user.pk, day=day):
        yield GrantedRole(code=OBSERVER, label=_("observer"), region=settings.REGION)


def takes_reports(user) -> bool:
    """Who enters reports that came by phone, at the window or from the press."""
    return standing_of(user).has(*OVERSIGHT_ROLES)


def reports_signed_in(user) -> bool:
    """Observers and firms, whose report then stands among their own matters."""
    return standing_of(user).has(OBSERVER, FIRM)
