"""The firm's word without an account. The code travels in the body of a POST, never in an address that a server writes
down: a link carries it behind the #, which a browser keeps to itself (ADR 0032)."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from tisu.loop.faults import NotVisible
from tisu.promises.forms import AnswerForm, CodeForm
from tisu.promises.links import open_link, use_link
from tisu.promises.models import Promise
from tisu.promises.views.entering import say_where


@never_cache
@sensitive_post_parameters()
def confirm(request: HttpRequest) -> HttpResponse:
    """The code, then what was promised with three answers, then a word of thanks."""
    if request.method != "POST":
        return render(request, "promises/code.html", {"form": CodeForm()})
    code = CodeForm(request.POST)
    if not code.is_valid():
        return render(request, "promises/code.html", {"form": code}, status=422)
    try:
        return _answered(request, code) if "answer_sent" in request.POST else _asked(request, code)
    except NotVisible as refusal:
        code.add_error("code", str(refusal.sentence))
        return render(request, "promises/code.html", {"form": code}, status=404)


def _asked(request: HttpRequest, code: CodeForm) -> HttpResponse:
    return _page(request, open_link(**code.cleaned_data), code, AnswerForm())


def _answered(request: HttpRequest, code: CodeForm) -> HttpResponse:
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            promise = use_link(**code.cleaned_data, **form.cleaned_data)
        except ValidationError as refusal:
            say_where(form, refusal)
        else:
            done = _("Your answer is kept, and counts. Nobody at the county can change it.")
            return render(request, "promises/answered.html", {"promise": promise, "done": done})
    return _page(request, open_link(**code.cleaned_data), code, form, status=422)


def _page(
    request: HttpRequest, promise: Promise, code: CodeForm, form: AnswerForm, status: int = 200
) -> HttpResponse:
    context = {"promise": promise, "form": form, "code": code.cleaned_data}
    return render(request, "promises/answer.html", context, status=status)
