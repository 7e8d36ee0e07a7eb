"""The system administrator's outbox: what is stuck and why, and the units' robots. No subject, no text, no name."""

from typing import Any

from django.contrib import messages as said
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from tisu.accounts.gates import only_for
from tisu.audit.record import record
from tisu.foundation.paging import keyset_page
from tisu.inbox import destinations
from tisu.inbox import outbox as boxed
from tisu.inbox.faultwords import in_words
from tisu.inbox.forms import RobotForm
from tisu.inbox.models import Delivery, Destination, Status
from tisu.inbox.tables import way_of
from tisu.orgs.models import Role

for_system_administrator = only_for(Role.SYSTEM_ADMIN)


@for_system_administrator
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, adding: Form | None = None) -> HttpResponse:
    rows, following = keyset_page(Delivery.objects.troubled().select_related("destination__unit"), request)
    stuck = set(Delivery.objects.stuck().filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    context: dict[str, Any] = {
        "rows": [_drawn(row, row.pk in stuck) for row in rows],
        "next_url": following,
        "figures": _figures(),
        "robots": [
            {"robot": robot, "way": way_of(robot)}
            for robot in Destination.objects.robots().select_related("unit")
        ],
        "adding": adding or RobotForm(auto_id="add_%s"),
        "is_adding": adding is not None,
    }
    return render(request, "inbox/outbox.html", context, status=422 if adding else 200)


def _drawn(row: Delivery, is_stuck: bool) -> dict[str, Any]:
    return {
        "row": row,
        "way": way_of(row.destination),
        "is_stuck": is_stuck,
        "fault": in_words(row.fault),
    }


def _figures() -> list[dict[str, Any]]:
    rows = Delivery.objects
    return [
        {"label": _("Waiting"), "value": str(rows.filter(status=Status.WAITING).count())},
        {"label": _("Stuck"), "value": str(rows.stuck().count())},
        {"label": _("Sent"), "value": str(rows.filter(status=Status.SENT).count())},
    ]


@for_system_administrator
@require_POST
@transaction.atomic
def retry(request: HttpRequest, letter: str) -> HttpResponse:
    row = get_object_or_404(Delivery.objects.select_related("destination"), key=letter)
    if boxed.retry(row):
        record(act="retry-letter", about=row.key, actor=request.user, channel=row.destination.channel)
        said.success(request, _("It is due again and goes out with the next round."))
    else:
        said.info(request, _("This letter is not stuck any more."))
    return redirect("outbox:letters")


@for_system_administrator
@sensitive_post_parameters("address", "secret")
@require_POST
def add_robot(request: HttpRequest) -> HttpResponse:
    form = RobotForm(request.POST, auto_id="add_%s")
    if form.is_valid():
        try:
            destinations.add_robot(actor=request.user, **form.cleaned_data)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            said.success(request, _("The robot is set up."))
            return redirect("outbox:letters")
    return _page(request, adding=form)


@for_system_administrator
@require_POST
def remove_robot(request: HttpRequest, pk: str) -> HttpResponse:
    robot = get_object_or_404(Destination.objects.robots().select_related("unit"), pk=pk)
    destinations.remove_robot(actor=request.user, robot=robot)
    said.success(request, _("The robot is removed. Nothing goes there any more."))
    return redirect("outbox:letters")
