"""A person's own page: their posts, who stands in for them, for whom they do, and their leave."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tisu.accounts.acts import acting_page
from tisu.accounts.hand_overs import hand_overs_of, is_leaver
from tisu.accounts.leave_acts import leave_acts
from tisu.accounts.models import Delegation, HandOver, PostHolding, User
from tisu.accounts.own import has_posts, posts_of, standing_in_for, stood_in_for_by
from tisu.accounts.standing import standing_of
from tisu.orgs.models import Role
from tisu.web.tables import Cell, Column, Table


@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """Only for who has a post, or had one; for firms and observers it is not there (404)."""
    user = request.user
    if not has_posts(user) and not user.holdings.exists():
        raise Http404
    return acting_page(
        request,
        [] if standing_of(user).has(Role.SYSTEM_ADMIN) else leave_acts(user),
        "accounts/own.html",
        lambda: {
            "posts": _held(posts_of(user)),
            "hand_overs": _hand_overs(user),
            "deputies": _deputies(standing_in_for(user)),
            "stood_in": _stood_in(stood_in_for_by(user)),
        },
    )


def _held(rows: Iterable[PostHolding]) -> Table:
    columns = [Column(_("Post"), "title"), Column(_("Since"), "date"), Column(_("Until"), "date")]
    return Table(columns, [(str(row.post), *_term(row)) for row in rows])


def _hand_overs(user: User) -> Table:
    columns = [Column(_("Post"), "title"), Column(_("Who left")), Column(_("State"))]
    return Table(
        columns,
        [
            (
                Cell(str(row.holding.post), reverse("me:hand_over", args=[row.pk])),
                row.holding.user.name,
                _state(user, row),
            )
            for row in hand_overs_of(user)
        ],
    )


def _state(user: User, row: HandOver) -> str:
    mine = row.left_at if is_leaver(user, row) else row.taken_at
    if mine is None:
        return _("waits for your signature")
    return _("signed by both") if row.is_signed else _("signed by you")


def _deputies(rows: Iterable[Delegation]) -> Table:
    columns = [
        Column(_("Who"), "title"), Column(_("As"), "word"), Column(_("Post")), Column(_("First day"), "date"),
        Column(_("Last day"), "date"),
    ]  # fmt: skip
    return Table(
        columns, [(row.user.name, row.get_kind_display(), str(row.post), *_days(row)) for row in rows]
    )


def _stood_in(rows: Iterable[Delegation]) -> Table:
    columns = [
        Column(_("Post"), "title"), Column(_("As"), "word"), Column(_("For whom")), Column(_("First day"), "date"),
        Column(_("Last day"), "date"),
    ]  # fmt: skip
    return Table(
        columns,
        [
            (str(row.post), row.get_kind_display(), row.holder.name if row.holder else "", *_days(row))
            for row in rows
        ],
    )


def _term(row: PostHolding) -> tuple[str, str]:
    return row.since.isoformat(), row.until.isoformat() if row.until else ""


def _days(row: Delegation) -> tuple[str, str]:
    return row.since.isoformat(), row.last_day.isoformat() if row.last_day else ""
