"""What a search for matters looks through: what the units read, never what stays in the room that took it in."""

from tisu.foundation import search
from tisu.loop.models import Matter

SEARCH_SUBJECT = "matter"


def make_findable(matter: Matter) -> None:
    if matter.is_bare:
        search.forget(SEARCH_SUBJECT, matter.pk)
    else:
        search.index(SEARCH_SUBJECT, matter.pk, f"{matter.number} {matter.title}\n{matter.text}")
