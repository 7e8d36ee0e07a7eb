"""Who calls an address that is open to strangers too."""

from django.http import HttpRequest
from ninja.utils import check_csrf

from tisu.accounts.models import User
from tisu.accounts.tokens import bearer


def caller_of(request: HttpRequest) -> User | None:
    """The signed-in person, by token or by the session of a page that sends its CSRF token; else a stranger."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme:
        return bearer(token.strip()) if scheme.lower() == "bearer" else None
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or check_csrf(request):
        return None
    return user
