"""Writing a promise down, and correcting what was written before anybody reviewed it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tisu.documents.fields import papers_sent
from tisu.promises.correcting import CORRECTED, correct
from tisu.promises.forms import PromiseForm
from tisu.promises.models import Promise
from tisu.promises.powers import may_correct, may_write_down
from tisu.promises.services import give
from tisu.promises.views.promise import promise_at


def new(request: HttpRequest) -> HttpResponse:
    if not may_write_down(request.user):
        raise PermissionDenied(_("The office writes promises down, and whoever holds a post that made one."))
    faults = papers_sent(request, user=request.user).faults if request.method == "POST" else []
    form = PromiseForm(request.POST or None, user=request.user)
    for fault in faults:
        form.add_error("documents", fault)
    if request.method == "POST" and form.is_valid():
        try:
            promise = give(actor=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            say_where(form, refusal)
        else:
            return _saved(request, promise, _("It stands in the ledger. Put it up for review next."))
    return render(request, "promises/edit.html", {"form": form}, status=422 if form.is_bound else 200)


def edit(request: HttpRequest, number: str) -> HttpResponse:
    promise = promise_at(request, number)
    if not may_correct(request.user, promise):
        raise PermissionDenied(_("What was recorded is corrected by the office, before it is up for review."))
    form = PromiseForm(request.POST or None, user=request.user, promise=promise, initial=_standing(promise))
    if request.method == "POST" and form.is_valid():
        try:
            correct(actor=request.user, promise=promise, seen=_seen(request), **form.cleaned_data)
        except ValidationError as refusal:
            say_where(form, refusal)
        else:
            return _saved(request, promise, _("It is corrected; what stood there is kept in the ledger."))
    context = {"form": form, "promise": promise}
    return render(request, "promises/edit.html", context, status=422 if form.is_bound else 200)


def _standing(promise: Promise) -> dict[str, Any]:
    return {name: getattr(promise, name) for name in CORRECTED} | {"is_slogan": promise.is_slogan}


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _saved(request: HttpRequest, promise: Promise, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("promises:promise", number=promise.number)


def say_where(form: Any, refusal: ValidationError) -> None:
    """A fault of a field that the form asks for stands there, every other one above the form."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, faults in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, faults)
