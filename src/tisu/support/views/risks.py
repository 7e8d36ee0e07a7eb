"""A point of a list of risks: whose it is, when it was seen to; and a point added."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.loop.faults import Refusal
from tisu.support.force_forms import RiskForm, SettleRiskForm
from tisu.support.forces import works_in
from tisu.support.models import FactorRequest, RiskList, TaskForce
from tisu.support.risks import add_risk, settle_risk, stands_as
from tisu.support.steps import handles


def _list_at(request: HttpRequest, **which: int) -> tuple[RiskList, str, str]:
    """The list, where it stands, and its region: for whoever handles the request or works in the task force."""
    user = request.user
    forces = TaskForce.objects.visible_to(user)
    requests = FactorRequest.objects.visible_to(user)
    rows = RiskList.objects.filter(Q(task_forces__in=forces) | Q(request__in=requests)).distinct()
    found = rows.filter(**which).first()
    if found is None:
        raise Http404
    force = next((each for each in forces.filter(risk_list=found) if works_in(user, each)), None)
    if force:
        return found, reverse("support:force", args=[force.pk]), force.region_id
    asked = requests.filter(risk_list=found).select_related("matter").first()
    if asked is None or not handles(asked.matter, user):
        raise PermissionDenied(_("Only who handles it or works in the task force sees to a risk."))
    return found, reverse("loop:matter", args=[asked.matter.number]), asked.matter.region_id


def settle(request: HttpRequest, pk: int) -> HttpResponse:
    risks, back, region = _list_at(request, risks__pk=pk)
    point = risks.risks.select_related("owner").get(pk=pk)
    begun = {"seen": stands_as(point), "owner": point.owner and point.owner.code, "done_on": point.done_on}
    form, refused = SettleRiskForm(request.POST or None, region=region, initial=begun), 0
    if request.method == "POST" and form.is_valid():
        try:
            settle_risk(user=request.user, risks=risks, key=pk, **form.cleaned_data)
        except Refusal as refusal:
            form.say(refusal)
            refused = refusal.status
        else:
            messages.success(request, _("Written down."))
            return redirect(back)
    context = {
        "form": form,
        "heading": point.risk,
        "lede": point.measure,
        "back": back,
        "verb": _("Write it down"),
    }
    status = refused or (422 if form.errors else 200)
    return render(request, "support/form.html", context, status=status)


def add(request: HttpRequest, pk: int) -> HttpResponse:
    risks, back, region = _list_at(request, pk=pk)
    form = RiskForm(request.POST or None, region=region)
    if request.method == "POST" and form.is_valid():
        try:
            add_risk(risks=risks, **form.cleaned_data)
        except (Refusal, ValidationError) as refusal:
            form.say(refusal)
        else:
            messages.success(request, _("Written down."))
            return redirect(back)
    context = {"form": form, "heading": _("Add a risk"), "back": back, "verb": _("Add a risk")}
    return render(request, "support/form.html", context, status=422 if form.errors else 200)
