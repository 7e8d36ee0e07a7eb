"""The system administrator's pages of people."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tisu.accounts import services
from tisu.accounts.acts import PageAct, acting_page
from tisu.accounts.finding import found
from tisu.accounts.first_passwords import give_first_passwords, without_password
from tisu.accounts.forms import MobileForm, NameForm, NewPostForUserForm, NewUserForm, SearchForm
from tisu.accounts.models import StandIn, User
from tisu.accounts.reset_acts import reset_act
from tisu.accounts.resets import may_begin
from tisu.accounts.views.places import for_system_administrator
from tisu.foundation.paging import keyset_page
from tisu.web.filters import chips

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def listed(request: HttpRequest) -> dict:
    """A page of accounts and what the list's components ask for."""
    search = SearchForm(request.GET, auto_id="filter_%s")
    words = search.cleaned_data["q"] if search.is_valid() else ""
    rows, following = keyset_page(found(words), request)
    return {"people": rows, "next_url": following, "search": search, "chips": chips(search, request.GET)}


@for_system_administrator
def people(request: HttpRequest) -> HttpResponse:
    acts = [
        PageAct(
            "add",
            _("Add an account"),
            NewUserForm,
            partial(_add, request.user),
            _("The account is added."),
            "primary",
        )
    ]
    waiting = without_password().count()
    return acting_page(request, acts, "accounts/people.html", lambda: listed(request) | {"waiting": waiting})


@for_system_administrator
@require_POST
def first_passwords(request: HttpRequest) -> HttpResponse:
    """A sheet with the first password of everyone who has none yet: it is made once, and shown only now."""
    try:
        sheet = give_first_passwords(actor=request.user)
    except ValidationError as fault:
        messages.error(request, fault.messages[0])
        return redirect("accounts:people")
    with sheet:
        answer = HttpResponse(sheet.read(), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, _("First passwords") + ".xlsx")
    answer["Cache-Control"] = "no-store"
    return answer


def _add(actor: User, data: dict) -> str:
    user, password = services.add_user(actor=actor, **data)
    return _("%(username)s can sign in with the password %(password)s. It is shown only now.") % {
        "username": user.username,
        "password": password,
    }


@for_system_administrator
def person(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(User, pk=pk)
    acts = [
        PageAct(
            "hold", _("Give a post"), NewPostForUserForm,
            lambda data: services.hold_post(actor=request.user, user=row, **data), _("The post is given."), "primary",
        ),
        PageAct(
            "rename", _("Change the name"), partial(NameForm, initial={"name": row.name}),
            lambda data: services.rename_user(actor=request.user, user=row, **data), _("The name is changed."),
        ),
        PageAct(
            "mobile", _("Change the mobile number"), partial(MobileForm, initial={"mobile": row.mobile}),
            lambda data: services.set_mobile(actor=request.user, user=row, **data), _("The mobile number is changed."),
        ),
    ]  # fmt: skip
    if may_begin(request.user, row):
        acts.append(reset_act(request.user, row))
    return acting_page(
        request,
        acts,
        "accounts/person.html",
        lambda: {
            "person": row,
            "holdings": row.holdings.select_related("post__unit"),
            "secretary_of": row.delegations.filter(kind=StandIn.SECRETARY).select_related("post__unit"),
            "covered": row.delegations.filter(kind=StandIn.COVER).select_related("post__unit"),
        },
    )
