"""Who calls: a bearer token, or the session of a signed-in page with its CSRF token."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBearer, SessionAuth
from ninja.utils import check_csrf

from tisu.accounts.models import User
from tisu.accounts.tokens import bearer
from tisu.loop.faults import NotAllowed

FORGED = _(
    "A signed-in page must send its CSRF token in the header X-CSRFToken. Reload the page and try again."
)


class ByToken(HttpBearer):
    """`Authorization: Bearer …`. From here on the request is this person's."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        user = bearer(token.strip())
        if user is not None:
            request.user = user
        return user


class BySession(SessionAuth):
    """The page's own session. A request that brings a token is judged by the token alone."""

    def __call__(self, request: HttpRequest) -> User | None:
        if "Authorization" in request.headers or not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise NotAllowed(FORGED)
        return request.user


SIGN_IN = [ByToken(), BySession()]
