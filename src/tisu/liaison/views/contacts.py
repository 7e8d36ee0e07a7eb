"""Contacts: the list of those that a person sees, and one of them with what came out of it."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.accounts.acts import PageAct, acting_page
from tisu.foundation.numbering import as_number
from tisu.foundation.paging import keyset_page
from tisu.liaison import answering
from tisu.liaison.filters import contact_filter
from tisu.liaison.forms import TakeBackForm
from tisu.liaison.models import Answer, Contact
from tisu.liaison.powers import (
    acts_for_a_firm,
    is_leader,
    is_office,
    may_take_back,
    pairings_to_enter,
    reads_liaison,
    speaks_for,
)
from tisu.liaison.wording import facts_of, reads_words, table_of
from tisu.loop.models import Matter
from tisu.promises.models import Promise
from tisu.support.models import FactorRequest
from tisu.web.filters import chips


def listed(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not (reads_liaison(user) or acts_for_a_firm(user)):
        raise PermissionDenied(
            _("Contacts are read by leaders, the office, supervision and the firm itself.")
        )
    wanted = contact_filter(request)
    is_read = wanted.form.is_valid()
    rows = wanted.qs.for_rows() if reads_liaison(user) else wanted.qs.for_rows().standing()
    found, following = keyset_page(rows, request) if is_read else ([], None)
    return render(request, "liaison/list.html", {
        "table": table_of(found, user),
        "next_url": following,
        "form": wanted.form,
        "chips": chips(wanted.form, request.GET),
        "is_staff": reads_liaison(user),
        "enters": is_leader(user),
        "is_office": is_office(user),
        "own": list(pairings_to_enter(user)),
    }, status=200 if is_read else 422)  # fmt: skip


def contact(request: HttpRequest, number: str) -> HttpResponse:
    found = contact_at(request, number)
    return acting_page(
        request, acts_on(found, request.user), "liaison/contact.html", lambda: _context(request, number)
    )


def contact_at(request: HttpRequest, number: str) -> Contact:
    rows = Contact.objects.visible_to(request.user).for_rows()
    if not reads_liaison(request.user):
        rows = rows.standing()
    found = rows.filter(number=as_number(number)).first()
    if found is None:
        raise Http404
    return found


def acts_on(contact: Contact, user: Any) -> list[PageAct]:
    if contact.taken_back_at:
        return []
    acts = []
    if speaks_for(user, contact.pairing):
        acts = [_answer(contact, user, said) for said in Answer]
    if may_take_back(user, contact):
        acts.append(
            PageAct(
                "take_back", _("Take back"), partial(TakeBackForm, version=contact.version),
                lambda data: _nothing(answering.take_back(actor=user, contact=contact, **data)),
                _("It is taken back and no longer counts."), "danger",
            )
        )  # fmt: skip
    return acts


def _answer(contact: Contact, user: Any, said: Answer) -> PageAct:
    """One tap: nothing is asked for."""
    do = partial(answering.answer, actor=user, contact=contact, said=said)
    style = "primary" if said == Answer.YES and not contact.answer else "quiet"
    return PageAct(
        said, said.label, Form, lambda data: _nothing(do()), _("Thank you: your word counts."), style
    )


def _nothing(done: Any) -> None:
    """The page says what was done; a service's answer is not shown."""


def _context(request: HttpRequest, number: str) -> dict[str, Any]:
    found, user = contact_at(request, number), request.user
    return {
        "contact": found,
        "facts": facts_of(found, user),
        "text": found.text if reads_words(user, found) else "",
        "raised": list(_raised(found, user)),
        "is_asked": speaks_for(user, found.pairing) and not found.answer,
    }


def _raised(contact: Contact, user: Any):
    """What came out of it, as far as the reader sees it."""
    for matter in Matter.objects.visible_to(user).filter(raised_issue__contact=contact).order_by("pk"):
        yield _line(
            _("Issue"), matter.title, reverse("loop:matter", args=[matter.number]), matter.get_stage_display()
        )
    kept = contact.promises.values("promise")
    for promise in Promise.objects.visible_to(user).filter(pk__in=kept).order_by("pk"):
        yield _line(
            _("Promise"),
            promise.head,
            reverse("promises:promise", args=[promise.number]),
            promise.get_state_display(),
        )
    asked = FactorRequest.objects.visible_to(user).filter(pk__in=contact.requests.values("request"))
    for each in asked.select_related("matter").order_by("pk"):
        matter = each.matter
        yield _line(
            _("Request"),
            matter.title,
            reverse("loop:matter", args=[matter.number]),
            matter.get_stage_display(),
        )


def _line(kind: str, text: str, url: str, state: Any) -> dict[str, Any]:
    return {"kind": kind, "text": text, "url": url, "state": state}
