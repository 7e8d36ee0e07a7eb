"""The units of the county, as other systems name them."""

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema

from tisu.foundation.paging import keyset_page
from tisu.orgs.models import Unit, within

router = Router(tags=["register"])


class UnitItem(Schema):
    code: str
    name: str
    short_name: str
    region: str
    duty: str


class UnitPage(Schema):
    items: list[UnitItem]
    next: str | None


@router.get("/units", response=UnitPage, summary="Units in force, of the instance's region or a part of it")
def list_units(request: HttpRequest, region: str = "") -> dict:
    rows = Unit.objects.on().filter(within("region_id", region or settings.REGION))
    items, following = keyset_page(rows, request)
    return {"items": [item_of(unit) for unit in items], "next": following}


def item_of(unit: Unit) -> dict[str, str]:
    return {
        "code": unit.code,
        "name": unit.name,
        "short_name": unit.short_name,
        "region": unit.region_id,
        "duty": unit.duty,
    }
