"""The system administrator's page of workers: who lives, and what is due."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tisu.accounts.gates import only_for
from tisu.foundation.heartbeat import is_alive
from tisu.foundation.models import WorkerBeat
from tisu.foundation.rooms import declared
from tisu.inbox.realtime import real_now
from tisu.inbox.watch import state_in_words
from tisu.orgs.models import Role
from tisu.web.tables import Column, Table

MOST = 20


@only_for(Role.SYSTEM_ADMIN)
@require_safe
def workers(request: HttpRequest) -> HttpResponse:
    now = real_now()
    beats = list(WorkerBeat.objects.all()[:MOST])
    context = {
        "table": _workers(beats, now),
        "jobs": _jobs(),
        "alive": any(is_alive(beat, now) for beat in beats),
    }
    return render(request, "inbox/workers.html", context)


def _workers(beats: list[WorkerBeat], now) -> Table:
    labels = {job.code: job.label for job in declared("jobs")}
    columns = (
        Column(_("Process"), "title"),
        Column(_("State"), "word"),
        Column(_("Started"), "date"),
        Column(_("Last heard of"), "date"),
        Column(_("Last job")),
        Column(_("Rows done"), "number"),
        Column(_("Faults"), "number"),
    )
    rows = [
        (
            f"{beat.host} · {beat.pid}",
            state_in_words(beat, now),
            _moment(beat.started_at),
            _moment(beat.seen_at),
            labels.get(beat.last_job, "—"),
            beat.rows_done,
            beat.errors,
        )
        for beat in beats
    ]
    return Table(columns, rows, _("Worker processes, in real time"))


def _moment(at) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"


def _jobs() -> Table:
    columns = (Column(_("Job"), "title"), Column(_("Rows due"), "number"), Column(_("Runs"), "word"))
    rows = [
        (job.label, job.waiting(), _("in office hours") if job.quiet else _("at any hour"))
        for job in declared("jobs")
    ]
    return Table(columns, rows, _("Jobs"))
