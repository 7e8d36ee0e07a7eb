"""Titles above, headers of two lines, notes and sums below: the table is found, and what is left out is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tisu.foundation.sheets.declared import Column
from tisu.foundation.sheets.layout import find_header, header_at, map_columns, why_skipped

COLUMNS = (
    Column("name", "企业名称", ("单位名称", "名称"), required=True),
    Column("uscc", "统一社会信用代码", ("信用代码",)),
    Column("person", "联系人姓名", ("联系人",)),
    Column("phone", "联系人电话", ("电话", "联系电话")),
)


def found(rows):
    return find_header(rows, COLUMNS)


def test_a_title_is_not_the_header():
    header = found([["企业名称一览表"] * 3, [], ["序号", "企业名称*", "信用代码（18位）"], ["1", "甲", "9"]])
    assert (header.first, header.last, header.mapping) == (2, 2, ("", "name", "uscc"))


def test_a_header_of_two_lines_is_read_as_one():
    rows = [["企业名称", "联系人", "联系人"], ["企业名称", "姓名", "电话"], ["甲", "乙", "139"]]
    header = found(rows)
    assert (header.first, header.last, header.mapping) == (0, 1, ("name", "person", "phone"))


def test_one_line_is_preferred_where_two_know_no_more():
    header = found([["企业名称", "信用代码"], ["甲", "91"]])
    assert (header.first, header.last) == (0, 0)


def test_exact_names_are_given_before_others():
    assert map_columns(["电话", "联系人电话"], COLUMNS) == ("", "phone")


def test_traditional_and_full_width_headers_are_known():
    assert map_columns(["企業名稱", "信用代碼 ："], COLUMNS) == ("name", "uscc")


def test_no_known_column_is_no_header():
    assert found([["甲", "乙"], ["丙", "丁"]]) is None


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ([], "blank"), (["", ""], "blank"), (["合计", "", "12"], "total"), (["总 计", "3"], "total"),
        (["注：本表由各单位填报"], "note"), (["填表人：示例", "", "审核人：示例"], "note"), (["备注:无"] * 3, "note"),
        (["企业名称", "信用代码"], "header"), (["1", "2", "3"], "numbers"), (["甲公司", "91"], ""), (["甲公司"], ""),
    ],
)  # fmt: skip
def test_rows_that_are_none_of_the_table_are_known(row, why):
    header = header_at([["企业名称", "信用代码"]], 0, 0, COLUMNS)
    assert why_skipped(row, header) == why


@given(st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=8))
def test_no_sheet_breaks_the_search(rows):
    header = found(rows)
    assert header is None or header.known >= 1
