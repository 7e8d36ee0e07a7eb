"""Acts on one page: each a button that opens in place, all of them sent to the page's own address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render


@dataclass(frozen=True)
class PageAct:
    """`form(data, auto_id)` builds the form, `do(cleaned_data)` acts and may refuse with a ValidationError.

    What `do` gives back, if anything, is shown once in place of `said`: a first password, say. What is done `at_once`
    is one tap.
    """

    code: str
    label: Any
    form: Callable[..., Form]
    do: Callable[[dict], Any]
    said: Any
    style: str = "quiet"
    why: Any = ""
    then: str = ""
    at_once: bool = False

    def drawn(self, form: Form | None = None) -> dict[str, Any]:
        """The parameters of web/components/act.html."""
        return {
            "label": self.label,
            "asks": form or self.form(auto_id=f"{self.code}_%s"),
            "hidden": {"act": self.code},
            "style": self.style,
            "why": self.why,
            "open": form is not None,
            "at_once": self.at_once,
        }


def acting_page(
    request: HttpRequest, acts: list[PageAct], template: str, context: Callable[[], dict]
) -> HttpResponse:
    """Draw the page, or carry out the act that was sent. A refused act stays open with what was typed."""
    if request.method != "POST":
        return render(request, template, context() | {"acts": [act.drawn() for act in acts]})
    chosen = next((act for act in acts if act.code == request.POST.get("act")), None)
    if chosen is None:
        raise Http404
    form = chosen.form(data=request.POST, auto_id=f"{chosen.code}_%s")
    if form.is_valid():
        try:
            shown = chosen.do(form.cleaned_data)
        except ValidationError as refusal:
            _say_where(form, refusal)
        else:
            return _done(request, chosen, shown, template, context, acts)
    drawn = [act.drawn(form) if act is chosen else act.drawn() for act in acts]
    return render(request, template, context() | {"acts": drawn}, status=422)


def _done(
    request: HttpRequest, act: PageAct, shown: Any, template: str, context: Callable, acts: list[PageAct]
) -> HttpResponse:
    if isinstance(shown, str):  # never through a redirect: a message would be kept in the session
        drawn = [each.drawn() for each in acts]
        return render(request, template, context() | {"acts": drawn, "shown_once": shown})
    messages.success(request, act.said)
    return redirect(act.then or request.path)


def _say_where(form: Form, refusal: ValidationError) -> None:
    """A fault of a field that the form asks for stands there, every other one above the form."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, faults in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, faults)
