"""The living component page: every component in every state, drawn by the very templates that pages use."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tisu.web.gallery import shown_samples
from tisu.web.samples import TOKENS


def components(request: HttpRequest) -> HttpResponse:
    return render(request, "web/components.html", {"samples": shown_samples(request), "tokens": TOKENS})
