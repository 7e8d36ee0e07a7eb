"""The standing rules: what each does by itself, and switching it off and on."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.loop.fields import TextField
from tisu.loop.keepers import may_keep_calendar
from tisu.loop.levels import STANDING_RULES
from tisu.loop.models import StandingRule
from tisu.loop.standing_rules import rules_in_words, switch_off, switch_on
from tisu.loop.views.calendar import tabs
from tisu.loop.views.office_pages import for_office


class SwitchOffForm(forms.Form):
    reason = TextField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("Who decided it and why; it stands in the ledger."),
        error_messages={"required": gettext_lazy("One thing is missing: say why the rule is switched off.")},
    )


@for_office
def rules(request: HttpRequest) -> HttpResponse:
    """A refused act stays open with what was typed; sent twice, it is carried out once."""
    if request.method != "POST":
        return _page(request)
    rule, wanted = request.POST.get("rule"), request.POST.get("wanted")
    if rule not in STANDING_RULES or wanted not in ("on", "off"):
        raise Http404
    form = SwitchOffForm(request.POST, auto_id=_auto_id(rule))
    if wanted == "off" and not form.is_valid():
        return _page(request, rule, form, status=422)
    try:
        _switch(request, rule, wanted, form)
    except ValidationError as refusal:
        messages.info(request, refusal.messages[0])
    return HttpResponseRedirect(reverse("loop:rules"))


def _switch(request: HttpRequest, rule: str, wanted: str, form: SwitchOffForm) -> None:
    if wanted == "off":
        switch_off(rule, reason=form.cleaned_data["reason"], actor=request.user)
        messages.success(request, _("The rule is off. It neither acts nor writes until it is switched on."))
    else:
        switch_on(rule, actor=request.user)
        messages.success(request, _("The rule is on. What came in between is not made up for."))


def _page(
    request: HttpRequest, rule: str = "", form: SwitchOffForm | None = None, status: int = 200
) -> HttpResponse:
    rows = rules_in_words()
    if may_keep_calendar(request.user):
        rows = [
            row | {"act": _act(row["rule"], row["off"], form if row["rule"] == rule else None)}
            for row in rows
        ]
    context = {"rules": rows, "tabs": tabs("loop:rules")}
    return render(request, "loop/rules.html", context, status=status)


def _act(rule: str, off: StandingRule | None, form: SwitchOffForm | None) -> dict[str, Any]:
    """The parameters of web/components/act.html."""
    hidden = {"rule": rule, "wanted": "on" if off else "off"}
    if off:
        return {"label": _("Switch on"), "hidden": hidden}
    asks = form or SwitchOffForm(auto_id=_auto_id(rule))
    return {
        "label": _("Switch off"),
        "hidden": hidden,
        "asks": asks,
        "open": form is not None,
        "style": "danger",
    }


def _auto_id(rule: str) -> str:
    return rule.replace("/", "-") + "_%s"
