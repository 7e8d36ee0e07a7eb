"""A report as a kind of matter: what each act of the loop means to the direct line."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.standing import Standing
from tisu.loop.faults import Conflict
from tisu.loop.kinds import Kind, Panel
from tisu.loop.models import Event, Matter
from tisu.loop.queries import OVERSIGHT_ROLES
from tisu.loop.reasons import told_outside
from tisu.loop.register import rest_title
from tisu.loop.stages import Result, Screening, Stage
from tisu.loop.walls import wall_alike
from tisu.voice.forgetting import forget_content
from tisu.voice.models import Channel, Report
from tisu.voice.panels import panels_for
from tisu.voice.services import KIND, nothing_is_left, register_report, write_message


class ReportKind(Kind):
    """A report of the direct line (直通车): screened first, then handled like any matter."""

    code = KIND
    label = gettext_lazy("report")
    is_screened = True

    def may_open(self, standing: Standing) -> bool:
        return standing.has(*OVERSIGHT_ROLES)

    def open(
        self,
        *,
        actor: Any,
        title: str,
        text: str,
        region: str,
        enterprise: Any,
        unit_id: int | None,
        parent: Matter | None = None,
    ) -> Matter:
        """Entered by an officer for someone on the phone who leaves no name; nobody holds a receipt of it."""
        report = register_report(
            title=title,
            text=text,
            region=region,
            channel=Channel.PHONE,
            anonymous=True,
            actor=actor,
            enterprise=enterprise,
            taken_by=actor.user,
            opened_by_unit_id=unit_id,
            parent=parent,
        )
        return report.matter

    def guard(self, performance: Any) -> None:
        """Nobody can do more with a discipline report than hand it over, and nothing typed brings its words in again."""
        if performance.matter.screened_as != Screening.DISCIPLINE or performance.action.is_for_rules:
            return
        if performance.action.code != "hand_over":
            raise Conflict(nothing_is_left())
        performance.body.pop("reason", None)

    def on_move(self, performance: Any, event: Event) -> None:
        if act := ON_MOVE.get(performance.action.code):
            with translation.override(settings.LANGUAGE_CODE):
                act(performance, performance.matter.report)

    def open_rest(self, performance: Any) -> None:
        """The rest is a part of the same report, under the same walls and the same receipt."""
        done = performance.matter
        text = performance.data["rest"] or done.text
        rest = _part(performance, done.report, title=rest_title(done), text=text)
        wall_alike(rest.matter, done.walls.standing())

    def on_parent_ended(self, matter: Matter, performance: Any) -> None:
        """What became of the report with which this one was handled; never which one that was."""
        with translation.override(settings.LANGUAGE_CODE):
            words = _("The reports that were handled together have ended: %(result)s.")
            result = Result(performance.matter.result).label if performance.matter.result else _("cancelled")
            _tell(performance, matter.report, words % {"result": result})

    def panels(self, matter: Matter, user: Any) -> Iterable[Panel]:
        return panels_for(matter, user)


def _screened(act: Any, report: Report) -> None:
    """Keep who is accused and who could solve it; of a discipline report keep nothing.

    Whoever is walled from a part is walled from what it was split from, where the same words stand.
    """
    if act.data["kind"] == Screening.DISCIPLINE:
        forget_content(report)
        return
    walls = list(act.matter.walls.standing())
    walled = {wall.unit_id for wall in walls}
    for origin in report.split_from():
        wall_alike(origin.matter, walls)
    responsible = act.data["responsible_unit"] or report.responsible_unit
    report.accused_unit = act.data["accused_unit"] or report.accused_unit
    report.responsible_unit = None if responsible and responsible.pk in walled else responsible
    report.save(update_fields=["accused_unit", "responsible_unit"])


def _handed_over(act: Any, report: Report) -> None:
    """Where it went and why; of a discipline report only where, in words that no one typed."""
    if report.is_discipline:
        words = _("Your report was handed over to %(to)s, which alone decides on it.")
    else:
        words = _("Your report was handed over to %(to)s. %(reason)s")
    _tell(act, report, words % {"to": act.body["to_name"], "reason": act.data["reason"]})


def _not_accepted(act: Any, report: Report) -> None:
    words = _("Your report was not accepted. The reason: %(reason)s")
    _tell(act, report, words % {"reason": act.data["reason"]})


def _passed(act: Any, report: Report) -> None:
    """The result and what was done, as the unit submitted it and the verifier found it right."""
    submitted = Event.objects.filter(matter=act.matter, action="submit").select_related("content").last()
    words = _("Your report was closed as “%(result)s”. %(summary)s")
    summary = (submitted.content.body or {}).get("summary", "")
    _tell(act, report, words % {"result": Result(act.matter.result).label, "summary": summary})


def _split(act: Any, report: Report) -> None:
    """One registered matter per text, under the same walls; the reporter follows all by the one receipt."""
    walls = list(act.matter.walls.standing())
    for text in act.data["texts"]:
        part = _part(act, report, title="", text=text)
        wall_alike(part.matter, walls)


def _part(act: Any, report: Report, *, title: str, text: str) -> Report:
    """A part of a report: followed by the same receipt, with the report's matter as its parent."""
    return register_report(
        title=title,
        text=text,
        topic=report.topic,
        region=act.matter.region_id,
        channel=report.channel,
        anonymous=report.anonymous,
        actor=act.actor,
        accused=report.accused_unit,
        responsible=report.responsible_unit,
        enterprise=report.enterprise,
        requester=act.matter.requester,
        taken_by=report.taken_by,
        opened_by_unit_id=act.matter.opened_by_unit_id,
        parent=act.matter,
        origin=report.root,
    )


def _told_of_hold(act: Any, report: Report) -> None:
    """Whoever reported is told why the clock stands, or that the day has moved (loop.md §1, rows 13 and 14)."""
    until, due = act.body.get("until"), act.body.get("due_now")
    if until:
        words = _("Work on your report waits until %(until)s: %(reason)s. It is now due on %(due)s.")
        reason = told_outside(act.matter.requests.get(number=act.data["request"]).reason)
        _tell(act, report, words % {"until": until, "reason": reason, "due": due})
    elif due:
        _tell(act, report, _("Your report needs more time: it is now due on %(due)s.") % {"due": due})
    elif act.matter.stage == Stage.CANCELLED:
        _tell(act, report, _("Work on your report has been ended. The reason: %(reason)s") % act.body)


def _resumed(act: Any, report: Report) -> None:
    words = _("Work on your report goes on. It is due on %(due)s.")
    _tell(act, report, words % {"due": act.body["due_now"]})


def _merged(act: Any, report: Report) -> None:
    _tell(act, report, _("Others reported the same: your report is handled together with theirs."))


def _reopened(act: Any, report: Report) -> None:
    _tell(act, report, _("Your report has been taken up again."))


def _tell(act: Any, report: Report, words: str) -> None:
    write_message(report=report, text=words, signed=act.actor.signed, from_reporter=False)


ON_MOVE = {
    "screen": _screened,
    "hand_over": _handed_over,
    "refuse_acceptance": _not_accepted,
    "split": _split,
    "pass": _passed,
    "grant": _told_of_hold,
    "resume": _resumed,
    "merge": _merged,
    "reopen": _reopened,
}
