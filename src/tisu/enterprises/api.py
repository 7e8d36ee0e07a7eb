"""The register of firms over HTTP: the same rows as the pages."""

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.responses import Status

from tisu.enterprises.finding import page_found_by
from tisu.enterprises.models import Enterprise, compact_credit_code
from tisu.foundation.paging import keyset_page
from tisu.web.problem import problem

router = Router(tags=["register"])
COUNTY = 6  # digits of a county's code; what is longer is a township


class EnterpriseItem(Schema):
    """`merged` are credit codes that lead here, of rows found to be the same firm."""

    uscc: str
    name: str
    region: str
    township: str | None
    industry: str
    industry_code: str | None
    status: str
    above_scale: bool
    merged: list[str]


class EnterprisePage(Schema):
    items: list[EnterpriseItem]
    next: str | None


@router.get("/enterprises", response=EnterprisePage, summary="Firms that the caller may see")
def list_enterprises(request: HttpRequest, q: str = "") -> dict:
    """`q` takes a name, a credit code or pinyin."""
    if q.strip():
        items, following = page_found_by(q, request)
    else:
        items, following = keyset_page(Enterprise.objects.visible_to(request.user).for_rows(), request)
    prefetch_related_objects(items, Prefetch("merged", Enterprise.objects.order_by()))
    return {"items": [item_of(firm) for firm in items], "next": following}


@router.get("/enterprises/{uscc}", response={200: EnterpriseItem}, summary="One firm by its credit code")
def read_enterprise(request: HttpRequest, uscc: str) -> Status | HttpResponse:
    """A code in lower case or full width is the same code; that of a merged row gives the firm it was merged into."""
    rows = Enterprise.objects.visible_to(request.user).for_rows()
    firm = rows.answering_to(compact_credit_code(uscc)).first()
    if firm is None:
        return problem(404, _("No firm with this credit code is registered, or it is not yours to see."))
    return Status(200, item_of(firm))


def item_of(firm: Enterprise) -> dict:
    return {
        "uscc": firm.credit_code,
        "name": firm.name,
        "region": firm.region_id,
        "township": firm.region_id if len(firm.region_id) > COUNTY else None,
        "industry": firm.business or (firm.industry.name if firm.industry else ""),
        "industry_code": firm.industry_id,
        "status": firm.status,
        "above_scale": firm.is_above_scale,
        "merged": [row.credit_code for row in firm.merged.all()],
    }
