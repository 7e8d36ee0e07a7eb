"""Choosing as which of several posts one acts in this session."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tisu.accounts.middleware import CHOSEN
from tisu.accounts.standing import standing_of


@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """One of the person's own roles, or with none named all of them; any other is not there (404)."""
    key = request.POST.get("role", "")
    role = next((each for each in standing_of(request.user).bound if each.key == key), None)
    if key and role is None:
        raise Http404
    request.session[CHOSEN] = key
    label = role.label if role else _("all my posts")
    messages.success(request, _("From now on you act as: %(post)s.") % {"post": label})
    return redirect(_way_back(request))


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted.startswith("/") else "/"
