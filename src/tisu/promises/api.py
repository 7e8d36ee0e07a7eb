"""Promises over HTTP: the same rows and filters as the pages."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema

from tisu.foundation.numbering import as_number
from tisu.foundation.paging import keyset_page
from tisu.loop.faults import NotVisible
from tisu.promises.describe import course_of, lines_of
from tisu.promises.filters import filtered_promises
from tisu.promises.models import Promise

router = Router(tags=["promises"])


class PromiseItem(Schema):
    """`state` is where it stands; `outcome` what became of it, `kept` only by the firm's own word. No day: a slogan."""

    number: str
    text: str
    form: str
    maker: str
    enterprise: str | None
    given_on: date
    due_on: date | None
    unit: str | None
    amount: int | None
    level: str
    basis: str
    state: str
    light: str | None
    outcome: str | None
    version: int


class DeliverableItem(Schema):
    """`progress` and `matter` are null where they are not the caller's to see."""

    text: str
    due_on: date
    progress: str | None
    matter: str | None


class CourseLine(Schema):
    at: datetime
    by: str
    what: str
    text: str


class PromiseDetail(PromiseItem):
    deliverables: list[DeliverableItem]
    course: list[CourseLine]


class PromisePage(Schema):
    items: list[PromiseItem]
    next: str | None


@router.get("/promises", response=PromisePage, summary="Promises that the caller may see")
def list_promises(request: HttpRequest) -> dict:
    """Filters `q`, `state` (also `open`, `overdue`, `slogan`), `unit`, `form`, `firm`, `due_from`, `due_until`."""
    items, following = keyset_page(filtered_promises(request).for_rows(), request)
    return {"items": [item_of(row) for row in items], "next": following}


@router.get("/promises/{number}", response=PromiseDetail, summary="One promise with its deliverables")
def read_promise(request: HttpRequest, number: str) -> dict:
    rows = Promise.objects.visible_to(request.user).for_rows()
    promise = rows.filter(number=as_number(number)).first()
    if promise is None:
        raise NotVisible(_("There is no such promise, or it is not yours to see."))
    lines = lines_of(promise, request.user)
    return item_of(promise) | {
        "deliverables": [
            {
                "text": line.text,
                "due_on": line.due_on,
                "progress": line.progress,
                "matter": line.number or None,
            }
            for line in lines
        ],
        "course": [_line_of(entry) for entry in course_of(promise, request.user)],
    }


def item_of(row: Promise) -> dict[str, Any]:
    return {
        "number": row.number,
        "text": row.text,
        "form": row.form,
        "maker": str(row.maker),
        "enterprise": row.enterprise.credit_code if row.enterprise else None,
        "given_on": row.given_on,
        "due_on": row.due_on,
        "unit": row.unit.code if row.unit else None,
        "amount": row.amount,
        "level": row.level,
        "basis": row.basis,
        "state": row.state,
        "light": row.light or None,
        "outcome": row.outcome or None,
        "version": row.version,
    }


def _line_of(entry: dict[str, Any]) -> dict[str, Any]:
    return {"at": entry["when"], "by": entry["who"], "what": str(entry["verb"]), "text": entry["text"]}
