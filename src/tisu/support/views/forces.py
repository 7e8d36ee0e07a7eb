"""Task forces: the list, setting one up, and the page of one with its time line."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tisu.accounts.acts import acting_page
from tisu.foundation.numbering import as_number
from tisu.foundation.paging import keyset_page
from tisu.loop.faults import Unacceptable
from tisu.loop.models import Matter
from tisu.support.figures import on_time_rate
from tisu.support.filters import ForceFilter
from tisu.support.force_acts import acts_on
from tisu.support.force_forms import TaskForceForm
from tisu.support.force_wording import course_of, facts_of, risks_of, table_of
from tisu.support.forces import keeps_task_forces, set_up_task_force, works_in
from tisu.support.lines import axis_of
from tisu.support.models import FactorRequest, TaskForce
from tisu.support.tabs import tabs_for
from tisu.web.filters import chips


def listed(request: HttpRequest) -> HttpResponse:
    rows, wanted = TaskForce.objects.visible_to(request.user), ForceFilter(request.GET, auto_id="filter_%s")
    shown = wanted.narrowed(rows).select_related("lead__unit").prefetch_related("members", "continuations")
    items, following = keyset_page(shown, request)
    context = {
        "tabs": tabs_for(request),
        "form": wanted,
        "chips": chips(wanted, request.GET),
        "table": table_of(items),
        "next_url": following,
        "rate": on_time_rate(rows),
        "may_set_up": keeps_task_forces(request.user),
    }
    return render(request, "support/forces.html", context, status=200 if wanted.is_valid() else 422)


def new(request: HttpRequest) -> HttpResponse:
    """What is wrong is said at its field, and what was typed stays."""
    if not keeps_task_forces(request.user):
        raise PermissionDenied(_("Task forces are set up by the office."))
    begun = _for_request(request)
    form = TaskForceForm(request.POST or None, user=request.user, initial=begun)
    if request.method == "POST" and form.is_valid() and (force := _set_up(request, form)):
        messages.success(request, _("The task force was set up."))
        return redirect("support:force", pk=force.pk)
    return render(request, "support/force_new.html", {"form": form}, status=422 if form.errors else 200)


def _for_request(request: HttpRequest) -> dict[str, Any]:
    """Set up for a request, it begins with what that says."""
    number = request.GET.get("request", "")
    rows = FactorRequest.objects.visible_to(request.user).select_related("matter")
    found = rows.filter(matter__number=as_number(number)).first() if number else None
    if found is None:
        return {}
    return {
        "request": found.pk,
        "name": found.matter.title[:80],
        "purpose": found.matter.text,
        "template": found.case,
    }


def _set_up(request: HttpRequest, form: TaskForceForm) -> TaskForce | None:
    try:
        return set_up_task_force(user=request.user, **form.cleaned_data)
    except Unacceptable as refusal:
        form.say(refusal)
        return None


def page(request: HttpRequest, pk: int) -> HttpResponse:
    rows = TaskForce.objects.visible_to(request.user).select_related(
        "lead__unit", "request__matter", "risk_list"
    )
    force = rows.filter(pk=pk).first()
    if force is None:
        raise Http404
    return acting_page(
        request, acts_on(force, request.user), "support/force.html", lambda: _context(request, force)
    )


def _context(request: HttpRequest, force: TaskForce) -> dict[str, Any]:
    tasks = list(
        Matter.objects.visible_to(request.user).filter(force_task__task_force=force).for_rows().order_by("pk")
    )
    return {
        "force": force,
        "facts": facts_of(force, request.user),
        "axis": axis_of(force, tasks),
        "course": course_of(force, tasks),
        "risks": risks_of(
            force.risk_list, may_settle=works_in(request.user, force) and not force.is_dissolved
        ),
    }
