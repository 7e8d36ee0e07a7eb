"""What a promise's page says: facts, deliverables with how far each is, reviews, and the course of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.documents.models import Attachment
from tisu.documents.words import paper_of
from tisu.foundation.listed import listed
from tisu.foundation.money import yuan_words
from tisu.foundation.signatures import as_read
from tisu.loop.models import Matter
from tisu.promises.models import Deliverable, Progress, Promise, Step
from tisu.promises.moves import WORDS
from tisu.promises.papers import about
from tisu.promises.powers import is_beyond_charge, reads_promises
from tisu.promises.reviewing import reviews_asked_of
from tisu.promises.states import Benefit, Level
from tisu.web.templatetags.web import han_date, iso_date

WAY = (Progress.TO_ACCEPT, Progress.UNDER_WAY, Progress.REPORTED, Progress.DONE)
ANSWERS = "answer_"


def facts_of(promise: Promise, user: User) -> list[dict[str, Any]]:
    rows = [
        {"label": _("Promised to"), "value": promise.enterprise, "url": _firm_url(promise)},
        {"label": _("Promised by"), "value": promise.maker},
        {"label": _("Holder at the time"), "value": listed(map(str, promise.holders_then()))},
        {"label": _("Promised on"), "value": iso_date(promise.given_on)},
        {"label": _("To be kept by"), "value": iso_date(promise.due_on), "light": promise.light},
        {"label": _("Given as"), "value": promise.get_form_display()},
        {"label": _("Where it was made"), "value": promise.place},
        {"label": _("Who wrote it down"), "value": promise.source},
        {"label": _("Responsible unit"), "value": promise.unit},
        {"label": _("Money"), "value": yuan_words(promise.amount) if promise.amount is not None else ""},
        {"label": _("Legal basis"), "value": _basis(promise)},
        {"label": _("For this firm alone"), "value": _benefit(promise)},
    ]
    return [row for row in rows if row["value"]]


def _firm_url(promise: Promise) -> str:
    firm = promise.enterprise
    return reverse("enterprises:detail", args=[firm.credit_code]) if firm else ""


def _basis(promise: Promise) -> str:
    if promise.level == Level.NONE:
        return ""
    return f"{promise.get_level_display()} · {promise.basis}"


def _benefit(promise: Promise) -> str:
    return "" if promise.benefit == Benefit.NONE else str(promise.get_benefit_display())


# --- Deliverables ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A deliverable with its way: each station done, now or to come. Nothing of it where a wall stands before its matter."""

    text: str
    due_on: Any
    unit: str
    progress: Progress | None
    number: str
    url: str
    light: str

    @property
    def way(self) -> list[dict[str, Any]]:
        if self.progress is None or self.progress == Progress.NOT_DONE:
            return []
        here = WAY.index(self.progress)
        last = len(WAY) - 1
        return [
            {
                "label": station.label,
                "state": "done" if place < here or here == last else "now" if place == here else "todo",
            }
            for place, station in enumerate(WAY)
        ]


def lines_of(promise: Promise, user: User) -> list[Line]:
    rows = list(promise.deliverables.select_related("matter").prefetch_related("matter__assignments__unit"))
    keys = [row.matter_id for row in rows]
    own = Matter.objects.visible_to(user).filter(pk__in=keys)
    open_to = set(own.values_list("pk", flat=True))
    outside = Matter.objects.filter(pk__in=keys).outside_walls(standing_of(user))
    unwalled = set(outside.values_list("pk", flat=True))
    return [_line(row, row.matter_id in open_to, row.matter_id in unwalled) for row in rows]


def _line(row: Deliverable, is_open: bool, is_unwalled: bool) -> Line:
    matter = row.matter
    return Line(
        text=row.text,
        due_on=row.due_on,
        unit=str(matter.lead.unit) if is_unwalled and matter.lead else "",
        progress=row.progress if is_unwalled else None,
        number=matter.number if is_open else "",
        url=reverse("loop:matter", args=[matter.number]) if is_open else "",
        light=(matter.light or "") if is_unwalled else "",
    )


# --- Reviews ---------------------------------------------------------------------------------------------


def reviews_of(promise: Promise, user: User) -> list[dict[str, Any]]:
    """What the law of its day asks for, for staff: the firm reads what came of it, not how offices argued."""
    if not reads_promises(user):
        return []
    return [
        {
            "label": asked.rule.title,
            "law": asked.rule.law,
            "since": asked.rule.since,
            "finding": asked.review.get_finding_display() if asked.review else _("not yet"),
            "passes": asked.passes,
            "opinion": asked.review.opinion if asked.review else "",
            "basis": asked.review.basis if asked.review else "",
        }
        for asked in reviews_asked_of(promise)
    ]


def doubts_about(promise: Promise, user: User) -> list[str]:
    """What whoever reviews it should look at."""
    if not reads_promises(user) or not promise.is_open:
        return []
    doubts = []
    if is_beyond_charge(promise):
        doubts.append(
            _(
                "%(unit)s is not in the charge of %(post)s: the review says whether the post could promise this."
            )
            % {"unit": promise.unit, "post": promise.maker}
        )
    if promise.enterprise and promise.enterprise.deregistered_on:
        doubts.append(
            _("%(firm)s was deregistered on %(day)s: nobody can confirm it any more.")
            % {"firm": promise.enterprise, "day": han_date(promise.enterprise.deregistered_on)}
        )
    return doubts


# --- The course of it ------------------------------------------------------------------------------------


def course_of(promise: Promise, user: User) -> list[dict[str, Any]]:
    """Newest first. What offices say to each other is not the firm's to read."""
    steps: Iterable[Step] = promise.steps.all()
    if not reads_promises(user):
        steps = [step for step in steps if step.for_firm]
    said = iter(promise.confirmations.all())
    papers = _papers(promise, user)
    return [_entry(step, said, papers) for step in steps][::-1]


def _entry(step: Step, said: Any, papers: dict[int, list]) -> dict[str, Any]:
    is_answer = step.code.startswith(ANSWERS)
    answer = next(said, None) if is_answer else None
    return {
        "when": step.at,
        "who": as_read(step.signed),
        "verb": WORDS[step.code],
        "text": (answer.words if answer else step.words) or "",
        "kind": "human" if is_answer or step.words else "system",
        "documents": papers.get(step.version, []),
    }


def _papers(promise: Promise, user: User) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    rows = Attachment.objects.on(about(promise)).visible_to(user).select_related("document")
    for row in rows.order_by("at", "pk"):
        found.setdefault(row.at, []).append(paper_of(row.document))
    return found
