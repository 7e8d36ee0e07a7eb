"""Where a person wants to be written to. Nobody sees or touches another's: those addresses are not there (404)."""

from typing import Any

from django.contrib import messages as said
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tisu.inbox import destinations
from tisu.inbox.channels import channel_of, ready_channels
from tisu.inbox.forms import AddressForm, CodeForm
from tisu.inbox.models import Destination


@never_cache
@sensitive_post_parameters("address")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Own addresses; a POST adds one."""
    if request.method != "POST":
        return _page(request)
    form = AddressForm(request.POST, auto_id="add_%s")
    if form.is_valid():
        try:
            destinations.add_own(user=request.user, **form.cleaned_data)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            said.success(request, _("A code is on its way to this address: type it here to confirm."))
            return redirect("inbox:settings")
    return _page(request, adding=form)


def _page(
    request: HttpRequest, *, adding: Form | None = None, confirming: tuple | None = None
) -> HttpResponse:
    """The page as it is, or with one form still open that holds what was typed and what is wrong with it."""
    places = [_drawn(place, confirming) for place in Destination.objects.of(request.user)]
    context: dict[str, Any] = {
        "places": places,
        "adding": adding or AddressForm(auto_id="add_%s"),
        "is_adding": adding is not None,
        "add_style": "quiet" if places else "primary",
        "ways": ready_channels(for_units=False),
    }
    refused = adding is not None or confirming is not None
    return render(request, "inbox/settings.html", context, status=422 if refused else 200)


def _drawn(place: Destination, confirming: tuple | None) -> dict[str, Any]:
    channel, is_open = channel_of(place.channel), confirming is not None and confirming[0] == place.pk
    form = confirming[1] if is_open else CodeForm(auto_id=f"code_{place.pk}_%s")
    return {
        "place": place,
        "way": channel.label if channel else place.channel,
        "form": form,
        "is_open": is_open,
    }


@sensitive_post_parameters("code")
@require_POST
def confirm(request: HttpRequest, pk: str) -> HttpResponse:
    place = _own(request, pk)
    form = CodeForm(request.POST, auto_id=f"code_{place.pk}_%s")
    if form.is_valid():
        if destinations.confirm(place, form.cleaned_data["code"]):
            said.success(request, _("The address is confirmed."))
            return redirect("inbox:settings")
        form.add_error("code", _("This code does not fit or has run out: look again, or ask for a new one."))
    return _page(request, confirming=(place.pk, form))


@require_POST
def new_code(request: HttpRequest, pk: str) -> HttpResponse:
    place = _own(request, pk)
    if place.is_confirmed:
        said.info(request, _("The address is confirmed."))
        return redirect("inbox:settings")
    try:
        destinations.send_code(place)
    except ValidationError as fault:
        said.error(request, fault.messages[0])
    else:
        said.success(request, _("A new code is on its way. The one before it no longer counts."))
    return redirect("inbox:settings")


@require_POST
def remove(request: HttpRequest, pk: str) -> HttpResponse:
    destinations.remove_own(_own(request, pk))
    said.success(request, _("The address is removed. Nothing goes there any more."))
    return redirect("inbox:settings")


def _own(request: HttpRequest, pk: str) -> Destination:
    return get_object_or_404(Destination.objects.of(request.user), pk=pk)
