"""Bearer tokens: signing in without a page, under the same lock-out as the page."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.responses import Status

from tisu.accounts.factor_forms import SecondFactorForm
from tisu.accounts.factors import is_asked_at_sign_in, is_needed_by
from tisu.accounts.models import User
from tisu.accounts.tokens import issue_token
from tisu.web.problem import problem

router = Router(tags=["sign-in"])


class Credentials(Schema):
    """`code` is of an app or a recovery code: for whoever has a second factor."""

    username: str
    password: str
    code: str = ""


class Token(Schema):
    token: str


@router.post("/tokens", auth=None, response={200: Token}, summary="A bearer token for name and password")
def create_token(request: HttpRequest, credentials: Credentials) -> Status | HttpResponse:
    """One sentence for an unknown name, a wrong password and a locked account; 429 after too many wrong ones.

    Whatever else is missing is told only to who knows the password: 403.
    """
    try:
        user = get_adapter().authenticate(
            request, username=credentials.username.strip(), password=credentials.password
        )
    except ValidationError as too_many:
        answer = problem(429, too_many.messages[0])
        answer["Retry-After"] = "300"
        return answer
    if user is None or not user.is_active:
        return problem(401, _("User name and password do not belong together, or the account is locked."))
    if sentence := _what_is_missing(user, credentials.code):
        return problem(403, sentence)
    return Status(200, {"token": issue_token(user)})


def _what_is_missing(user: User, code: str) -> str:
    """What a person has to do before a program of theirs gets a token."""
    if user.must_change_password:
        return _(
            "Somebody else has seen this password: sign in on the page and choose one of your own first."
        )
    if is_asked_at_sign_in(user):
        form = SecondFactorForm({"code": code}, user=user)
        return (
            ""
            if form.is_valid()
            else _("Give the code of your second factor. {fault}").format(fault=form.errors["code"][0])
        )
    if is_needed_by(user):
        return _("This account needs a second factor: sign in on the page and set one up first.")
    return ""
