"""Hands the page shell, which stands below places and people, what it shows of them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from tisu.accounts.standing import standing_of
from tisu.foundation.prepared import Blank, Prepared
from tisu.orgs.models import Region


class WhoAndWhereMiddleware:
    """Sets `request.county`, `request.standing` and `request.acting_as`, each read only when a page shows it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.county = SimpleLazyObject(_county)
        request.standing = SimpleLazyObject(lambda: _posts(request, on_behalf=False))
        request.acting_as = SimpleLazyObject(lambda: "、".join(_posts(request, on_behalf=True)))
        return self.get_response(request)


_REGION = Prepared(lambda: Region.objects.filter(code=Blank("code", str)).order_by())


def _county() -> str:
    region = _REGION.first(code=settings.REGION)
    if region is None:
        return ""
    return (region.name_en if get_language() == "en" else "") or region.name


def _posts(request: HttpRequest, *, on_behalf: bool) -> list[str]:
    if not request.user.is_authenticated:
        return []
    return [role.label for role in standing_of(request.user).roles if role.on_behalf is on_behalf]
