"""Which other matters a matter hangs together with: merged ones, and the rest of what was partly solved.

A link is drawn only to what the reader may see; what one may not see is not named.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.loop.cards import title_of
from tisu.loop.models import Matter
from tisu.loop.stages import Result, Stage

# What a matter is to its parent, and the parent to it, by how the parent ended.
_FROM = {
    Result.SPLIT: gettext_lazy("Split off from"),
    Result.PARTLY_RESOLVED: gettext_lazy("Carries the rest of"),
}
_TO = {Result.SPLIT: gettext_lazy("Split off"), Result.PARTLY_RESOLVED: gettext_lazy("The rest of it")}
_FROM_ENDED, _TO_ENDED = gettext_lazy("Goes on from"), gettext_lazy("Goes on in")


def relations_of(matter: Matter, user: Any) -> list[dict[str, Any]]:
    """Facts with links, for web/components/facts.html."""
    below = (
        Matter.objects.filter(Q(merged_into=matter) | Q(parent=matter))
        .order_by()
        .values_list("pk", flat=True)
    )
    near = {*below, matter.merged_into_id, matter.parent_id} - {None}
    seen = list(Matter.objects.visible_to(user).filter(pk__in=near).order_by("pk")) if near else []
    return [*_upwards(matter, {row.pk: row for row in seen}), *_downwards(matter, seen)]


def _upwards(matter: Matter, seen: dict[int, Matter]) -> Iterator[dict[str, Any]]:
    if matter.merged_into_id:
        into = seen.get(matter.merged_into_id)
        yield (
            _linked(_("Merged into"), into)
            if into
            else _fact(_("Merged into"), _("another matter on the same subject; it is handled there"))
        )
    if matter.parent_id in seen:
        parent = seen[matter.parent_id]
        yield _linked(_FROM.get(parent.result, _FROM_ENDED), parent)


def _downwards(matter: Matter, seen: list[Matter]) -> Iterator[dict[str, Any]]:
    for row in seen:
        if row.merged_into_id == matter.pk:
            yield _linked(_("Merged into this one"), row)
        elif row.parent_id == matter.pk:
            yield _linked(_TO.get(matter.result, _TO_ENDED), row)


def _linked(label: str, row: Matter) -> dict[str, Any]:
    words = f"{title_of(row)}({Stage(row.stage).label})"
    return _fact(label, words) | {"url": reverse("loop:matter", args=[row.number])}


def _fact(label: str, value: str) -> dict[str, Any]:
    return {"label": label, "value": value}
