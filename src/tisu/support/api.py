"""Requests for production factors over HTTP: the rows of the list, under the same filters."""

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema

from tisu.foundation.listed import listed
from tisu.foundation.paging import keyset_page
from tisu.loop.faults import Unacceptable
from tisu.support.filters import RequestFilter
from tisu.support.models import FactorRequest
from tisu.support.units import MEASURES

router = Router(tags=["support"])


class Amount(Schema):
    """Whole numbers of the smallest part of the measure; `one` of them make the unit, `said` is in the caller's words."""

    parts: int
    one: int
    said: str


class RequestItem(Schema):
    number: str
    title: str
    firm: str | None
    uscc: str | None
    factor: str
    case: str | None
    measure: str | None
    basis: str | None
    asked: Amount | None
    granted: Amount | None
    used: Amount | None
    level: str
    state: str
    stage: str
    asked_on: date
    needed_by: date
    lead_unit: str | None


class RequestPage(Schema):
    items: list[RequestItem]
    next: str | None


@router.get("/support/requests", response=RequestPage, summary="Requests that the caller may see")
def list_requests(
    request: HttpRequest,
    q: str = "",
    factor: str = "",
    state: str = "",
    level: str = "",
    unit: str = "",
    needed_before: str = "",
) -> dict:
    """`state` also takes `open`. A filter that cannot be read is 422 and names itself."""
    wanted = RequestFilter(request.GET, user=request.user)
    if not wanted.is_valid():
        errors = {name: list(faults) for name, faults in wanted.errors.items()}
        raise Unacceptable(_("A filter could not be read: %(names)s.") % {"names": listed(errors)}, errors)
    rows = wanted.narrowed(FactorRequest.objects.visible_to(request.user))
    items, following = keyset_page(rows.for_rows(), request)
    return {"items": [item_of(item) for item in items], "next": following}


def item_of(item: FactorRequest) -> dict:
    matter, firm = item.matter, item.enterprise
    return {
        "number": matter.number,
        "title": matter.title,
        "firm": firm.name if firm else None,
        "uscc": firm.credit_code if firm else None,
        "factor": item.factor,
        "case": item.case or None,
        "measure": item.measure or None,
        "basis": item.basis or None,
        "asked": _amount(item, item.asked),
        "granted": _amount(item, item.granted),
        "used": _amount(item, item.used),
        "level": item.level,
        "state": item.state,
        "stage": matter.stage,
        "asked_on": item.asked_on,
        "needed_by": item.needed_by,
        "lead_unit": matter.lead.unit.code if matter.lead else None,
    }


def _amount(item: FactorRequest, parts: int | None) -> dict | None:
    if parts is None:
        return None
    return {"parts": parts, "one": MEASURES[item.measure].one, "said": item.said(parts)}
