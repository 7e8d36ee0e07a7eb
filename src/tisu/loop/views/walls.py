"""The security administrator's walls: by number and by whom they keep out, never what a matter is about."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tisu.accounts.acts import PageAct
from tisu.accounts.gates import only_for
from tisu.foundation.paging import keyset_page
from tisu.loop.models import Wall
from tisu.loop.views.row_acts import RowAct, RowsPage
from tisu.loop.wall_forms import ReasonForm, WallForm, WallListForm
from tisu.loop.walling import (
    build_wall,
    lift_wall,
    reason_in_words,
    stays_because,
    units_of,
    walls_kept_by,
)
from tisu.orgs.models import Role
from tisu.web.filters import chips

for_security_administrator = only_for(Role.SECURITY_ADMIN)


@for_security_administrator
def walls(request: HttpRequest) -> HttpResponse:
    rows = walls_kept_by(request.user).select_related("matter", "unit", "user", "inherited_from")
    lifting = RowAct(
        "lift", _("Lift this wall"), ReasonForm,
        lambda wall, data: lift_wall(actor=request.user, wall=wall, **data),
        _("The wall is lifted."), _lifting_means,
    )  # fmt: skip

    def context(wall: Wall | None = None, form: Form | None = None) -> dict[str, Any]:
        if wall:
            return {"cards": [_card(wall, lifting, form)]}
        return _listed(request, rows, lifting)

    return RowsPage("loop/walls.html", _building(request), lifting, rows, context).answer(request)


def _building(request: HttpRequest) -> PageAct:
    return PageAct(
        "build",
        _("Build a wall"),
        lambda **given: WallForm(units=units_of(request.user), **given),
        lambda data: _build(request, data),
        _("The wall stands. It holds at once, on every path."),
        "primary",
        _(
            "Against a unit it reaches all its staff, whoever joins them later, and the leaders in charge of it."
        ),
    )


def _build(request: HttpRequest, data: dict) -> None:
    """What it gives back would be shown as a sentence: nothing is."""
    build_wall(actor=request.user, **data)


def _listed(request: HttpRequest, rows: QuerySet[Wall], lifting: RowAct) -> dict[str, Any]:
    search = WallListForm(request.GET, auto_id="filter_%s")
    found, following = keyset_page(search.narrowed(rows), request)
    return {
        "cards": [_card(wall, lifting) for wall in found],
        "next_url": following,
        "search": search,
        "chips": chips(search, request.GET),
    }


def _card(wall: Wall, lifting: RowAct, form: Form | None = None) -> dict[str, Any]:
    stays = stays_because(wall)
    return {
        "wall": wall,
        "against": wall.against,
        "reason": reason_in_words(wall),
        "stays": stays if wall.stands else "",
        "act": None if stays and form is None else lifting.drawn(wall, form),
    }


def _lifting_means(wall: Wall) -> str:
    if wall.unit:
        return _(
            "From then on the staff of %(unit)s and the leaders in charge of it see the matter wherever their posts "
            "let them."
        ) % {"unit": wall.unit}
    return _("From then on %(person)s sees the matter wherever their posts let them.") % {"person": wall.user}
