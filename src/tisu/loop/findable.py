"""What a search for matters looks through: what the units read, never what stays in the room that took it in."""

from tisu.foundation import search
from tisu.loop.models import Matter

SEARCH_SUBJECT = "matter"
FOUND_BY = frozenset(
    {"title", "text", "enterprise"}
)  # an act that changes none of these leaves the index alone


def make_findable(matter: Matter, *, is_new: bool = False) -> None:
    """By number, by any words of title and text, and by the pinyin of title and firm."""
    if matter.is_bare:
        search.forget(SEARCH_SUBJECT, matter.pk)
    else:
        names = f"{matter.title}\n{matter.enterprise or ''}"
        text = f"{matter.number} {names}\n{matter.text}"
        search.index(SEARCH_SUBJECT, matter.pk, text, names=names, is_new=is_new)
