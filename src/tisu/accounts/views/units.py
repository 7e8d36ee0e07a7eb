"""The system administrator's page of one unit: its names, its posts, and what becomes of it."""

from functools import partial
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from tisu.accounts.acts import PageAct, acting_page
from tisu.accounts.forms import MergeForm, NothingForm, SplitForm
from tisu.accounts.models import PostHolding, User
from tisu.accounts.unit_changes import call_off, plan_change, what_moves
from tisu.accounts.views.places import for_system_administrator
from tisu.foundation.listed import listed
from tisu.orgs import services
from tisu.orgs.forms import EndForm, PostForm, RenameForm
from tisu.orgs.models import Duty, Post, Unit, UnitChange
from tisu.web.tables import Column, Table


@for_system_administrator
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Unit.objects.select_related("region", "heir"), pk=pk)
    return acting_page(
        request, _acts_on(row, request.user), "accounts/unit.html", lambda: _context(row) | {"unit": row}
    )


def _context(row: Unit) -> dict[str, Any]:
    return {
        "posts": _posts_of(row),
        "facts": _facts_of_unit(row),
        "names": _names_of(row),
        "planned": row.changes.planned().select_related("heir").first(),
        "moves": what_moves(row) if row.until is None and row.duty == Duty.HANDLING else [],
    }


def _acts_on(row: Unit, actor: User) -> list[PageAct]:
    if row.until is not None:
        return []
    names = {"name": row.name, "short_name": row.short_name}
    acts = [
        PageAct(
            "add_post", _("Add a post"), partial(PostForm, unit=row),
            lambda data: services.add_post(actor=actor, unit=row, **data), _("The post is added."), "primary",
        ),
        PageAct(
            "rename", _("Change the name"), partial(RenameForm, initial=names),
            lambda data: services.rename_unit(actor=actor, unit=row, **data),
            _("The name is changed. What it was called before is kept."),
        ),
    ]  # fmt: skip
    if planned := row.changes.planned().select_related("unit", "heir").first():
        return [*acts, _calling_off(planned, actor)]
    return [*acts, *(_changes_of(row, actor) if row.duty == Duty.HANDLING else []), _ending(row, actor)]


def _ending(row: Unit, actor: User) -> PageAct:
    return PageAct(
        "end", _("End the unit"), EndForm, lambda data: services.end_unit(actor=actor, unit=row, **data),
        _("The unit ends on that day."), "danger", _("Its posts must be ended first."),
    )  # fmt: skip


def _changes_of(row: Unit, actor: User) -> list[PageAct]:
    """Merging and splitting, each with what will move."""
    moves = _("On that day go over: %(what)s. Until then it can be called off.") % {
        "what": listed(f"{label} {count}" for label, count in what_moves(row))
    }
    return [
        PageAct(
            "merge", _("Merge into another unit"), partial(MergeForm, unit=row),
            lambda data: plan_change(actor=actor, unit=row, successors=[data["heir"]], **data),
            _("It is planned. Both units are told."), "quiet", moves,
        ),
        PageAct(
            "split", _("Split into several units"), partial(SplitForm, unit=row),
            lambda data: plan_change(actor=actor, unit=row, **data), _("It is planned. All units are told."), "quiet",
            moves,
        ),
    ]  # fmt: skip


def _calling_off(planned: UnitChange, actor: User) -> PageAct:
    return PageAct(
        "call_off", _("Call it off"), NothingForm, lambda _data: call_off(actor=actor, change=planned),
        _("It is called off. Nothing has changed."), "danger",
    )  # fmt: skip


def _posts_of(row: Unit) -> QuerySet[Post]:
    held = Prefetch("holdings", PostHolding.objects.on().select_related("user"), to_attr="held")
    return row.posts.prefetch_related(held).select_related("unit")


def _facts_of_unit(row: Unit) -> list[dict]:
    before = Unit.objects.filter(pk__in=row.took_over)
    after = Unit.objects.filter(pk__in=_successors(row))
    return [
        {"label": _("Full name"), "value": row.name},
        {"label": _("Code"), "value": row.code},
        {"label": _("Region"), "value": str(row.region)},
        {"label": _("Duty"), "value": row.get_duty_display()},
        {"label": _("Since"), "value": row.since.isoformat()},
        {"label": _("Until"), "value": row.until.isoformat() if row.until else ""},
        *([{"label": _("Went over into"), "value": listed(after)}] if row.until and after else []),
        *([{"label": _("Goes on with the work of"), "value": listed(before)}] if before else []),
    ]


def _successors(row: Unit) -> QuerySet:
    return UnitChange.objects.filter(unit=row, done_at__isnull=False).values("successors")


def _names_of(row: Unit) -> Table:
    columns = [
        Column(_("Full name"), "title"), Column(_("Short name"), "word"), Column(_("Since"), "date"),
        Column(_("Until"), "date"),
    ]  # fmt: skip
    return Table(
        columns,
        [
            (each.name, each.short_name, each.since.isoformat(), each.until.isoformat())
            for each in row.former_names.all()
        ],
    )
