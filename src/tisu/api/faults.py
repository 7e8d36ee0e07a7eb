"""Errors of the API as RFC 9457 problems: one sentence in `detail`, fields named in `errors`."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from tisu.loop.faults import Refusal
from tisu.web.errors import SENTENCES
from tisu.web.problem import problem

UNREADABLE = gettext_lazy("The body is not JSON that can be read. Check brackets, quotation marks and UTF-8.")

# What pydantic calls a fault → what to do about it. A type not listed is looked up by its first word.
WORDS: dict[str, Any] = {
    "missing": gettext_lazy("One thing is missing: give “%(name)s”."),
    "extra_forbidden": gettext_lazy("There is no field “%(name)s” here: check its spelling."),
    "string": gettext_lazy("Give this as text."),
    "string_too_long": gettext_lazy("This has more than %(max_length)s characters: shorten it."),
    "string_too_short": gettext_lazy("This needs at least %(min_length)s characters."),
    "string_pattern_mismatch": gettext_lazy("This is not in the form that is asked for."),
    "int": gettext_lazy("Give this as a whole number."),
    "float": gettext_lazy("Give this as a number."),
    "finite": gettext_lazy("Give this as a number."),
    "bool": gettext_lazy("Give true or false."),
    "date": gettext_lazy("Give the day as 2023-05-22."),
    "datetime": gettext_lazy("Give the time with its offset, as 2023-05-22T09:00:00+08:00."),
    "list": gettext_lazy("Give this as a list."),
    "dict": gettext_lazy("Give this as an object with named fields."),
    "model": gettext_lazy("Give this as an object with named fields."),
    "literal_error": gettext_lazy("Give one of: %(expected)s."),
    "enum": gettext_lazy("Give one of: %(expected)s."),
    "greater_than_equal": gettext_lazy("Give %(ge)s or more."),
    "less_than_equal": gettext_lazy("Give %(le)s at the most."),
    "greater_than": gettext_lazy("Give more than %(gt)s."),
    "less_than": gettext_lazy("Give less than %(lt)s."),
    "too_long": gettext_lazy("Give %(max_length)s at the most."),
    "too_short": gettext_lazy("Give at least %(min_length)s."),
    "uuid": gettext_lazy("This is not an identifier of this system."),
}
OTHERWISE = gettext_lazy("This cannot be read as it was sent.")


def word_all_faults(api: NinjaAPI) -> None:
    """Everything unexpected is raised on: Django logs it and answers 500 or 503 through web.errors."""
    for fault, answer in (
        (Refusal, refused),
        (ValidationError, invalid),
        (AuthenticationError, unknown_caller),
        (Throttled, throttled),
        (HttpError, http_error),
        (RequestDataTooBig, too_large),
        (Http404, not_found),
        (Exception, raise_on),
    ):
        api.add_exception_handler(fault, answer)


def refused(request: HttpRequest, fault: Refusal) -> HttpResponse:
    """What the loop or a room refused, in its own words."""
    named = {name: [str(line) for line in lines] for name, lines in fault.errors.items()}
    more = {"errors": named} if named or fault.status == 422 else {}
    return problem(fault.status, str(fault.sentence), **more)


def invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """422 that names each field and says what to send, without the validator's jargon."""
    errors: dict[str, list[str]] = {}
    for entry in fault.errors:
        errors.setdefault(field_name(entry["loc"]), []).append(sentence_for(entry))
    name, lines = next(iter(errors.items()))
    detail = lines[0] if name in lines[0] else _("“%(name)s”: %(fault)s") % {"name": name, "fault": lines[0]}
    return problem(422, detail, errors=errors)


def field_name(loc: tuple) -> str:
    """`("body", "new", "title")` is the field `title`: neither the source nor our parameter's name tells."""
    source, *parts = loc
    if source == "body" and len(parts) > 1:
        parts = parts[1:]
    elif source == "body":
        parts = ["body"]
    return ".".join(str(part) for part in parts)


def sentence_for(entry: dict[str, Any]) -> str:
    """Our own validators speak in sentences already; pydantic's types are looked up."""
    context = entry.get("ctx", {})
    if entry["type"] == "value_error" and context.get("error"):
        return str(context["error"])
    words = WORDS.get(entry["type"]) or WORDS.get(entry["type"].partition("_")[0]) or OTHERWISE
    return str(words) % {**context, "name": field_name(entry["loc"])}


def unknown_caller(request: HttpRequest, fault: Exception) -> HttpResponse:
    answer = problem(401, str(SENTENCES[401]))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def throttled(request: HttpRequest, fault: Throttled) -> HttpResponse:
    return problem(429, str(SENTENCES[429]))


def http_error(request: HttpRequest, fault: HttpError) -> HttpResponse:
    """Ninja itself raises 400 for a body that it cannot parse, and nothing else that gets here."""
    return problem(
        fault.status_code,
        str(UNREADABLE if fault.status_code == 400 else SENTENCES.get(fault.status_code, fault)),
    )


def too_large(request: HttpRequest, fault: Exception) -> HttpResponse:
    return problem(413, str(SENTENCES[413]))


def not_found(request: HttpRequest, fault: Exception) -> HttpResponse:
    return problem(404, _("There is nothing at this address, or it is not yours to see."))


def raise_on(request: HttpRequest, fault: Exception) -> HttpResponse:
    raise fault


def no_such_method(allowed: str) -> HttpResponse:
    """405: the address is right, the method is not."""
    answer = problem(405, _("This address takes only: %(methods)s.") % {"methods": allowed})
    answer["Allow"] = allowed
    return answer
