"""Firms entered as the office enters them."""

import pytest

from tisu.enterprises.demo import synthetic_code
from tisu.enterprises.models import Enterprise, Park
from tisu.enterprises.services import register_firm
from tisu.orgs.models import Region


@pytest.fixture
def enter(county):
    """`enter("示例丙厂", place=3)`: a firm that the office entered, with a code of the synthetic range."""

    def _enter(name: str, *, place: int, **facts) -> Enterprise:
        facts = {"region": Region.objects.get(code="422826101"), "source": "示例"} | facts
        return register_firm(
            actor=county.people["office"], credit_code=synthetic_code(place), name=name, **facts
        )

    return _enter


@pytest.fixture
def park(county) -> Park:
    return Park.objects.create(name="忠堡镇工业园区", region_id="422826101")


@pytest.fixture
def typed() -> dict[str, str]:
    """A firm as a clerk types it."""
    return {
        "credit_code": synthetic_code(3), "name": "示例丙茶业有限公司", "legal_kind": "company", "region": "422826101",
        "park": "", "address": "示例路3号", "industry": "15", "business": "茶叶加工", "registered_capital": "500万元",
        "started_on": "2015-03-01", "parent": "", "source": "示例名单",
    }  # fmt: skip
