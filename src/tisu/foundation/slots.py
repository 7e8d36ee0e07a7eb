"""Things that happen once for each slot (a daily anchor, a monthly notice), however many workers try."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from tisu.foundation.models import Slot


def claim(name: str, slot: str) -> bool:
    """True for the first who claims this slot, in the caller's transaction: what is rolled back is free again.

    A slot is named by what it stands for (`2023-05-22`), never by how often it was tried, so that a clock that
    jumps back finds it taken.
    """
    try:
        with transaction.atomic():
            Slot.objects.create(name=name, slot=slot, claimed_at=timezone.now())
    except IntegrityError:
        return False
    return True
