"""The living component page: every component in every state, drawn by the very templates that pages use."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.i18n import set_language

from tisu.web.gallery import shown_samples
from tisu.web.middleware import known
from tisu.web.samples import TOKENS


def components(request: HttpRequest) -> HttpResponse:
    return render(request, "web/components.html", {"samples": shown_samples(request), "tokens": TOKENS})


def choose_language(request: HttpRequest) -> HttpResponse:
    """At this machine by a cookie; whoever signed in has it kept with them, and is written to in it."""
    language = known(request.POST.get("language", ""))
    if language and request.user.is_authenticated and request.user.language != language:
        request.user.language = language
        request.user.save(update_fields=["language"])
    return set_language(request)
