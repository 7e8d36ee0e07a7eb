"""Rows that may be the same firm: a person tells them apart or merges them, and may undo it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.enterprises.duplicates import REASONS, tell_apart, waiting_pairs
from tisu.enterprises.forms import MergeByCodeForm, MergeForm
from tisu.enterprises.merging import merge_firms, undo_merger
from tisu.enterprises.models import Enterprise, LikelyPair, Merger
from tisu.enterprises.views.editing import for_office, say_where
from tisu.foundation.paging import keyset_page
from tisu.web.templatetags.web import iso_date

MERGERS = 50


@dataclass(frozen=True)
class Act:
    """What is asked for, what is done with it, and what is said then. `do` may refuse with a ValidationError."""

    form: Callable[..., forms.Form]
    do: Callable[[HttpRequest, dict], Any]
    said: Any


@dataclass(frozen=True)
class Refused:
    """An act that was refused, with what was typed: it stays open where it stands on the page."""

    key: str
    form: forms.Form


@for_office
def duplicates(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    code, row = request.POST.get("act", ""), request.POST.get("row", "")
    act = ACTS.get(code)
    if act is None:
        raise Http404
    form = _built(request, code, data=request.POST, auto_id=f"{code}{row}_%s")
    if form.is_valid():
        try:
            act.do(request, form.cleaned_data)
        except ValidationError as refusal:
            say_where(form, refusal)
        else:
            messages.success(request, act.said)
            return redirect(request.get_full_path())
    return _page(request, Refused(f"{code}{row}", form), status=422)


def _page(request: HttpRequest, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    kept = Enterprise.objects.kept_by(request.user)
    rows = waiting_pairs(kept).select_related("first__region", "second__region")
    pairs, following = keyset_page(rows, request)
    mergers = Merger.objects.filter(kept__in=Enterprise.objects.kin_of(kept.values("pk")), undone_at=None)
    draw = partial(_drawn, request, refused)
    context = {
        "pairs": [_pair(pair, draw) for pair in pairs],
        "mergers": [_merger(row, draw) for row in mergers.select_related("gone", "kept")[:MERGERS]],
        "by_code": draw("by_code", "", _("Merge two firms by their codes")),
        "next_url": following,
        "lost": _lost(refused, pairs),
    }
    return render(request, "enterprises/duplicates.html", context, status=status)


def _lost(refused: Refused | None, pairs: list[LikelyPair]) -> str:
    """What was refused because somebody dealt with it meanwhile has no place of its own on the page any more."""
    if refused is None or not refused.form.non_field_errors():
        return ""
    return str(refused.form.non_field_errors()[0])


def _drawn(
    request: HttpRequest, refused: Refused | None, code: str, row: object, label: str, style: str = "quiet"
) -> dict[str, Any]:
    """The parameters of web/components/act.html."""
    key = f"{code}{row}"
    is_open = refused is not None and refused.key == key
    form = refused.form if is_open else _built(request, code, auto_id=f"{key}_%s")
    asks = form if form.fields else None
    return {
        "label": label,
        "asks": asks,
        "hidden": {"act": code, "row": row},
        "style": style,
        "open": is_open,
    }


def _built(request: HttpRequest, code: str, **given: Any) -> forms.Form:
    build = ACTS[code].form
    return build(user=request.user, **given) if build is MergeByCodeForm else build(**given)


def _pair(pair: LikelyPair, draw: Callable) -> dict[str, Any]:
    return {
        "reasons": [REASONS[code] for code in pair.reasons if code in REASONS],
        "firms": [
            {"word": word, "facts": _facts(firm)}
            for word, firm in ((_("first"), pair.first), (_("second"), pair.second))
        ],
        "acts": [
            draw("keep_first", pair.pk, _("Merge, keep the first")),
            draw("keep_second", pair.pk, _("Merge, keep the second")),
            draw("apart", pair.pk, _("Not the same")),
        ],
    }


def _facts(firm: Enterprise) -> list[dict[str, Any]]:
    url = reverse("enterprises:detail", args=[firm.credit_code])
    return [
        {"label": _("Name"), "value": firm.name, "url": url},
        {"label": _("Unified social credit code"), "value": firm.credit_code},
        {"label": _("Township"), "value": str(firm.region)},
        {"label": _("Address"), "value": firm.address},
        {"label": _("Established on"), "value": iso_date(firm.started_on)},
        {"label": _("Source"), "value": firm.source},
    ]


def _merger(row: Merger, draw: Callable) -> dict[str, Any]:
    return {"row": row, "act": draw("undo", row.pk, _("Undo"))}


# --- What is done ---


def _waiting(request: HttpRequest) -> LikelyPair:
    rows = waiting_pairs(Enterprise.objects.kept_by(request.user)).select_related("first", "second")
    pair = rows.filter(pk=_whole(request.POST.get("row", ""))).first()
    if pair is None:
        raise ValidationError(_("Somebody dealt with these two already."))
    return pair


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _keep_first(request: HttpRequest, data: dict) -> None:
    pair = _waiting(request)
    merge_firms(actor=request.user, gone=pair.second, kept=pair.first, **data)


def _keep_second(request: HttpRequest, data: dict) -> None:
    pair = _waiting(request)
    merge_firms(actor=request.user, gone=pair.first, kept=pair.second, **data)


def _undo(request: HttpRequest, data: dict) -> None:
    kin = Enterprise.objects.kin_of(Enterprise.objects.kept_by(request.user).values("pk"))
    merger = Merger.objects.filter(kept__in=kin, pk=_whole(request.POST.get("row", ""))).first()
    if merger is None:
        raise ValidationError(_("There is no such merger, or it is another office's."))
    undo_merger(actor=request.user, merger=merger, **data)


MERGED = gettext_lazy("The two are one firm now: the code of the one leads to the other.")
ACTS = {
    "keep_first": Act(MergeForm, _keep_first, MERGED),
    "keep_second": Act(MergeForm, _keep_second, MERGED),
    "by_code": Act(MergeByCodeForm, lambda request, data: merge_firms(actor=request.user, **data), MERGED),
    "apart": Act(
        forms.Form,
        lambda request, data: tell_apart(actor=request.user, pair=_waiting(request)),
        gettext_lazy("The two are not suggested again."),
    ),
    "undo": Act(MergeForm, _undo, gettext_lazy("The two are two firms again.")),
}
