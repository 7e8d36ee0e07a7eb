"""Task forces in the reader's words."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tisu.foundation import clock
from tisu.foundation.listed import listed
from tisu.loop.models import Matter
from tisu.support.models import FactorRequest, RiskList, TaskForce
from tisu.web.tables import BLANK, Cell, Column, Table
from tisu.web.templatetags.web import han_date, iso_date


def table_of(items: Iterable[TaskForce]) -> Table:
    columns = [
        Column(_("Task force"), "title"), Column(_("Led by")), Column(_("Member units")), Column(_("Begins on"), "date"),
        Column(_("Ends or is reviewed"), "date"), Column(_("State"), "word"),
    ]  # fmt: skip
    return Table(columns, [_row(item) for item in items])


def _row(item: TaskForce) -> list[Any]:
    return [
        Cell(item.name, reverse("support:force", args=[item.pk])),
        str(item.lead),
        listed(item.members.all()),
        iso_date(item.since),
        iso_date(item.due_on),
        state_of(item),
    ]


def state_of(force: TaskForce) -> str:
    if force.is_dissolved:
        if force.is_on_time:
            return pgettext("task force", "dissolved on time")
        return pgettext("task force", "dissolved late")
    if force.is_overdue:
        return pgettext("task force", "past its day")
    return pgettext("task force", "at work")


def facts_of(force: TaskForce, user: Any) -> list[dict[str, Any]]:
    rows = [
        {"label": _("Led by"), "value": str(force.lead)},
        {"label": _("Member units"), "value": listed(force.members.all())},
        {"label": _("Begins on"), "value": han_date(force.since)},
        {"label": _("Ends on"), "value": han_date(force.ends_on)},
        {"label": _("Reviewed on"), "value": han_date(force.review_on)},
        {"label": _("State"), "value": state_of(force)},
        {"label": _("Dissolved on"), "value": han_date(force.dissolved_on)},
        *_of_request(force, user),
    ]
    return [row for row in rows if row["value"]]


def _of_request(force: TaskForce, user: Any) -> list[dict[str, Any]]:
    request = force.request
    if request is None or not FactorRequest.objects.visible_to(user).filter(pk=request.pk).exists():
        return []
    url = reverse("loop:matter", args=[request.matter.number])
    return [{"label": _("For the request"), "value": request.matter.title, "url": url}]


def course_of(force: TaskForce, tasks: Iterable[Matter]) -> list[dict[str, Any]]:
    """What happened, newest first: day, what, who, and what was said."""
    lines = [_line(clock.local_day(force.set_up_at), pgettext("task force", "Set up"), force.signed)]
    lines += [
        _line(row.on, _("It goes on"), row.signed, _next_day(row) + row.reason)
        for row in force.continuations.all()
    ]
    for task in tasks:
        lines.append(_line(clock.local_day(task.registered_at), _("Task given"), "", task.title))
        if task.closed_at:
            lines.append(_line(clock.local_day(task.closed_at), _("Task closed"), "", task.title))
    if force.risk_list:
        lines += _seen_to(force.risk_list)
    if force.is_dissolved:
        lines.append(_line(force.dissolved_on, _("Dissolved"), force.dissolved_by, force.result))
    return sorted(lines, key=lambda line: line["day"], reverse=True)


def _seen_to(risks: RiskList) -> list[dict[str, Any]]:
    """What one hand saw to on one day is one line."""
    together: dict[tuple[date, str], list[str]] = defaultdict(list)
    for risk in risks.risks.exclude(done_on=None):
        together[risk.done_on, risk.signed].append(risk.risk)
    return [_line(day, _("Risk seen to"), signed, listed(named)) for (day, signed), named in together.items()]


def _next_day(row: Any) -> str:
    day = min(day for day in (row.ends_on, row.review_on) if day)
    return _("to %(day)s: ") % {"day": han_date(day)}


def _line(day: date, what: str, who: str, text: str = "") -> dict[str, Any]:
    return {"day": day, "what": what, "who": who, "text": text}


def risks_of(risks: RiskList | None, *, may_settle: bool) -> dict[str, Any] | None:
    """The list as a table, with how many of its points are done, and where one is settled or added."""
    if risks is None:
        return None
    rows = list(risks.risks.select_related("owner"))
    columns = [
        Column(pgettext("risk list", "Risk"), "title"), Column(pgettext("risk list", "Measure")), Column(_("Whose it is"), "word"),
        Column(_("Done on"), "date"),
    ]  # fmt: skip
    return {
        "table": Table(columns, [_risk(row, may_settle) for row in rows]),
        "done": sum(1 for row in rows if row.done_on),
        "all": len(rows),
        "add_url": reverse("support:risk-new", args=[risks.pk]) if may_settle else "",
    }


def _risk(row: Any, may_settle: bool) -> list[Any]:
    url = reverse("support:risk", args=[row.pk]) if may_settle else ""
    return [Cell(row.risk, url), row.measure, str(row.owner or BLANK), iso_date(row.done_on) or BLANK]
