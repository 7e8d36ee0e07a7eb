"""The pages of a hand-over: to sign it, on paper, and how far each is."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tisu.accounts.hand_overs import (
    Listed,
    digest_of,
    is_leaver,
    is_taker,
    lines_in,
    lists_for,
    sees_states,
    sign_leaving,
    sign_taking,
    states_for,
    takers_of,
)
from tisu.accounts.models import HandOver
from tisu.foundation import clock
from tisu.foundation.paging import keyset_page
from tisu.web.tables import Column, Table

LONGEST_NOTE = 200


@never_cache
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever leaves and whoever takes over; for everyone else it is not there (404)."""
    row = _own(request, pk)
    if request.method != "POST":
        return render(request, "accounts/hand_over.html", _context(request, row))
    notes = {name[5:]: words for name, words in request.POST.items() if name.startswith("note-")}
    try:
        _sign(request, row, notes)
    except ValidationError as refusal:
        context = _context(request, row, notes) | {"refused": refusal.messages[0]}
        return render(request, "accounts/hand_over.html", context, status=422)
    messages.success(request, _("It is signed, and stands in the ledger."))
    return redirect("me:hand_over", pk=row.pk)


def _sign(request: HttpRequest, row: HandOver, notes: dict[str, str]) -> None:
    expected, act = request.POST.get("expected", ""), request.POST.get("act")
    if any(len(words) > LONGEST_NOTE for words in notes.values()):
        raise ValidationError(_("A note has 200 characters at the most: shorten it."))
    if act == "leave":
        sign_leaving(actor=request.user, hand_over=row, notes=notes, expected=expected)
    elif act == "take":
        sign_taking(actor=request.user, hand_over=row, expected=expected)
    else:
        raise Http404


def _own(request: HttpRequest, pk: int) -> HandOver:
    row = get_object_or_404(
        HandOver.objects.select_related("holding__post__unit", "holding__user", "taken_by"), pk=pk
    )
    if not (is_leaver(request.user, row) or is_taker(request.user, row)):
        raise Http404
    return row


def _context(request: HttpRequest, row: HandOver, typed: dict[str, str] | None = None) -> dict[str, Any]:
    lists, leaving = lists_for(request.user, row), is_leaver(request.user, row)
    return {
        "row": row,
        "post": row.holding.post,
        "lists": [_drawn(each, typed or {}) for each in lists if each.lines],
        "expected": digest_of(row, lines_in(lists)),
        "leaving": leaving,
        "may_sign": row.left_at is None if leaving else row.taken_at is None,
        "too_early": not leaving and clock.today() < row.holding.until,
        "takes_notes": leaving and row.frozen_at is None,
        "takers": [row.taken_by] if row.taken_by else takers_of(row),
        "own_digest": row.left_digest if leaving else row.taken_digest,
    }


def _drawn(listed: Listed, typed: dict[str, str]) -> dict[str, Any]:
    """Plain values for accounts/hand_over_lists.html, with what was typed where signing was refused."""
    rows = [
        {
            "text": line.text,
            "url": line.url,
            "cells": list(zip(listed.columns, line.cells, strict=True)),
            "name": f"note-{line.code}-{line.key}",
            "note": typed.get(f"{line.code}-{line.key}", line.note),
        }
        for line in listed.lines
    ]
    return {"label": listed.label, "columns": listed.columns, "rows": rows}


@never_cache
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """What the reader signed or is about to sign, on A4."""
    row = _own(request, pk)
    return render(request, "accounts/papers/hand_over.html", _context(request, row) | {"paper_number": ""})


@never_cache
def states(request: HttpRequest) -> HttpResponse:
    """How far each is, for the system administrator and the office: never what stands in one."""
    if not sees_states(request.user):
        raise Http404
    rows, following = keyset_page(states_for(request.user), request)
    return render(request, "accounts/hand_overs.html", {"table": _states(rows), "next_url": following})


def _states(rows: list[HandOver]) -> Table:
    columns = [
        Column(_("Post"), "title"), Column(_("Who left")), Column(_("Until"), "date"), Column(_("Handed over"), "date"),
        Column(_("Taken over by")), Column(_("Taken over"), "date"),
    ]  # fmt: skip
    return Table(columns, [_state(row) for row in rows])


def _state(row: HandOver) -> tuple[str, ...]:
    return (
        str(row.holding.post), row.holding.user.name, row.holding.until.isoformat(), _day(row.left_at),
        row.taken_by.name if row.taken_by else "", _day(row.taken_at),
    )  # fmt: skip


def _day(moment: Any) -> str:
    return clock.local_day(moment).isoformat() if moment else _("not signed yet")
