"""The security administrator's pages: who may sign in. Posts are shown, never changed here."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from tisu.accounts import locking
from tisu.accounts.acts import PageAct, acting_page
from tisu.accounts.factors import factors_of
from tisu.accounts.finding import found
from tisu.accounts.forms import EndOneOpenForm, ReasonForm
from tisu.accounts.gates import only_for
from tisu.accounts.models import User
from tisu.accounts.reset_acts import reset_act
from tisu.accounts.tokens import live_tokens
from tisu.accounts.views.people import listed
from tisu.accounts.visit_acts import end_one, live_sessions, open_things
from tisu.orgs.models import Role

for_security_administrator = only_for(Role.SECURITY_ADMIN)


@for_security_administrator
def accounts(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/security.html", listed(request))


@for_security_administrator
def account(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(found(""), pk=pk)
    about = {"actor": request.user, "user": row}
    return acting_page(request, _acts(row, about), "accounts/account.html", lambda: shown(row))


def shown(row: User) -> dict:
    return {
        "person": row,
        "sessions": live_sessions(row),
        "tokens": live_tokens(row),
        "factors": factors_of(row),
    }


def _acts(row: User, about: dict) -> list[PageAct]:
    if not row.is_active:
        said = _("The account is unlocked.")
        return [
            PageAct(
                "unlock",
                _("Unlock"),
                ReasonForm,
                lambda data: locking.unlock(**about, **data),
                said,
                "primary",
            )
        ]
    return [
        *_ending_one(row, about),
        PageAct(
            "end_sessions", _("End all sessions"), ReasonForm, lambda data: locking.end_sessions(**about, **data),
            _("Every browser and program of this person must sign in again."),
        ),
        reset_act(about["actor"], row) if row.has_usable_password() else _first_password_act(row, about),
        PageAct(
            "lock", _("Lock"), ReasonForm, lambda data: locking.lock(**about, **data), _("The account is locked."),
            "danger",
        ),
    ]  # fmt: skip


def _first_password_act(row: User, about: dict) -> PageAct:
    def give(data: dict) -> str:
        password = locking.give_first_password(**about, **data)
        return _("%(username)s can sign in with the password %(password)s. It is shown only now.") % {
            "username": row.username,
            "password": password,
        }

    return PageAct("password", _("Give the first password"), ReasonForm, give, "", "primary")


def _ending_one(row: User, about: dict) -> list[PageAct]:
    if not (choices := open_things(row)):
        return []
    form = partial(EndOneOpenForm, choices=choices)
    said = _("It is ended.")
    return [
        PageAct("end_one", _("End one session or token"), form, lambda data: end_one(**about, **data), said)
    ]
