"""A list of figures comes in and goes out: each row says what it is of, from whom, and whether it has happened."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from cast import MONDAY
from tisu.enterprises.amounts import read_amount
from tisu.enterprises.models import Figure
from tisu.enterprises.tables.figures import FIGURES_OUT
from tisu.exchange.models import ImportRun
from tisu.exchange.running import drive_to_the_end
from tisu.foundation.sheets.values import Given
from ugly_files import xlsx

pytestmark = pytest.mark.django_db
HEADER = [
    "企业名称",
    "信用代码",
    "项目",
    "数据类型",
    "时期",
    "数额（万元）",
    "来源类型",
    "来源",
    "同意方式",
    "提供日期",
]
GOOD = [
    ["示例甲有限公司", "91422826XFTEXT0182", "产值", "实际", "2022年", "10,000", "企业自报", "企业填报表", "负责人电话同意", "2023-05-20"],
    ["示例甲有限公司", None, "产值", "实际", "2022年四季度", "近4000万元", "公开报道", "示例日报", None, "2023.5.20"],
    [None, "91422826xftext0182", "产值", "预计", "2023年", "超过5亿元", "报道", "示例日报", None, "2023-05-20"],
    ["示例乙有限公司", None, "用工人数", "实际", "2023年4月", "320人", "企业", "企业填报表", "负责人电话同意", "2023-05-20"],
]  # fmt: skip
BAD = [
    ["示例甲有限公司", None, "产值", "实际", "2023年", "5亿元", "报道", "示例日报", None, "2023-05-20"],
    ["示例甲有限公司", None, "产值", "实际", "2021年四季度", "4亿元", "报道", "县统计局联网直报", None, "2023-05-20"],
    ["不存在的公司", None, "产值", "实际", "2021年", "4亿元", "报道", "示例日报", None, "2023-05-20"],
    ["示例甲有限公司", None, "利润", "实际", "2021年", "4亿元", "报道", "示例日报", None, "2023-05-20"],
    ["示例甲有限公司", None, "用电量", "实际", "2021年", "630千伏安", "报道", "示例日报", None, "2023-05-20"],
]  # fmt: skip


@pytest.fixture
def office(sign_in):
    return sign_in("office")


@pytest.fixture
def bring_in(office):
    def _bring_in(rows) -> ImportRun:
        file = SimpleUploadedFile("数据.xlsx", xlsx([HEADER, *rows]))
        where = office.post("/imports/to/figures", {"file": file})["Location"]
        run = ImportRun.objects.get(pk=where.rsplit("/", 1)[-1])
        columns = {f"column_{at}": code for at, code in enumerate(run.mapping)}
        office.post(where, {"act": "columns", **columns})
        drive_to_the_end(ImportRun.objects.get(pk=run.pk))
        office.post(where, {"act": "let_in"})
        drive_to_the_end(ImportRun.objects.get(pk=run.pk))
        return ImportRun.objects.get(pk=run.pk)

    return _bring_in


def standing() -> set[tuple]:
    return {(row.measure, row.status, row.period.code, row.value) for row in Figure.objects.standing()}


def test_a_list_is_read_with_the_unit_above_the_column_or_in_the_cell(bring_in):
    bring_in(GOOD)
    assert standing() == {
        ("output", "actual", "2022", 100_000_000), ("output", "actual", "2022Q4", 40_000_000),
        ("output", "forecast", "2023", 500_000_000), ("staff", "actual", "2023-04", 320),
    }  # fmt: skip


def test_the_same_list_again_changes_nothing(bring_in):
    bring_in(GOOD)
    bring_in(GOOD)
    assert Figure.objects.count() == 4


def test_each_row_that_is_wrong_is_left_out_and_the_others_come_in(bring_in):
    bring_in([*BAD, *GOOD])
    assert len(standing()) == 4


def test_another_amount_takes_the_place_of_the_first(bring_in):
    bring_in(GOOD)
    changed = [*GOOD[0]]
    changed[5] = "11,000"
    bring_in([changed])
    assert ("output", "actual", "2022", 110_000_000) in standing()
    assert Figure.objects.filter(replaced_at__isnull=False).count() == 1


def test_taken_back_as_a_whole_what_stood_before_stands_again(bring_in, office):
    bring_in(GOOD)
    before, changed = standing(), [*GOOD[0]]
    changed[5] = "11,000"
    run = bring_in([changed])
    office.post(f"/imports/{run.pk}", {"act": "take_back"})
    drive_to_the_end(ImportRun.objects.get(pk=run.pk))
    assert standing() == before


def test_what_goes_out_comes_in_again_as_the_same(county, bring_in, office):
    bring_in(GOOD)
    rows = list(FIGURES_OUT.rows(county.people["office"], QueryDict()))
    out = [{column.code: column.said(row) for column in FIGURES_OUT.columns} for row in rows]
    back = [
        {column.code: column.read(Given(str(cells[column.code]), str(column.label), MONDAY.date()))
         for column in FIGURES_OUT.columns if cells[column.code]}
        for cells in out
    ]  # fmt: skip
    assert [
        (cells["measure"], cells["status"], cells["period"], cells["origin"], cells["said_on"])
        for cells in back
    ] == [(row.measure, row.status, row.period, row.origin, row.said_on) for row in rows]
    assert [read_amount(cells["measure"], cells["amount"]) for cells in back] == [row.amount for row in rows]


def test_units_take_along_what_they_may_read_and_firms_have_no_such_list(sign_in, bring_in):
    bring_in(GOOD)
    assert sign_in("zhujian").post("/exports/figures", {"format": "csv"}).status_code in (200, 302)
    assert sign_in("firm").post("/exports/figures", {"format": "csv"}).status_code in (403, 404)
