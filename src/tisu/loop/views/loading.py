"""Loading a notice into the calendar: typed or uploaded, looked at as what it would move, then published once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.accounts.standing import standing_of
from tisu.foundation.calendars import current_version
from tisu.foundation.drafts import Draft
from tisu.foundation.listed import listed
from tisu.loop.calendar_year import hours_in_words, runs_in_words
from tisu.loop.keepers import region_kept_by
from tisu.loop.notice_form import KINDS, NoticeForm
from tisu.loop.preview import preview_of
from tisu.loop.publishing import Overtaken, publish_once
from tisu.loop.views.office_pages import for_head_of_office
from tisu.orgs.models import Region, Role


@for_head_of_office
def load(request: HttpRequest) -> HttpResponse:
    """The form, the preview and the publishing stand at one address: each step sends what was typed along."""
    region, signed = region_kept_by(request.user), standing_of(request.user).label_as(Role.OFFICE_LEAD)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NoticeForm(*sent, region=region, signed=signed)
    if not sent or request.POST.get("step") == "edit":
        return _form(request, form)
    if not form.is_valid():
        return _form(request, form, status=422)
    if request.POST.get("step") == "publish":
        return _publish(request, form, region)
    return _preview(request, form, region)


def _form(request: HttpRequest, form: NoticeForm, status: int = 200) -> HttpResponse:
    return render(request, "loop/calendar_load.html", {"form": form}, status=status)


def _publish(request: HttpRequest, form: NoticeForm, region: str) -> HttpResponse:
    try:
        notice = publish_once(form.draft, seen=request.POST.get("seen", ""), user=request.user)
    except Overtaken:
        return _preview(request, form, region, overtaken=True)
    except ValidationError as fault:
        form.add_error(None, fault)
        return _form(request, form, status=422)
    said = _("Published as notice no. %(number)d. Open deadlines are reckoned anew from now on.")
    messages.success(request, said % {"number": notice.number})
    return HttpResponseRedirect(reverse("loop:calendar"))


def _preview(request: HttpRequest, form: NoticeForm, region: str, *, overtaken: bool = False) -> HttpResponse:
    asked = request.POST.get("page", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    context = {
        "preview": preview_of(form.draft, region, request.user, page),
        "facts": facts_of_draft(form.draft),
        "carried": [*form.carried(), ("seen", current_version())],
        "overtaken": overtaken,
    }
    return render(request, "loop/calendar_preview.html", context, status=409 if overtaken else 200)


def facts_of_draft(draft: Draft) -> list[dict[str, Any]]:
    """What was read from the notice, so that a wrong reading is seen before it holds."""
    region = Region.objects.filter(code=draft.region).first()
    facts = [
        (_("What it says"), KINDS[draft.kind]),
        (_("Year"), draft.year),
        (_("Notice"), draft.title),
        (_("Where it comes from"), draft.source),
        (_("Holds for"), str(region) if region else draft.region or _("everywhere")),
        (_("Days off"), runs_in_words(draft.off) if draft.off else ""),
        (_("Working days at weekends"), runs_in_words(draft.working) if draft.working else ""),
        (_("Off every year"), listed(each.name for each in draft.recurring or ())),
        (_("Leader's order"), draft.order),
    ]
    hours = hours_in_words(draft) if draft.hours else []
    return [{"label": label, "value": value} for label, value in facts if value] + hours
