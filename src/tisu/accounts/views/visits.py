"""One's own open sessions and programs: ended here, made here."""

from datetime import timedelta
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tisu.accounts.factor_forms import TokenForm
from tisu.accounts.sessions import kept_as
from tisu.accounts.tokens import make_named_token
from tisu.accounts.visit_acts import end_other_sessions, end_own_session, end_own_token

OWN = "mfa_index"


@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """One, or with `session=others` every one but this."""
    which = request.POST.get("session", "")
    if which == "others":
        end_other_sessions(request.user, but=kept_as(request.session.session_key))
        messages.success(request, _("Every other browser must sign in again."))
    elif end_own_session(request.user, which):
        messages.success(request, _("That browser must sign in again."))
    else:
        messages.info(request, _("That session had ended already."))
    return redirect(OWN)


@require_POST
def end_token(request: HttpRequest, pk: UUID) -> HttpResponse:
    if end_own_token(request.user, pk):
        messages.success(request, _("That program must get a new token."))
    else:
        messages.info(request, _("That token had ended already."))
    return redirect(OWN)


@never_cache
@reauthentication_required(app="allauth.mfa")
def token(request: HttpRequest) -> HttpResponse:
    """A token for a program that stays, told on this one answer."""
    form = TokenForm(request.POST or None)
    if form.is_valid():
        life = timedelta(days=int(form.cleaned_data["days"]))
        try:
            made = make_named_token(request.user, form.cleaned_data["name"], life)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return render(
                request, "accounts/token_made.html", {"token": made, "name": form.cleaned_data["name"]}
            )
    return render(request, "accounts/token.html", {"form": form}, status=422 if form.errors else 200)
