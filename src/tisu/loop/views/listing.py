"""All matters that a person may see, filtered by what stands in the address."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tisu.accounts.standing import standing_of
from tisu.foundation.numbering import as_typed
from tisu.foundation.paging import keyset_page
from tisu.loop.actions import Action
from tisu.loop.cards import Card
from tisu.loop.daywords import remaining_words
from tisu.loop.filters import matter_filter
from tisu.loop.kinds import kinds
from tisu.loop.models import Matter
from tisu.loop.queries import MatterQuerySet
from tisu.loop.stages import Stage
from tisu.loop.together import ACTED_TOGETHER, open_together
from tisu.loop.views.ticking import bar, box
from tisu.web.filters import chips
from tisu.web.tables import Cell, Column, Table, Tick
from tisu.web.templatetags.web import iso_date

COUNTED = 1000  # nobody counts further, the database neither


def matters(request: HttpRequest) -> HttpResponse:
    """A filter that cannot be read is said beside it, with no rows, rather than left out of account."""
    wanted = matter_filter(request)
    legible = wanted.form.is_valid()
    rows = wanted.qs if legible else Matter.objects.none()
    items, next_url = keyset_page(rows.for_ticking(), request)
    ticked = {item.pk: open_together(item, request.user) for item in items}
    context = {
        "form": wanted.form,
        "chips": chips(wanted.form, request.GET),
        "table": _table(items, {pk for pk, actions in ticked.items() if actions}),
        "bar": bar(_among(ticked.values()), request.get_full_path()),
        "found": _found(_counted(rows, request, items, next_url)),
        "next_url": next_url,
        "first_url": _first_url(request),
        "may_open": any(kind.may_open(standing_of(request.user)) for kind in kinds().values()),
    }
    return render(request, "loop/list.html", context, status=200 if legible else 422)


def _counted(rows: MatterQuerySet, request: HttpRequest, items: list[Matter], next_url: str | None) -> int:
    """A first page with no next one has been counted by reading it."""
    if next_url or "after" in request.GET:
        return rows.order_by()[: COUNTED + 1].count()
    return len(items)


def _found(count: int) -> str:
    if count > COUNTED:
        return _("More than %(n)d matters found") % {"n": COUNTED}
    return ngettext("%(n)d matter found", "%(n)d matters found", count) % {"n": count}


def _first_url(request: HttpRequest) -> str:
    if "after" not in request.GET:
        return ""
    query = request.GET.copy()
    del query["after"]
    return f"{request.path}?{query.urlencode()}"


def _among(open_to_each: Iterable[list[Action]]) -> list[Action]:
    """What can be done to any of them, in the order of the table of actions."""
    found = {action.code for actions in open_to_each for action in actions}
    return [action for action in ACTED_TOGETHER if action.code in found]


def _table(items: Iterable[Matter], tickable: set[int]) -> Table:
    """With boxes where anything can be done to several."""
    columns = [
        Column(_("Number"), "word"), Column(_("Matter"), "title"), Column(_("Kind"), "word"),
        Column(_("Handled by")), Column(_("Stage"), "word"), Column(_("Light"), "word"),
        Column(_("Left"), "word"), Column(_("Due"), "date"),
    ]  # fmt: skip
    rows = [_row(Card(matter)) for matter in items]
    if tickable:
        columns.insert(0, Column(_("Ticked"), "tick"))
        boxes = (box(matter) if matter.pk in tickable else Tick() for matter in items)
        rows = [[tick, *row] for tick, row in zip(boxes, rows, strict=True)]
    return Table(columns, rows)


def _row(card: Card) -> list[Any]:
    matter = card.matter
    due = (
        iso_date(matter.due_at) + (_(" (provisional)") if matter.provisional else "")
        if matter.due_at
        else "—"
    )
    return [
        Cell(matter.number, card.href),
        Cell(card.title, card.href),
        card.category,
        card.units,
        Stage(matter.stage).label,
        Cell("" if card.light else "—", light=card.light),
        remaining_words(matter) or "—",
        due,
    ]


def search(request: HttpRequest) -> HttpResponse:
    """Straight to the matter whose number was typed, else to the list of what matches."""
    text = request.GET.get("q", "").strip()
    number = as_typed(text[:40])
    if len(number) == 10:
        exact = Matter.objects.visible_to(request.user).filter(number=f"{number[:5]}-{number[5:]}").first()
        if exact:
            return HttpResponseRedirect(reverse("loop:matter", args=[exact.number]))
    query = f"?{urlencode({'q': text})}" if text else ""
    return HttpResponseRedirect(reverse("loop:list") + query)
