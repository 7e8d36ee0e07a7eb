"""The security administrator's conflicts of interest: a person and a firm's credit code, from a day to a day."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tisu.accounts.acts import PageAct
from tisu.foundation.paging import keyset_page
from tisu.loop.conflicts import add_conflict, conflicts_kept_by, end_conflict
from tisu.loop.models import ConflictOfInterest
from tisu.loop.views.row_acts import RowAct, RowsPage
from tisu.loop.views.walls import for_security_administrator
from tisu.loop.wall_forms import ConflictForm, ConflictListForm
from tisu.orgs.forms import EndForm
from tisu.web.filters import chips


@for_security_administrator
def conflicts(request: HttpRequest) -> HttpResponse:
    rows = conflicts_kept_by(request.user).select_related("user", "enterprise")
    ending = RowAct(
        "end", _("End it"), EndForm,
        lambda row, data: end_conflict(actor=request.user, conflict=row, **data),
        _("The conflict of interest has an end."), lambda row: "",
    )  # fmt: skip

    def context(row: ConflictOfInterest | None = None, form: Form | None = None) -> dict[str, Any]:
        if row:
            return {"cards": [_card(row, ending, form)]}
        return _listed(request, rows, ending)

    return RowsPage("loop/conflicts.html", _adding(request), ending, rows, context).answer(request)


def _adding(request: HttpRequest) -> PageAct:
    return PageAct(
        "add",
        _("Record a conflict of interest"),
        ConflictForm,
        lambda data: _add(request, data),
        _("It is recorded. While it lasts, the person sees none of the firm's matters."),
        "primary",
    )


def _add(request: HttpRequest, data: dict) -> None:
    """What it gives back would be shown as a sentence: nothing is."""
    add_conflict(actor=request.user, **data)


def _listed(request: HttpRequest, rows: QuerySet[ConflictOfInterest], ending: RowAct) -> dict[str, Any]:
    search = ConflictListForm(request.GET, auto_id="filter_%s")
    found, following = keyset_page(search.narrowed(rows), request)
    return {
        "cards": [_card(row, ending) for row in found],
        "next_url": following,
        "search": search,
        "chips": chips(search, request.GET),
    }


def _card(row: ConflictOfInterest, ending: RowAct, form: Form | None = None) -> dict[str, Any]:
    return {
        "row": row,
        "person": f"{row.user.name} ({row.user.username})",
        "lasts": row.is_in_force(),
        "act": ending.drawn(row, form) if form or row.until is None else None,
    }
