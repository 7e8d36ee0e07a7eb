"""Bearer tokens: signing in without a page, under the same lock-out as the page."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.responses import Status

from tisu.accounts.tokens import issue_token
from tisu.web.problem import problem

router = Router(tags=["sign-in"])


class Credentials(Schema):
    username: str
    password: str


class Token(Schema):
    token: str


@router.post("/tokens", auth=None, response={200: Token}, summary="A bearer token for name and password")
def create_token(request: HttpRequest, credentials: Credentials) -> Status | HttpResponse:
    """One sentence for an unknown name, a wrong password and a locked account; 429 after too many wrong ones."""
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
    return Status(200, {"token": issue_token(user)})
