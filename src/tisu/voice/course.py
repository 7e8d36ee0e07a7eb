"""What a receipt tells and lets do: how far the report is, the dialogue, the rating."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.signatures import as_read
from tisu.loop.actor import reporter
from tisu.loop.faults import Conflict, Unacceptable
from tisu.loop.forms import RateForm
from tisu.loop.models import Matter, Rating
from tisu.loop.perform import perform
from tisu.loop.stages import SCREENED_OUT, Result, Stage
from tisu.voice import receipts
from tisu.voice.models import Message, Report
from tisu.voice.naming import name_reporter
from tisu.voice.services import write_as_reporter

RANK = {stage: place for place, stage in enumerate(Stage.values)}
MOST_RATINGS = 2  # one, and one change of it (loop.md §1, row 21)


@dataclass(frozen=True)
class Course:
    """How far a report is, as its reporter may know it."""

    stage: str
    messages: list[dict[str, Any]]
    may_rate: bool
    new_receipt: str | None = None
    may_leave_name: bool = False


@transaction.atomic
def look_up(*, code: str) -> Course:
    """What the receipt tells. NotVisible, with one sentence, for everything that is no live receipt."""
    receipt = receipts.find(code)
    return course_of(receipt.report, new_receipt=receipts.next_code(receipt, code))


@transaction.atomic
def add_message(*, code: str, text: str) -> Course:
    """A line from whoever holds the receipt."""
    receipt = receipts.find(code)
    write_as_reporter(report=receipt.report, text=text)
    return course_of(receipt.report, new_receipt=receipts.next_code(receipt, code))


@transaction.atomic
def leave_name(*, code: str, contact: str) -> Course:
    """Whoever reported anonymously says after all how to be reached: by the receipt alone, and once.

    Not with a receipt that an officer wrote down: nobody of the staff adds a name to a report.
    """
    receipt = receipts.find(code)
    if receipt.rotates:
        raise Conflict(_("An officer has seen this receipt: leave your name with the new one."))
    name_reporter(report=receipt.report, contact=contact)
    return course_of(receipt.report)


@transaction.atomic
def rate(*, code: str, solved: Any, satisfaction: Any, text: Any = "") -> Course:
    """Rate what was handled: each closed part not yet rated; if none is left, change the ratings once.

    A rating sent twice over is the same rating. NotVisible, Conflict or Unacceptable otherwise.
    """
    receipt = receipts.find(code)
    given = {"solved": solved, "satisfaction": satisfaction, "text": text or ""}
    for part in _to_rate(receipt.report, given):
        perform(part.matter_id, "rate", actor=reporter(part.matter_id), data=given, expected_version=None)
    return course_of(receipt.report, new_receipt=receipts.next_code(receipt, code))


def course_of(report: Report, *, new_receipt: str | None = None) -> Course:
    """The least advanced of the parts speaks for the whole."""
    parts = parts_of(report)
    return Course(
        stage=min((part.matter.stage for part in parts), key=RANK.__getitem__),
        messages=[line(row) for row in dialogue(report)],
        may_rate=any(_ratings(part) < MOST_RATINGS for part in _handled(parts)),
        new_receipt=new_receipt,
        may_leave_name=report.anonymous and new_receipt is None and not report.is_discipline,
    )


def parts_of(report: Report) -> list[Report]:
    """What is left to follow: the report itself, or the parts it was split into."""
    rows = [report, *report.parts.select_related("matter").order_by("pk")]
    return [row for row in rows if row.matter.result != Result.SPLIT]


def dialogue(report: Report):
    """Every line with this reporter, also those that concern one part."""
    return Message.objects.filter(report__in=[report, *report.parts.all()])


def line(row: Message) -> dict[str, Any]:
    return {
        "from_reporter": row.from_reporter,
        "by": as_read(row.signed),
        "text": row.text,
        "at": clock.local(row.at),
    }


def _handled(parts: list[Report]) -> list[Report]:
    return [
        part for part in parts if part.matter.stage == Stage.CLOSED and part.matter.result not in SCREENED_OUT
    ]


def _ratings(part: Report) -> int:
    return Rating.objects.filter(matter=part.matter_id, cycle=part.matter.cycle).count()


def _to_rate(report: Report, given: dict[str, Any]) -> list[Report]:
    """The parts this rating is for. Where there is none, one whose refusal says why."""
    parts = parts_of(report)
    handled = _handled(parts)
    unrated = [part for part in handled if not _ratings(part)]
    if unrated or not handled:
        return unrated or [min(parts, key=lambda part: RANK[part.matter.stage])]
    cleaned = _checked(handled[0].matter, given)
    return [part for part in handled if not _is_last(part, cleaned)]


def _checked(matter: Matter, given: dict[str, Any]) -> dict[str, Any]:
    form = RateForm(data=given, matter=matter)
    if form.is_valid():
        return form.cleaned_data
    errors = {name: list(faults) for name, faults in form.errors.items()}
    raise Unacceptable(str(next(iter(errors.values()))[0]), errors)


def _is_last(part: Report, cleaned: dict[str, Any]) -> bool:
    last = Rating.objects.filter(matter=part.matter_id, cycle=part.matter.cycle).last()
    return all(getattr(last, name) == value for name, value in cleaned.items())
