"""What holds for every request: nothing kept, the language chosen, no NUL, the database there, someone signed in."""

import logging
from collections.abc import Callable
from urllib.parse import unquote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.utils import translation

from tisu.web.access import is_public
from tisu.web.errors import DATABASE_GONE, KEYS_GONE, SENTENCES, failure, handler503, keys_gone
from tisu.web.problem import is_for_programs, problem

logger = logging.getLogger(__name__)

NUL = "\0"


class NothingKeptMiddleware:
    """What a signed-in person reads is kept by no browser and no proxy: desks in an office are shared.

    Known by the session's cookie, so that a stranger's page costs no look into the database. Static files are
    answered before; a view that says itself how long it may be kept goes on saying so.
    """

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        name = settings.SESSION_COOKIE_NAME
        if name in request.COOKIES or name in response.cookies:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class ChosenLanguageMiddleware:
    """Simplified Chinese, unless this person chose another language; the browser is never asked.

    A county office's browsers come with whatever language their installer had, so Accept-Language says
    nothing about the reader. The cookie is the choice at this machine, `user.language` the one kept.
    """

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        speak(request, chosen_here(request) or settings.LANGUAGE_CODE)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        """Who signed in is known only here, after the middleware that recognises persons."""
        kept = known(getattr(request.user, "language", "")) if hasattr(request, "user") else ""
        if kept and not chosen_here(request):
            speak(request, kept)


def chosen_here(request: HttpRequest) -> str:
    return known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))


def known(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else ""


def speak(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = translation.get_language()


class NoNulMiddleware:
    """The character NUL, which PostgreSQL stores in no text, gets no further than this door.

    Nothing is at an address that holds one; a cookie that does is none of ours; from a form it is taken out,
    because it shows nothing. Bodies of JSON are read without it by the API.
    """

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path + unquote(request.META.get("QUERY_STRING", "")):
            return failure(request, 404)
        for name in [name for name, value in request.COOKIES.items() if NUL in value]:
            del request.COOKIES[name]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        """The API reads its body by itself, and a stream can be read only once."""
        if request.method != "POST" or is_for_programs(request):
            return
        if any(NUL in word for _name, words in request.POST.lists() for word in words):
            request.POST = without_nul(request.POST)


def without_nul(sent: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name, words in sent.lists():
        kept.setlist(name, [word.replace(NUL, "") for word in words])
    return kept


class DatabaseGoneMiddleware:
    """A database that cannot be reached, or a key ring, is said to be so (503), and when to come back.

    Faults of views arrive at `process_exception`. Faults of other middleware never reach an `except` here:
    Django turns them into `handler500` on the spot, which knows this case too.
    """

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, KEYS_GONE):
            logger.error("The keys are missing or do not fit.", exc_info=exception)
            return keys_gone(request)
        if not isinstance(exception, DATABASE_GONE):
            return None
        logger.error("The database did not answer.", exc_info=exception)
        return handler503(request)


class SignedInUnlessPublicMiddleware:
    """Every view needs a signed-in person unless it is declared public (architecture.md §2)."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        if is_public(view, request.resolver_match.view_name) or request.user.is_authenticated:
            return None
        return ask_for_a_name(request)


def ask_for_a_name(request: HttpRequest) -> HttpResponse:
    """Programs are told; people are led to the sign-in page, and back to the page that they wanted to read."""
    if is_for_programs(request):
        response = problem(401, str(SENTENCES[401]))
        response["WWW-Authenticate"] = "Bearer"
        return response
    address = sign_in_address(request)
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def sign_in_address(request: HttpRequest) -> str:
    """A form that was sent is not repeated after sign-in; a fragment of a page is no page to come back to."""
    address = resolve_url(settings.LOGIN_URL)
    if request.method not in ("GET", "HEAD") or getattr(request, "htmx", False):
        return address
    return f"{address}?{urlencode({'next': request.get_full_path()})}"
