"""Entering and changing firms, and the register of parks: the office's pages."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.acts import PageAct, acting_page
from tisu.accounts.models import User
from tisu.enterprises.credit_code import doubt_about
from tisu.enterprises.facts import facts_of
from tisu.enterprises.forms import FirmForm, ParkForm, parks_of
from tisu.enterprises.models import Enterprise
from tisu.enterprises.services import (
    FACTS,
    STALE,
    add_park,
    keeps_register,
    register_firm,
    update_firm,
)
from tisu.enterprises.views.firm import firm_at
from tisu.web.tables import Column, Table

KEPT_BY_OFFICE = gettext_lazy("The register of firms is kept by the office.")


def for_office(view: Callable) -> Callable:
    @wraps(view)
    def enter(request: HttpRequest) -> HttpResponse:
        if not keeps_register(request.user):
            raise PermissionDenied(KEPT_BY_OFFICE)
        return view(request)

    return enter


def kept_firm_at(request: HttpRequest, code: str) -> Enterprise:
    """A firm that this person keeps; who only sees it may not (403), for who does not it is not there (404)."""
    firm = firm_at(request, code)
    if not keeps_register(request.user, firm.region_id):
        raise PermissionDenied(KEPT_BY_OFFICE)
    return firm


@for_office
def new(request: HttpRequest) -> HttpResponse:
    form = FirmForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            firm = register_firm(actor=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            say_where(form, refusal)
        else:
            return _saved(request, firm, _("The firm is in the register."))
    return render(request, "enterprises/edit.html", {"form": form}, status=422 if form.is_bound else 200)


def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever saves over what another one changed meanwhile is shown what stands there now."""
    firm = kept_firm_at(request, code)
    build = partial(FirmForm, user=request.user, firm=firm)
    if request.method != "POST":
        return _form(request, firm, build(initial=_standing(firm)))
    form, status = build(request.POST), 422
    if form.is_valid():
        try:
            version = _whole(request.POST.get("version", ""))
            firm = update_firm(actor=request.user, firm=firm, expected_version=version, **form.cleaned_data)
        except ValidationError as refusal:
            status = 409 if getattr(refusal, "code", "") == STALE else 422
            say_where(form, refusal)
        else:
            return _saved(request, firm, _("The firm is changed."))
    return _form(request, firm_at(request, code), form, status)


def _form(request: HttpRequest, firm: Enterprise, form: FirmForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "firm": firm, "now": facts_of(firm) if status == 409 else []}
    return render(request, "enterprises/edit.html", context, status=status)


def _standing(firm: Enterprise) -> dict[str, Any]:
    return {name: getattr(firm, name) for name in FACTS}


def _saved(request: HttpRequest, firm: Enterprise, said: str) -> HttpResponse:
    messages.success(request, said)
    if doubt := doubt_about(firm.credit_code):
        messages.warning(request, doubt)
    return redirect("enterprises:detail", code=firm.credit_code)


def say_where(form: Any, refusal: ValidationError) -> None:
    """A fault of a field that the form asks for stands there, every other one above the form."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, faults in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, faults)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@for_office
def parks(request: HttpRequest) -> HttpResponse:
    acts = [
        PageAct(
            "add_park", _("Add a park"), partial(ParkForm, user=request.user),
            lambda data: add_park(actor=request.user, **data), _("The park is added."), "primary",
        )
    ]  # fmt: skip
    return acting_page(request, acts, "enterprises/parks.html", lambda: {"table": _parks_of(request.user)})


def _parks_of(user: User) -> Table:
    columns = [Column(_("Park"), "title"), Column(_("Township"), "word")]
    return Table(columns, [[park.name, str(park.region)] for park in parks_of(user)])
