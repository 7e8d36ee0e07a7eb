"""What the direct line adds to the matter page: the original for the office, the dialogue for both sides."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.accounts.standing import standing_of
from tisu.loop.kinds import Panel
from tisu.loop.models import Matter
from tisu.loop.queries import OVERSIGHT_ROLES
from tisu.voice.asks import ask_of, own_ask
from tisu.voice.course import dialogue, line
from tisu.voice.entitled import may_open_identity, own_openings, waiting_for
from tisu.voice.forms import ReasonForm, WordsForm
from tisu.voice.hotline.orders import meaning_of
from tisu.voice.models import Message, Report
from tisu.web.templatetags.web import han_date


def panels_for(matter: Matter, user: Any) -> Iterator[Panel]:
    """Units get neither: what they work from is the matter's own text."""
    report = Report.objects.select_related("accused_unit", "responsible_unit").get(matter=matter)
    if standing_of(user).has(*OVERSIGHT_ROLES):
        yield _original(report, user)
        lines = Message.objects.filter(report__in={report.pk, report.root.pk})
        yield _dialogue(report, within_walls(lines, user), us=False)
    elif matter.requester_id == user.pk:
        yield _dialogue(report, within_walls(dialogue(report.root), user), us=True)


def within_walls(lines: QuerySet[Message], user: Any) -> QuerySet[Message]:
    """Without what was said about a whole or another part that this reader is walled from."""
    concerned = set(lines.order_by().values_list("report__matter", flat=True))
    seen = Matter.objects.filter(pk__in=concerned).outside_walls(standing_of(user))
    return lines.filter(report__matter__in=seen)


def _original(report: Report, user: Any) -> Panel:
    return Panel(
        code="original",
        label=_("As it was reported"),
        template="voice/original.html",
        context={
            "original": report.text,
            "original_title": report.title,
            "facts": _facts(report),
        }
        | _openings(report, user),
    )


def _openings(report: Report, user: Any) -> dict[str, Any]:
    """What others want to open here, one's own request or opening, or else the form to ask with."""
    if report.anonymous or report.is_discipline:
        return {}
    mine = [row for row in own_openings(user) if row.report_id == report.pk]
    asks_now = not mine and may_open_identity(user, report)
    return {
        "asks": [
            *(ask_of(row) for row in waiting_for(user) if row.report_id == report.pk),
            *map(own_ask, mine),
        ],
        "identity_form": ReasonForm() if asks_now else None,
        "identity_url": reverse("voice:ask-identity", args=[report.matter.number]),
    }


def _facts(report: Report) -> list[dict[str, Any]]:
    """Only what was said."""
    rows = [
        {"label": _("Channel"), "value": report.get_channel_display()},
        {"label": _("Reporter"), "value": _("anonymous") if report.anonymous else _("named")},
        {"label": _("Accused unit"), "value": report.accused_unit},
        {"label": _("Unit that could solve it"), "value": report.responsible_unit},
        {"label": _("Firm"), "value": report.enterprise},
        {"label": _("Topic"), "value": report.topic},
        *_facts_of_order(report),
    ]
    return [row for row in rows if row["value"]]


def _facts_of_order(report: Report) -> Iterator[dict[str, Any]]:
    """The hotline's number and day, and what its category probably is."""
    order = getattr(report, "work_order", None)
    if order is None:
        return
    meaning = meaning_of(order.category, report.matter.region_id)
    yield {"label": _("Work order"), "value": order.number}
    yield {"label": _("Category of the hotline"), "value": order.category}
    yield {"label": _("Probably"), "value": meaning and meaning.get_screening_display()}
    yield {"label": _("Received by the hotline on"), "value": han_date(order.received_on)}
    yield {"label": _("The hotline expects an answer by"), "value": han_date(order.due_on)}


def _dialogue(report: Report, rows: Any, *, us: bool) -> Panel:
    """`us`: the reader is the reporter, whose own lines stand on the right."""
    return Panel(
        code="dialogue",
        label=_("Dialogue with the office") if us else _("Dialogue with the reporter"),
        template="voice/dialogue.html",
        tab=True,
        context={
            "messages": bubbles(map(line, rows), reporter_reads=us),
            "audience": _("The office and supervision read this.")
            if us
            else _("The reporter reads this. Units do not."),
            "words_form": None if report.is_discipline else WordsForm(),
            "words_url": reverse("voice:say", args=[report.matter.number]),
        },
    )


def bubbles(lines: Iterable[dict[str, Any]], *, reporter_reads: bool) -> list[dict[str, Any]]:
    """Lines for the bubbles component: one's own on the side called `us`."""
    return [
        {
            "side": "us" if each["from_reporter"] == reporter_reads else "them",
            "who": each["by"],
            "when": each["at"],
            "text": each["text"],
        }
        for each in lines
    ]
