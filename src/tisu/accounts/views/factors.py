"""One's own second factors: what there is, setting up an app or a passkey, recovery codes, removing."""

import json
from base64 import b64decode, b64encode

from allauth.account.decorators import reauthentication_required
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tisu.accounts.factor_acts import Codes, add_app, add_passkey, codes_left, new_codes, remove_factor
from tisu.accounts.factor_forms import AppForm, PasskeyForm
from tisu.accounts.factors import factors_of, is_needed_by, prove
from tisu.accounts.linked import label_of, linked_to, ways
from tisu.accounts.mfa import MfaAdapter
from tisu.accounts.models import User
from tisu.accounts.sessions import kept_as
from tisu.accounts.tokens import live_tokens
from tisu.accounts.visit_acts import live_sessions
from tisu.foundation.sealed import SealBroken, open_sealed, seal

OWN = "mfa_index"
PENDING = "app being set up"
proved = reauthentication_required(app="allauth.mfa")


@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """How this person signs in."""
    factors, linked = list(factors_of(request.user)), list(linked_to(request.user))
    context = {
        "factors": factors,
        "has_app": any(row.type == row.Type.TOTP for row in factors),
        "is_needed": is_needed_by(request.user),
        "codes_left": codes_left(request.user),
        "sessions": live_sessions(request.user),
        "this_session": kept_as(request.session.session_key),
        "tokens": live_tokens(request.user),
        "linked": [
            {"pk": row.pk, "label": label_of(row.provider), "since": row.date_joined} for row in linked
        ],
        "ways": [way for way in ways() if way["code"] not in {row.provider for row in linked}],
    }
    return render(request, "accounts/how_i_sign_in.html", context)


@never_cache
@proved
def app(request: HttpRequest) -> HttpResponse:
    """The secret as a picture and in letters; the app shows that it has it by its first code."""
    if any(row.type == row.Type.TOTP for row in factors_of(request.user)):
        messages.info(request, _("You have an app already: remove it first, then set up another one."))
        return redirect(OWN)
    secret = _pending_secret(request)
    form = AppForm(request.POST or None, user=request.user, secret=secret)
    if form.is_valid():
        try:
            row, codes = add_app(request.user, secret)
        except ValidationError as refusal:
            form.add_error("code", refusal)
        else:
            return _set_up(request, row, codes)
    address = MfaAdapter().build_totp_url(request.user, secret)
    picture = b64encode(MfaAdapter().build_totp_svg(address).encode()).decode()
    context = {"form": form, "secret": secret, "address": address, "picture": picture}
    return render(request, "accounts/app.html", context, status=422 if form.errors else 200)


@never_cache
@proved
def passkey(request: HttpRequest) -> HttpResponse:
    """The browser's authenticator makes a key pair for this site alone; this house keeps the public half."""
    form = PasskeyForm(request.POST or None)
    if form.is_valid():
        try:
            row, codes = add_passkey(request.user, form.cleaned_data["name"], form.cleaned_data["credential"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _set_up(request, row, codes)
    context = {"form": form, "options": json.dumps(begin_registration(request.user, passwordless=True))}
    return render(request, "accounts/passkey.html", context, status=422 if form.errors else 200)


def _set_up(request: HttpRequest, row, codes: Codes) -> HttpResponse:
    request.session.pop(PENDING, None)
    prove(request, row)
    messages.success(request, _("The second factor is set up."))
    return _shown_once(request, codes) if codes else redirect(OWN)


def _pending_secret(request: HttpRequest) -> str:
    """One secret from the first look at the page to the code that fits, sealed in the session till then."""
    place = _place(request.user)
    try:
        return open_sealed(b64decode(request.session[PENDING]), context=place)
    except (KeyError, SealBroken):
        secret = generate_totp_secret()
        request.session[PENDING] = b64encode(seal(secret, context=place)).decode()
        return secret


def _place(user: User) -> str:
    return f"app being set up:{user.pk}"


@never_cache
@require_POST
@proved
def codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, told on this one answer: what is shown once has no address to come back to."""
    try:
        return _shown_once(request, new_codes(request.user))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(OWN)


def _shown_once(request: HttpRequest, codes: Codes) -> HttpResponse:
    return render(request, "accounts/codes.html", {"codes": codes})


@require_POST
@proved
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    if not factors_of(request.user).filter(pk=pk).exists():
        raise Http404
    try:
        remove_factor(request.user, pk)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("The second factor is removed."))
    return redirect(OWN)
