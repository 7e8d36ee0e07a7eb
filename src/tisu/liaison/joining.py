"""Two rows of the register that become one firm: it has one leader, so one of two pairings is ended first."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.foundation.rooms import Joining
from tisu.liaison.models import Pairing


@contextmanager
def _joined(kept: Enterprise, gone: Enterprise) -> Iterator[dict]:
    today = clock.today()
    both = [Pairing.objects.lasting_beyond(today).of_firm(firm).exists() for firm in (kept, gone)]
    if all(both):
        raise ValidationError(
            _("Both are paired with a county leader: end one of the pairings, then merge the two rows.")
        )
    yield {}


def _parted(kept: Enterprise, gone: Enterprise, kept_then: dict) -> None:
    """Each has again what was its own: a pairing stays with the row that it was made for."""


JOININGS = (Joining("pairings", _joined, _parted),)
