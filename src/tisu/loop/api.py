"""Matters over HTTP (architecture.md §2). Pages and API read the same filters and go through the same door."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict

from tisu.foundation.numbering import as_number
from tisu.foundation.paging import keyset_page
from tisu.loop import papers
from tisu.loop.actor import person
from tisu.loop.describe import clocks_for, describe_action, events_for, requests_for
from tisu.loop.faults import NotVisible
from tisu.loop.filters import filtered_matters
from tisu.loop.models import Matter
from tisu.loop.perform import perform
from tisu.loop.services import open_by_hand
from tisu.loop.suiting import suitable

router = Router(tags=["matters"])


class MatterItem(Schema):
    """A matter as lists show it. `light` is the verdict's once closed, null for what was screened out; times carry their offset."""

    number: str
    title: str
    kind: str
    stage: str
    light: str | None
    verdict: str | None
    due_at: datetime | None
    provisional: bool
    lead_unit: str | None
    co_units: list[str]
    version: int
    result: str | None
    cycle: int


class MatterDetail(MatterItem):
    text: str
    events: list[dict[str, Any]]
    documents: list[dict[str, Any]]
    clocks: list[dict[str, Any]]
    requests: list[dict[str, Any]]
    actions: list[dict[str, Any]]


class MatterPage(Schema):
    items: list[MatterItem]
    next: str | None


class NewMatter(Schema):
    model_config = ConfigDict(extra="forbid")

    kind: str
    title: str
    text: str
    enterprise: str | None = None
    documents: list[str] = []
    after: str | None = None


class Registered(Schema):
    number: str
    version: int


class Act(Schema):
    """Read loosely here, so that perform() checks it in its own order: 404, 403, 409, 422."""

    data: Any = None
    expected_version: Any = None


@router.get("/matters", response=MatterPage, summary="Matters that the caller may see")
def list_matters(request: HttpRequest) -> dict:
    rows = filtered_matters(request).for_rows()
    items, following = keyset_page(rows, request)
    return {"items": [item_of(matter) for matter in items], "next": following}


@router.post("/matters", response={201: Registered}, summary="Register a matter by hand")
def register(request: HttpRequest, new: NewMatter) -> Status:
    matter = open_by_hand(
        user=request.user,
        kind=new.kind,
        title=new.title,
        text=new.text,
        enterprise=new.enterprise,
        documents=new.documents,
        after=new.after,
    )
    return Status(201, {"number": matter.number, "version": matter.version})


@router.get(
    "/matters/{number}", response=MatterDetail, summary="One matter with its events, clocks and actions"
)
def read_matter(request: HttpRequest, number: str) -> dict:
    return detail_of(_visible(request.user, number), request.user)


@router.post("/matters/{number}/actions/{action}", response=MatterDetail, summary="Carry out one action")
def act(request: HttpRequest, number: str, action: str, body: Act) -> dict:
    matter = _visible(request.user, number)
    done = perform(
        matter, action, actor=person(request.user), data=body.data, expected_version=body.expected_version
    )
    return detail_of(Matter.objects.for_acting().get(pk=done.pk), request.user)


def _visible(user, number: str) -> Matter:
    matter = Matter.objects.visible_to(user).for_acting().filter(number=as_number(number)).first()
    if matter is None:
        raise NotVisible(_("There is no such matter, or it is not yours to see."))
    return matter


def item_of(matter: Matter) -> dict[str, Any]:
    return {
        "number": matter.number,
        "title": matter.title,
        "kind": matter.kind,
        "stage": matter.stage,
        "light": matter.light,
        "verdict": matter.verdict or None,
        "due_at": matter.due_at,
        "provisional": matter.provisional,
        "lead_unit": matter.lead.unit.code if matter.lead else None,
        "co_units": [row.unit.code for row in matter.co_assignments],
        "version": matter.version,
        "result": matter.result or None,
        "cycle": matter.cycle,
    }


def detail_of(matter: Matter, user) -> dict[str, Any]:
    actor = person(user)
    return item_of(matter) | {
        "text": matter.text,
        "events": events_for(matter, user),
        "documents": papers.told(papers.attached(matter, user)),
        "clocks": clocks_for(matter, user),
        "requests": requests_for(matter, user),
        "actions": [describe_action(action, matter) for action in suitable(matter, actor)],
    }
