"""Pages of whoever lost the password, open to strangers; and of the second of the two persons who give it back."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from tisu.accounts.lost import ask_for_code, choose_by_reset, choose_by_text, count_address
from tisu.accounts.lost_forms import HandedOverForm, LostForm, TextedForm
from tisu.accounts.resets import confirm, refuse, waiting_for
from tisu.accounts.text_codes import sender

ASKED = "code asked for"  # which code this browser waits for


@never_cache
@sensitive_post_parameters()
def lost(request: HttpRequest) -> HttpResponse:
    """Both ways on one page: a text message where there is a gateway, a code of two persons everywhere."""
    act = request.POST.get("act")
    asked = LostForm(request.POST if act == "text" else None, auto_id="text_%s")
    given = HandedOverForm(request.POST if act == "code" else None, auto_id="code_%s")
    try:
        if act == "text" and sender() and asked.is_valid():
            request.session[ASKED] = str(ask_for_code(request, asked.cleaned_data["login"]).pk)
            return redirect("lost-password-code")
        if act == "code":
            count_address(request)
            if given.is_valid():
                choose_by_reset(given.row, given.cleaned_data["password1"])
                return _done(request)
    except ValidationError as refusal:
        (asked if act == "text" else given).add_error(None, refusal)
    context = {"asked": asked if sender() else None, "given": given}
    return render(request, "accounts/lost.html", context, status=422 if asked.errors or given.errors else 200)


@never_cache
@sensitive_post_parameters()
def lost_code(request: HttpRequest) -> HttpResponse:
    """The same for a known and an unknown name: the digits may have been sent, or nobody has them."""
    if not (key := request.session.get(ASKED)):
        return redirect("lost-password")
    form = TextedForm(request.POST or None, key=UUID(key))
    if form.is_valid():
        choose_by_text(form.row, form.cleaned_data["password1"])
        del request.session[ASKED]
        return _done(request)
    return render(request, "accounts/lost_code.html", {"form": form}, status=422 if form.errors else 200)


def _done(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("The new password holds. Sign in with it."))
    return redirect("account_login")


@never_cache
def resets(request: HttpRequest) -> HttpResponse:
    """What waits for this person to confirm. For whom nothing waits it is not there (404)."""
    if not (waiting := waiting_for(request.user)):
        raise Http404
    return render(request, "accounts/resets.html", {"waiting": waiting})


@never_cache
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirmed, the code is told on this one answer, to be handed over."""
    try:
        if request.POST.get("decision") == "refuse":
            refuse(actor=request.user, key=pk)
            messages.success(request, _("Refused. The password stays as it is."))
            return redirect("/")
        code = confirm(actor=request.user, key=pk)
    except ValidationError as refusal:
        raise Http404 from refusal
    return render(request, "accounts/reset_confirmed.html", {"code": code})
