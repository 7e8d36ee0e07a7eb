"""What the loop hands over with a post: its open matters, and what waits there for a decision."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import User
from tisu.accounts.standing import Standing, standing_at
from tisu.foundation.clock import local_day
from tisu.foundation.rooms import HandOverList, OpenItem
from tisu.loop.actor import Actor
from tisu.loop.desk import DESK
from tisu.loop.erasing import DECISIONS, MATTERS
from tisu.loop.models import Matter, Request, RequestKind, Watch
from tisu.loop.queries import MatterQuerySet
from tisu.loop.stages import Light, Stage
from tisu.loop.waiting import decidable, to_decide
from tisu.orgs.models import Post, Role


def _sight(standing: Standing) -> MatterQuerySet:
    """What no wall keeps from this person, at this post or in whatever else they are."""
    return Matter.objects.none() if standing.is_administrator else Matter.objects.outside_walls(standing)


def _at_post(standing: Standing) -> MatterQuerySet:
    """The open matters of a post: those of its unit; what waits on its desk; what a leader's post watches."""
    rows = _sight(standing).open()
    found = [
        Q(pk__in=each.holds(standing, _in_reach(standing, rows)).values("pk"))
        for each in DESK
        if _may(standing, each)
    ]
    if units := standing.units(Role.DEPT_LEAD, Role.DEPT_CLERK):
        found.append(Q(rows.assigned_to(units)))
    if posts := standing.posts(Role.COUNTY_LEADER):
        found.append(Q(Exists(Watch.objects.filter(matter=OuterRef("pk"), post__in=posts))))
    return rows.filter(reduce(or_, found, Q(pk__in=())))


def _may(standing: Standing, desk_list: Any) -> bool:
    return desk_list.code != "to-approve" and standing.has(*desk_list.roles)


def _in_reach(standing: Standing, rows: MatterQuerySet) -> MatterQuerySet:
    return rows.reached_by(standing)


def _matters(post: Post, user: User) -> Iterable[OpenItem]:
    rows = _at_post(standing_at(user, post)).for_rows().order_by("due_at", "pk")
    for matter in rows:
        yield OpenItem(matter.pk, _facts(matter))


def _facts(matter: Matter) -> dict[str, Any]:
    return {
        "number": matter.number,
        "stage": str(matter.stage),
        "light": str(matter.light.value) if matter.light else "",
        "due": local_day(matter.due_at).isoformat() if matter.due_at else "",
    }


def _titles(post: Post, user: User, keys: Iterable[int]) -> dict[int, tuple[str, str]]:
    """With the handler, so that the unit can name another one where it is who left."""
    rows = _sight(standing_at(user, post)).filter(pk__in=list(keys)).for_rows()
    return {row.pk: (_named(row, post), reverse("loop:matter", args=[row.number])) for row in rows}


def _named(matter: Matter, post: Post) -> str:
    own = next((row for row in matter.current_assignments if row.unit_id == post.unit_id), None)
    if own is None or not own.handler:
        return matter.title
    return gettext("%(title)s (handler: %(handler)s)") % {"title": matter.title, "handler": own.handler}


def _matter_cells(facts: dict[str, Any]) -> tuple[str, ...]:
    light = str(Light(facts["light"]).label) if facts["light"] else ""
    return facts["number"], str(Stage(facts["stage"]).label), light, facts["due"]


def _decisions(post: Post, user: User) -> Iterable[OpenItem]:
    """Requests that wait for whoever holds the post."""
    standing = standing_at(user, post)
    rows = (
        to_decide(standing, _in_reach(standing, _sight(standing).open()))
        .for_acting()
        .order_by("due_at", "pk")
    )
    for matter in rows:
        for row in decidable(matter, Actor(standing)):
            yield OpenItem(row.pk, {"number": matter.number, "kind": row.kind, "by": row.signed})


def _requests(post: Post, user: User, keys: Iterable[int]) -> dict[int, tuple[str, str]]:
    rows = Request.objects.filter(pk__in=list(keys), matter__in=_sight(standing_at(user, post)).values("pk"))
    return {
        row.pk: (row.matter.title, reverse("loop:matter", args=[row.matter.number]))
        for row in rows.select_related("matter")
    }


def _request_cells(facts: dict[str, Any]) -> tuple[str, ...]:
    return facts["number"], str(RequestKind(facts["kind"]).label), facts["by"]


HAND_OVER_LISTS = (
    HandOverList(
        MATTERS, _("Open matters"), (_("Number"), _("Stage"), _("Light"), _("Due")),
        _matters, _titles, _matter_cells,
    ),
    HandOverList(
        DECISIONS, _("Waiting for a decision"), (_("Number"), _("What is asked"), _("By whom")),
        _decisions, _requests, _request_cells,
    ),
)  # fmt: skip
