"""The direct line over HTTP (architecture.md §2). Open to strangers; whoever signs in is recognised."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Header, Router, Schema, Status
from pydantic import StrictBool, StrictInt, StrictStr

from tisu.accounts.callers import caller_of
from tisu.voice import course
from tisu.voice.models import Channel
from tisu.voice.once import once
from tisu.voice.roles import takes_reports
from tisu.voice.services import take_report

router = Router(tags=["direct line"])


class NewReport(Schema):
    """What a reporter may say. Nothing else is read, and nothing about the connection is kept."""

    text: StrictStr
    title: StrictStr | None = None
    responsible_unit: StrictStr | None = None
    accused_unit: StrictStr | None = None
    topic: StrictStr | None = None
    enterprise: StrictStr | None = None
    anonymous: StrictBool
    contact: StrictStr | None = None
    documents: list[StrictStr] | None = None
    discipline: StrictBool | None = None


class TakenIn(Schema):
    receipt: str
    number: str


class ByReceipt(Schema):
    receipt: StrictStr


class NewMessage(ByReceipt):
    text: StrictStr


class NewRating(ByReceipt):
    solved: StrictStr
    satisfaction: StrictInt
    text: StrictStr | None = None


class Line(Schema):
    from_reporter: bool
    by: str
    text: str
    at: datetime


class CourseOut(Schema):
    """How far the report is; `new_receipt` takes the place of one that an officer has seen."""

    stage: str
    messages: list[Line]
    may_rate: bool
    new_receipt: str | None = None


@router.post("/reports", auth=None, response={201: TakenIn}, summary="Hand in a report")
def hand_in(
    request: HttpRequest, new: NewReport, idempotency_key: str = Header("", alias="Idempotency-Key")
) -> Status:
    caller, given = caller_of(request), _given(new)
    officer = caller if caller and takes_reports(caller) else None
    reporter = None if officer else caller

    def take() -> dict[str, Any]:
        channel = Channel.PHONE if officer else Channel.API
        taken = take_report(**given, channel=channel, user=reporter, taken_by=officer)
        return {"receipt": taken.receipt_code, "number": taken.report.matter.number}

    # Who hands in an anonymous report is not even part of a digest.
    signed = caller.pk if caller and not new.anonymous else None
    return Status(201, once(idempotency_key, given | {"caller": signed}, take))


@router.post(
    "/reports/lookup",
    auth=None,
    response=CourseOut,
    exclude_none=True,
    summary="How far a report is, by its receipt",
)
def look_up(request: HttpRequest, asked: ByReceipt) -> course.Course:
    return course.look_up(code=asked.receipt)


@router.post(
    "/reports/message", auth=None, response=CourseOut, exclude_none=True, summary="Write to the office"
)
def add_message(request: HttpRequest, new: NewMessage) -> course.Course:
    return course.add_message(code=new.receipt, text=new.text)


@router.post(
    "/reports/rating", auth=None, response=CourseOut, exclude_none=True, summary="Rate what was handled"
)
def rate(request: HttpRequest, new: NewRating) -> course.Course:
    return course.rate(
        code=new.receipt, solved=new.solved, satisfaction=new.satisfaction, text=new.text or ""
    )


def _given(new: NewReport) -> dict[str, Any]:
    """What was really given: a null is the same as a field left out."""
    return {name: value for name, value in new.model_dump().items() if value is not None}
