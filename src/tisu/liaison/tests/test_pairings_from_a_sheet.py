"""The office's list of leaders and firms comes in, and goes out with the same columns."""

from datetime import date
from io import BytesIO

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from tisu.foundation.sheets.declared import Refused, Sitting
from tisu.liaison.models import Pairing
from tisu.liaison.tables import PAIRINGS_IN, PAIRINGS_OUT

pytestmark = pytest.mark.django_db
SINCE, DECLARED = date(2023, 1, 1), date(2022, 12, 28)


@pytest.fixture
def sitting(county) -> Sitting:
    return Sitting(
        actor=county.people["office"], region="422826", today=date(2023, 5, 22), source="名单.xlsx"
    )


def row(county, firm: int = 0, **said) -> dict:
    return {
        "post": "副县长", "credit_code": county.firms[firm].credit_code, "since": SINCE, "declared_on": DECLARED,
    } | said  # fmt: skip


def faults(outcome) -> list[str]:
    assert isinstance(outcome, Refused)
    return [column for column, _sentence in outcome.faults]


def test_pairs_each_row_and_nothing_the_second_time(county, second_post, sitting):
    rows = [
        row(county),
        {"post": "县政府 县委常委", "firm": "示例乙有限公司", "since": SINCE, "declared_on": DECLARED},
    ]
    assert [each.is_new for each in PAIRINGS_IN.take(rows, sitting)] == [True, True]
    assert [each.is_unchanged for each in PAIRINGS_IN.take(rows, sitting)] == [True, True]
    assert Pairing.objects.count() == 2


def test_ends_one_that_the_sheet_gives_an_end(county, sitting):
    PAIRINGS_IN.take([row(county)], sitting)
    ended = PAIRINGS_IN.take([row(county, until=date(2023, 5, 1), reason="分工调整")], sitting)[0]
    assert Pairing.objects.get().until == date(2023, 5, 1)
    PAIRINGS_IN.undo([ended], sitting)
    assert Pairing.objects.get().until is None


def test_refuses_row_by_row(county, second_post, sitting):
    rows = [
        row(county),
        row(county, firm=1),
        row(county, post="县委常委"),
        row(county, post="第九副县长", firm=1),
        row(county, post="县委常委", credit_code="91422826XFTEXT9999"),
        row(county, post="县委常委", firm=1, declared_on=None),
    ]
    first, *others = PAIRINGS_IN.take(rows, sitting)
    assert first.is_new
    assert [faults(each) for each in others] == [
        ["post"],
        ["enterprise"],
        ["post"],
        ["credit_code"],
        ["declared_on"],
    ]


def test_is_taken_back_where_nothing_hangs_on_it(county, sitting, in_touch):
    taken = PAIRINGS_IN.take([row(county)], sitting)
    in_touch(Pairing.objects.get(), "2023-05-08")
    assert PAIRINGS_IN.undo(taken, sitting) != [""]
    assert Pairing.objects.count() == 1


def test_goes_out_and_comes_in_again(county, paired, sitting):
    pairing = paired()
    told = [
        {column.code: column.said(each) for column in PAIRINGS_OUT.columns}
        for each in PAIRINGS_OUT.rows(county.people["office"], QueryDict())
    ]
    assert told[0]["post"] == str(pairing.post) and told[0]["holder"] == "示例·leader"
    again = told[0] | {"since": pairing.since, "declared_on": pairing.declared_on}
    taken = PAIRINGS_IN.take([{name: value for name, value in again.items() if value}], sitting)
    assert [each.is_unchanged for each in taken] == [True]


@pytest.mark.parametrize(
    ("name", "may"), [("office", True), ("leader", False), ("supervisor", False), ("firm", False)]
)
def test_is_brought_in_by_the_office(county, name, may):
    assert PAIRINGS_IN.allowed(county.people[name]) is may


def test_who_kept_in_touch_can_be_taken_along(paired, in_touch, browser):
    in_touch(paired(), "2023-04-10", "on_site")
    answer = browser("office").post("/exports/liaison", {"format": "xlsx"})
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(load_workbook(BytesIO(content)).active.values)
    assert any("2023-04" in map(str, each) and "已联系" in map(str, each) for each in rows)
    assert browser("firm").post("/exports/liaison", {"format": "xlsx"}).status_code == 404
