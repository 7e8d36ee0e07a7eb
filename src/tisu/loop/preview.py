"""What a notice would do before it is published: every open deadline it moves, grouped, counted, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.foundation import clock
from tisu.foundation.drafts import Draft
from tisu.loop.cards import title_of
from tisu.loop.models import ClockKind
from tisu.loop.redating import Moved, moved_by
from tisu.web.tables import Cell, Column, Table
from tisu.web.templatetags.web import iso_date

PAGE = 50
# In the order in which whoever publishes wants to know them.
GROUPS = {
    "earlier": gettext_lazy("earlier, by the leader's order"),
    "later": gettext_lazy("later"),
    "kept": gettext_lazy("kept, because the day was told already"),
    "firm": gettext_lazy("the same day, no longer provisional"),
    "provisional": gettext_lazy("the same day, provisional from now on"),
}


@dataclass(frozen=True)
class Preview:
    """`counts` are the groups that are not empty; `page` counts from 1."""

    counts: list[dict[str, Any]]
    table: Table
    total: int
    page: int
    pages: int

    @property
    def earlier_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1 if self.page < self.pages else 0


def preview_of(draft: Draft, region: str, user: Any, page: int) -> Preview:
    places = {code: place for place, code in enumerate(GROUPS)}
    moved = sorted(moved_by(draft, region, user), key=lambda each: (places[group_of(each)], each.due_was))
    pages = max(1, -(-len(moved) // PAGE))
    page = min(max(page, 1), pages)
    return Preview(counted(moved), _table(moved[(page - 1) * PAGE : page * PAGE]), len(moved), page, pages)


def group_of(moved: Moved) -> str:
    if moved.due_now != moved.due_was:
        return "later" if moved.due_now > moved.due_was else "earlier"
    if moved.kept:
        return "kept"
    return "provisional" if moved.provisional_now else "firm"


def counted(moved: Iterable[Moved]) -> list[dict[str, Any]]:
    """How many of each group there are, without the empty ones."""
    groups = [group_of(each) for each in moved]
    return [{"label": words, "value": groups.count(code)} for code, words in GROUPS.items() if code in groups]


def _table(moved: list[Moved]) -> Table:
    prefetch_related_objects([each.matter for each in moved], "assignments__unit")
    columns = [
        Column(_("Number"), "word"), Column(_("Matter"), "title"), Column(_("Unit"), "word"),
        Column(_("Limit"), "word"), Column(_("Due day before"), "date"), Column(_("Due day now"), "date"),
        Column(_("What happens"), "word"),
    ]  # fmt: skip
    return Table(columns, [_row(each) for each in moved])


def _row(moved: Moved) -> list[Any]:
    url = reverse("loop:matter", args=[moved.matter.number])
    lead = moved.matter.lead
    return [
        Cell(moved.matter.number, url),
        Cell(title_of(moved.matter), url),
        str(lead.unit) if lead else "—",
        ClockKind(moved.kind).label,
        _day(moved.due_was, moved),
        _day(moved.due_now, moved),
        GROUPS[group_of(moved)],
    ]


def _day(due: datetime, moved: Moved) -> str:
    """With its hour where the hour is all that moves."""
    same_day = clock.local_day(moved.due_was) == clock.local_day(moved.due_now)
    is_by_hour = same_day and moved.due_was != moved.due_now
    return f"{clock.local(due):%Y-%m-%d %H:%M}" if is_by_hour else iso_date(due)
