"""Pairings: who keeps in touch with whom, now and before; the office sets them up and changes them."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.accounts.acts import PageAct, acting_page
from tisu.accounts.models import PostHolding
from tisu.foundation import clock
from tisu.foundation.listed import listed_apart
from tisu.foundation.paging import keyset_page
from tisu.liaison.forms import DeclareForm, EndForm, PairForm
from tisu.liaison.models import Pairing
from tisu.liaison.pairing import declare, end_pairing, interested, pair
from tisu.liaison.powers import is_office, reads_liaison
from tisu.liaison.wording import table_of
from tisu.promises.views.entering import say_where
from tisu.web.tables import Cell, Column, Table
from tisu.web.templatetags.web import han_date, iso_date

SHOWN = 20


def listed(request: HttpRequest) -> HttpResponse:
    if not reads_liaison(request.user):
        raise PermissionDenied(_("Pairings are read by leaders, the office and supervision."))
    found, following = keyset_page(Pairing.objects.visible_to(request.user).for_rows(), request)
    context = {"table": _table(found), "next_url": following, "is_office": is_office(request.user)}
    return render(request, "liaison/pairings.html", context)


def new(request: HttpRequest) -> HttpResponse:
    if not is_office(request.user):
        raise PermissionDenied(_("The office of the county pairs its leaders with firms."))
    form = PairForm(request.POST or None, user=request.user)
    if form.is_bound and form.is_valid():
        try:
            made = pair(actor=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            say_where(form, refusal)
        else:
            messages.success(request, _("They are paired. What the month asks for counts from this day on."))
            return redirect("liaison:pairing", pk=made.pk)
    return render(request, "liaison/pair.html", {"form": form}, status=422 if form.is_bound else 200)


def pairing(request: HttpRequest, pk: int) -> HttpResponse:
    found = _pairing_at(request, pk)
    return acting_page(
        request,
        _acts(found, request),
        "liaison/pairing.html",
        lambda: _context(request, _pairing_at(request, pk)),
    )


def _pairing_at(request: HttpRequest, pk: int) -> Pairing:
    rows = Pairing.objects.visible_to(request.user).for_rows()
    found = rows.filter(pk=pk).first() if reads_liaison(request.user) else None
    if found is None:
        raise Http404
    return found


def _acts(found: Pairing, request: HttpRequest) -> list[PageAct]:
    user = request.user
    if not is_office(user, found.post.unit.region_id) or not _goes_on(found):
        return []
    of = {"actor": user, "pairing": found}
    acts = [
        PageAct(
            "declare", _("Declared again"), partial(DeclareForm, version=found.version), lambda data: _nothing(declare(**of, **data)),
            _("The declaration is written down."),
        )
    ]  # fmt: skip
    if found.until is None:
        end = partial(end_pairing, **of)
        acts.insert(0, PageAct(
            "end", _("Change the pairing"), partial(EndForm, version=found.version), lambda data: _nothing(end(**data)),
            _("It ends on that day. Pair the post or the firm anew, if somebody goes on."), "quiet",
            _("What stands there stays; the post can be paired with another firm from that day on."),
        ))  # fmt: skip
    return acts


def _nothing(done: Any) -> None:
    """The page says what was done; a service's answer is not shown."""


def _goes_on(found: Pairing) -> bool:
    return found.until is None or found.until > clock.today()


def _context(request: HttpRequest, found: Pairing) -> dict[str, Any]:
    contacts = found.contacts.visible_to(request.user).for_rows().order_by("-on", "-pk")[:SHOWN]
    return {
        "pairing": found,
        "facts": [
            {"label": _("Leader's post"), "value": str(found.post)},
            {"label": _("Held by"), "value": listed_apart(_holders(found))},
            {
                "label": _("Firm"),
                "value": str(found.firm),
                "url": reverse("enterprises:detail", args=[found.firm.credit_code]),
            },
            {"label": _("Paired from"), "value": han_date(found.since)},
            {"label": _("Until"), "value": han_date(found.until)},
            {"label": _("No interest declared on"), "value": han_date(found.declared_on)},
            {"label": _("Reason for the change"), "value": found.reason},
        ],
        "doubts": list(_doubts(found)),
        "table": table_of(contacts, request.user, with_firm=False),
    }


def _holders(found: Pairing) -> list[str]:
    rows = PostHolding.objects.on().filter(post=found.post_id).select_related("user")
    return [row.user.name for row in rows]


def _doubts(found: Pairing):
    """What the office should look at: derived, so that nothing has to be ticked off."""
    if not _goes_on(found):
        return
    if interested(found.post, found.firm, clock.today()).exists():
        yield _("Whoever holds this post has declared an interest in the firm: change the pairing.")
    newer = PostHolding.objects.on().filter(post=found.post_id, since__gt=found.declared_on)
    if newer.exists():
        yield _("The post has a new holder since the declaration: ask for it again.")
    if found.firm.deregistered_on:
        yield _("The firm is deregistered: change the pairing.")


def _table(rows: list[Pairing]) -> Table:
    columns = [
        Column(_("Leader's post"), "title"), Column(_("Firm")), Column(_("Paired from"), "date"), Column(_("Until"), "date"),
        Column(_("No interest declared on"), "date"), Column(_("Reason for the change")),
    ]  # fmt: skip
    return Table(columns, [_row(row) for row in rows])


def _row(row: Pairing) -> list[Any]:
    return [
        Cell(str(row.post), reverse("liaison:pairing", args=[row.pk])),
        str(row.firm),
        iso_date(row.since),
        iso_date(row.until) or "—",
        iso_date(row.declared_on),
        row.reason or "—",
    ]
