"""Entering a contact: one page, the firm and the day filled in, everything seldom needed folded away."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tisu.enterprises.models import Enterprise, QuietDays
from tisu.foundation import clock
from tisu.liaison.entering import Said, enter_contact, units_present
from tisu.liaison.forms import ISSUES, PARTS, PROMISES, REQUESTS, ContactForm, parts_of
from tisu.liaison.models import Pairing
from tisu.liaison.powers import is_leader, pairings_to_enter

AHEAD = timedelta(days=14)


def new(request: HttpRequest) -> HttpResponse:
    if not is_leader(request.user):
        raise PermissionDenied(_("County leaders and their secretaries enter contacts with firms."))
    pairings = pairings_to_enter(request.user)
    first = pairings.first()
    if first is None:
        return render(request, "liaison/unpaired.html", {})
    units = units_present(first)
    form = ContactForm(request.POST or None, pairings=pairings, units=units)
    parts = parts_of(request.POST if form.is_bound else None, units)
    if form.is_bound and _are_valid(form, parts) and (done := _entered(request, form, parts)):
        return done
    return render(
        request, "liaison/new.html", _context(form, parts, first), status=422 if form.is_bound else 200
    )


def _are_valid(form: ContactForm, parts: dict[str, Any]) -> bool:
    """All of it is looked at, so that every fault stands at its field at once."""
    return all([form.is_valid(), *(part.is_valid() for part in parts.values())])


def _entered(request: HttpRequest, form: ContactForm, parts: dict[str, Any]) -> HttpResponse | None:
    data = dict(form.cleaned_data)
    pairing, key = data.pop("pairing"), data.pop("key")
    rows = {name: [each.said() for each in part if each.has_changed()] for name, part in parts.items()}
    said = Said(**data, issues=rows[ISSUES], promises=rows[PROMISES], requests=rows[REQUESTS])
    try:
        entered = enter_contact(actor=request.user, pairing=pairing, said=said, key=key)
    except ValidationError as refusal:
        _say_where(form, parts, refusal)
        return None
    messages.success(request, _("It stands there, and counts unless the firm says that there was none."))
    for hint in entered.hints:
        messages.warning(request, hint)
    return redirect("liaison:contact", number=entered.contact.number)


def _say_where(form: ContactForm, parts: dict[str, Any], refusal: ValidationError) -> None:
    """A fault of a row stands at that row: those that were left empty are not counted."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, faults in refusal.error_dict.items():
        part, _sign, rest = name.partition("-")
        if part in parts:
            place, _sign, field = rest.partition("-")
            row = [each for each in parts[part] if each.has_changed()][int(place)]
            row.add_error(field if field in row.fields else None, faults)
        else:
            form.add_error(name if name in form.fields else None, faults)


def _context(form: ContactForm, parts: dict[str, Any], pairing: Pairing) -> dict[str, Any]:
    return {
        "form": form,
        "meeting": [form["place"], form["departments"]],
        "meeting_is_open": form.is_bound
        and (form["mode"].value() == "on_site" or bool(form["place"].errors)),
        "parts": [_part(parts[name], label) for name, _form, _extra, label in PARTS],
        "quiet": _quiet(pairing.firm),
    }


def _part(rows: Any, label: Any) -> dict[str, Any]:
    said = rows.is_bound and any(row.has_changed() for row in rows)
    return {"rows": rows, "label": label, "is_open": said}


def _quiet(firm: Enterprise) -> list[Any]:
    """Days of the next two weeks on which the firm wants to be left alone: before one goes there."""
    today = clock.today()
    rows = list(
        QuietDays.objects.filter(
            enterprise__in=Enterprise.objects.kin_of([firm.pk]), first__lte=today + AHEAD
        )
    )
    days = (today + timedelta(days=n) for n in range(AHEAD.days + 1))
    return [day for day in days if any(row.covers(day) for row in rows)]
