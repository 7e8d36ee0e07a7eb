"""Leading a person to another page first, and back to what they wanted to read."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tisu.web.problem import is_for_programs, problem


def lead_to(request: HttpRequest, name: str, why: Any) -> HttpResponse:
    """The page says itself what is to be done on it; `why` is for programs."""
    return _lead(request, reverse(name), why)


def lead_to_proof(request: HttpRequest, why: Any) -> HttpResponse:
    """To whatever second factor this person has, and then back to where the button was."""
    method = get_adapter().get_reauthentication_methods(request.user)[0]
    return _lead(request, f"{method['url']}?{urlencode({'next': page_of(request)})}", why)


def _lead(request: HttpRequest, address: str, why: Any) -> HttpResponse:
    if is_for_programs(request):
        return problem(403, str(why))
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def page_of(request: HttpRequest) -> str:
    """The page that a person sees: what was asked for, or where the form that was sent stands."""
    if request.method in ("GET", "HEAD") and not getattr(request, "htmx", False):
        return request.get_full_path()
    before = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    return before.path if before.netloc == request.get_host() else "/"
