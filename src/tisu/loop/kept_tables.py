"""What the security administrator keeps of matters, as sheets: walls by number, conflicts by credit code, as on the pages."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tisu.accounts.gates import is_one
from tisu.foundation.sheets.declared import Column, Export
from tisu.loop.conflicts import conflicts_kept_by
from tisu.loop.models import ConflictOfInterest, Wall
from tisu.loop.wall_forms import ConflictListForm, WallListForm
from tisu.loop.walling import reason_in_words, walls_kept_by
from tisu.orgs.models import Role
from tisu.web.templatetags.web import iso_date

AT_ONCE = 500


def _walls(user: Any, query: QueryDict) -> Iterator[Wall]:
    rows = WallListForm(query).narrowed(walls_kept_by(user)).select_related("matter", "unit", "user")
    yield from rows.order_by("-pk").iterator(chunk_size=AT_ONCE)


def _conflicts(user: Any, query: QueryDict) -> Iterator[ConflictOfInterest]:
    rows = ConflictListForm(query).narrowed(conflicts_kept_by(user)).select_related("user", "enterprise")
    yield from rows.order_by("-pk").iterator(chunk_size=AT_ONCE)


WALLS_OUT = Export(
    code="walls",
    label=_("Walls"),
    columns=(
        Column("number", _("Number"), said=lambda wall: wall.matter.number),
        Column("against", _("Unit or person"), said=lambda wall: wall.against),
        Column("reason", _("Reason"), said=reason_in_words),
        Column("built", _("Since"), said=lambda wall: iso_date(wall.built_at)),
        Column("lifted", _("Until"), said=lambda wall: iso_date(wall.lifted_at)),
    ),
    allowed=is_one(Role.SECURITY_ADMIN),
    rows=_walls,
    by_persons_only=True,
)
CONFLICTS_OUT = Export(
    code="conflicts",
    label=_("Conflicts of interest"),
    columns=(
        Column("person", _("Person"), said=lambda row: row.user.name),
        Column("username", _("User name"), said=lambda row: row.user.username),
        Column("credit_code", _("Unified social credit code"), said=lambda row: row.enterprise.credit_code),
        Column("reason", _("Reason"), said=lambda row: row.reason),
        Column("since", _("Since"), said=lambda row: row.since),
        Column("until", _("Until"), said=lambda row: row.until),
    ),
    allowed=is_one(Role.SECURITY_ADMIN),
    rows=_conflicts,
    by_persons_only=True,
)
