"""The public pages of the direct line. No sign-in, no script, no cookie but the form's token.

A receipt travels in the body of a POST only, so these pages answer a POST with a page and not with a redirect;
reloading one sends the same form again, which changes nothing.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from tisu.documents.fields import papers_sent
from tisu.loop.faults import Refusal
from tisu.voice import course, receipts
from tisu.voice.forms import ContactForm, RatingForm, ReceiptForm, ReportForm, WordsForm, new_key
from tisu.voice.models import Channel
from tisu.voice.once import SameKeyOtherBody, once
from tisu.voice.panels import bubbles
from tisu.voice.services import take_report
from tisu.voice.steps import next_steps, steps_at


@never_cache
@sensitive_post_parameters()
def line(request: HttpRequest) -> HttpResponse:
    """The form, and after it was sent the receipt: one report for each form drawn, however often it is sent."""
    if request.method != "POST":
        return _blank(request, ReportForm(initial={"key": new_key()}))
    form = with_papers(request, ReportForm)
    if form.is_valid():
        try:
            return _receipt_page(request, _take_once(request, form))
        except Refusal as refusal:
            form = drawn_anew(form, refusal)
    return _blank(request, form, status=422)


def with_papers(request: HttpRequest, form_class: type[ReportForm]) -> ReportForm:
    """The form with the files that came along taken in, tied to nobody, and what was not taken said beside them."""
    faults = papers_sent(request).faults
    form = form_class(request.POST)
    for fault in faults:
        form.add_error("documents", fault)
    return form


def _take_once(request: HttpRequest, form: ReportForm) -> str:
    user = request.user if request.user.is_authenticated else None
    given = form.given()
    caller = user.pk if user and not given["anonymous"] else None

    def take():
        taken = take_report(**given, channel=Channel.WEB, user=user)
        return {"receipt": taken.receipt_code}

    return once(form.cleaned_data["key"], given | {"caller": caller}, take)["receipt"]


def drawn_anew(form: ReportForm, refusal: Refusal) -> ReportForm:
    """A form that was sent before with other words gets a new key, so that sending it again is a new report."""
    if not isinstance(refusal, SameKeyOtherBody):
        form.tell(refusal)
        return form
    data = form.data.copy()
    data["key"] = new_key()
    form = type(form)(data)
    form.is_valid()
    form.add_error(
        None,
        _(
            "You have sent this page before, and that report has its receipt. If this is another one, send it again."
        ),
    )
    return form


def _blank(request: HttpRequest, form: ReportForm, status: int = 200) -> HttpResponse:
    return render(request, "voice/line.html", {"form": form, "steps": next_steps()}, status=status)


def _receipt_page(request: HttpRequest, receipt: str, error: str = "") -> HttpResponse:
    context = {"receipt": receipt, "error": error, "steps": next_steps()}
    return render(request, "voice/receipt.html", context, status=422 if error else 200)


@never_cache
@sensitive_post_parameters()
def receipt(request: HttpRequest) -> HttpResponse:
    """The last group retyped: kept, or the receipt once more."""
    if request.method != "POST":
        return redirect("voice:line")
    code = receipts.folded(request.POST.get("receipt", ""))
    try:
        receipts.find(code)
    except Refusal as refusal:
        return _ask(request, code, refusal)
    if receipts.folded(request.POST.get("last_group", "")) != code[-4:]:
        return _receipt_page(
            request, receipts.shown(code), _("This is not the last group: look at it again and type it here.")
        )
    return render(request, "voice/kept.html", {"steps": next_steps()})


@require_safe
def discipline(request: HttpRequest) -> HttpResponse:
    return render(request, "voice/discipline.html")


@never_cache
@sensitive_post_parameters()
def track(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "voice/ask.html", {"form": ReceiptForm()})
    return _with_receipt(request, lambda code: course.look_up(code=code))


@never_cache
@sensitive_post_parameters()
def message(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("voice:track")
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _with_receipt(request, lambda code: course.look_up(code=code), words_form=form)
    return _with_receipt(request, lambda code: course.add_message(code=code, text=form.cleaned_data["text"]))


@never_cache
@sensitive_post_parameters()
def contact(request: HttpRequest) -> HttpResponse:
    """A name left later, by whoever holds the receipt."""
    if request.method != "POST":
        return redirect("voice:track")
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _with_receipt(request, lambda code: course.look_up(code=code), contact_form=form)
    return _with_receipt(
        request,
        lambda code: course.leave_name(code=code, contact=form.cleaned_data["contact"]),
        done=_(
            "Your name is kept sealed. Only the office can look it up, with a second person, and each time is recorded."
        ),
    )


@never_cache
@sensitive_post_parameters()
def rating(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("voice:track")
    form = RatingForm(request.POST)
    if not form.is_valid():
        return _with_receipt(request, lambda code: course.look_up(code=code), rating_form=form)
    return _with_receipt(
        request,
        lambda code: course.rate(code=code, **form.cleaned_data),
        done=_("Your rating is kept. Thank you."),
    )


def _with_receipt(request: HttpRequest, act: Any, *, done: str = "", **forms: Any) -> HttpResponse:
    """Do what the receipt allows and show the course; a dead receipt is asked for again."""
    code = request.POST.get("receipt", "")
    try:
        receipts.find(code)
    except Refusal as refusal:
        return _ask(request, code, refusal)
    try:
        return _course(request, code, act(code), done=done, **forms)
    except Refusal as refusal:
        return _course(request, code, course.look_up(code=code), refusal=str(refusal.sentence), **forms)


def _ask(request: HttpRequest, code: str, refusal: Refusal) -> HttpResponse:
    form = ReceiptForm({"receipt": code})
    if form.is_valid():
        form.add_error("receipt", str(refusal.sentence))
    return render(request, "voice/ask.html", {"form": form}, status=refusal.status)


def _course(
    request: HttpRequest,
    code: str,
    known: course.Course,
    *,
    done: str = "",
    refusal: str = "",
    words_form: Any = None,
    rating_form: Any = None,
    contact_form: Any = None,
) -> HttpResponse:
    context = {
        "course": known,
        "receipt": receipts.shown(receipts.folded(code)),
        "steps": steps_at(known.stage),
        "lines": bubbles(known.messages, reporter_reads=True),
        "words_form": words_form or WordsForm(),
        "rating_form": rating_form or RatingForm(),
        "contact_form": contact_form or ContactForm(),
        "done": done,
        "refusal": refusal,
    }
    failed = refusal or words_form or rating_form or contact_form
    return render(request, "voice/course.html", context, status=422 if failed else 200)
