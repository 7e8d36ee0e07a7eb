"""Stepping back from a matter oneself (回避): a button on its page, and a page of its own for what was left out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from tisu.loop.faults import NotVisible
from tisu.loop.models import Matter
from tisu.loop.recusals import declare_recusal, may_declare
from tisu.loop.views.refusals import answers_refusals, visible_matter
from tisu.loop.wall_forms import LONGEST_REASON
from tisu.orgs.forms import NameField


class RecusalForm(forms.Form):
    reason = NameField(
        label=gettext_lazy("Why you step back"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy(
            "For example: a relative works there. The security administrator and the auditor read it."
        ),
        error_messages={"required": gettext_lazy("One thing is missing: write why you step back.")},
    )


@never_cache
@answers_refusals
def recusal(request: HttpRequest, number: str) -> HttpResponse:
    """It holds at once: afterwards not even this page is there."""
    matter = visible_matter(request, number)
    if request.method != "POST" and not may_declare(request.user, matter):
        raise NotVisible(_("There is no such page, or it is not yours to see."))
    form = RecusalForm(request.POST or None, auto_id=AUTO_ID)
    if request.method == "POST" and form.is_valid():
        try:
            declare_recusal(user=request.user, matter=matter, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(
                request, _("You have stepped back. This matter is out of your sight from now on.")
            )
            return HttpResponseRedirect(reverse("loop:desk"))
    context = {"matter": matter, "form": form}
    return render(request, "loop/recusal.html", context, status=422 if form.errors else 200)


AUTO_ID = "recusal_%s"


def recusal_act(request: HttpRequest, matter: Matter) -> dict[str, Any] | None:
    """The parameters of web/components/act.html on the matter's page; None for whoever has no part in it."""
    if not may_declare(request.user, matter):
        return None
    return {
        "label": _("I must step back"),
        "url": reverse("loop:recusal", args=[matter.number]),
        "asks": RecusalForm(auto_id=AUTO_ID),
    }
