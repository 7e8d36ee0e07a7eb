"""A firm's matters on its time line: those that the reader may see, from their registration to their end."""

import pytest

from cast import COUNTY
from tisu.loop.actor import person
from tisu.loop.register import register_matter


@pytest.fixture
def firm(county):
    return county.firms[0]


@pytest.fixture
def matter(county, firm):
    return register_matter(
        kind="task", title="协调二期用电", text="请尽快协调。", region=COUNTY, actor=person(county.people["office"]),
        enterprise=firm,
    )  # fmt: skip


def line(firm) -> str:
    return f"/enterprises/{firm.credit_code}/line"


@pytest.mark.parametrize("name", ["office", "supervisor"])
def test_who_may_see_it_finds_it_there(sign_in, firm, matter, name):
    page = sign_in(name).get(line(firm)).content.decode()
    assert "协调二期用电" in page
    assert f"/matters/{matter.number}" in page


@pytest.mark.parametrize("name", ["firm", "zhujian", "fagai"])
def test_who_may_not_see_it_does_not(sign_in, firm, matter, name):
    assert "协调二期用电" not in sign_in(name).get(line(firm)).content.decode()


def test_the_unit_that_handles_it_finds_it_there(sign_in, act, firm, matter):
    act("office", matter, "assign", lead_unit="zhujian")
    assert "协调二期用电" in sign_in("zhujian").get(line(firm)).content.decode()


def test_what_the_firm_raised_stands_on_its_line(county, sign_in, firm):
    register_matter(
        kind="task", title="厂区道路积水", text="请疏通。", region=COUNTY, actor=person(county.people["firm"]),
        requester=county.people["firm"], for_firm=firm,
    )  # fmt: skip
    assert "厂区道路积水" in sign_in("firm").get(line(firm)).content.decode()
