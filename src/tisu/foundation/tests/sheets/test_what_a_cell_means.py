"""Cells as offices fill them: each is read for what it means, or refused with what to write instead."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tisu.foundation.sheets.values import (
    EXCEL_BEGINS,
    SERIALS,
    Given,
    Misread,
    choice,
    code,
    day,
    month,
    text,
    whole,
    yes,
    yuan,
)

TODAY = date(2023, 5, 22)
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


def read(reader, written: str, header: str = ""):
    return reader(Given(written, header, TODAY))


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("2023-04-28", "2023-04-28"), ("2023.4.28", "2023-04-28"), ("2023/4/28", "2023-04-28"),
        ("2023年4月28日", "2023-04-28"), ("２０２３年４月２８日", "2023-04-28"), ("20230428", "2023-04-28"),
        ("2023年4月28日前", "2023-04-28"), ("4月28日", "2023-04-28"), ("4.28", "2023-04-28"), ("45044", "2023-04-28"),
        ("2023-04-28 09:30", "2023-04-28"), ("5月底前", "2023-05-31"), ("5月底", "2023-05-31"), ("2024年2月末", "2024-02-29"),
        ("6月上旬", "2023-06-10"), ("6月中旬", "2023-06-20"), ("6月下旬", "2023-06-30"), ("6月前", "2023-06-30"),
        ("2023年底", "2023-12-31"), ("2023年年底前", "2023-12-31"), ("今年底", "2023-12-31"), ("今年6月底前", "2023-06-30"),
        ("明年3月5日", "2024-03-05"), (" 2023 年 4 月 28 日 ", "2023-04-28"),
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written, means):
    assert read(day, written) == date.fromisoformat(means)


@pytest.mark.parametrize(
    "written", ["尽快", "5月", "2月30日", "13月1日", "2023", "28/4/2023", "待定", "2023年4月31日", "1", "-"]
)
def test_what_is_no_day_is_refused(written):
    with pytest.raises(Misread):
        read(day, written)


@given(
    DAYS,
    st.sampled_from(
        ["{0:%Y-%m-%d}", "{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日", "{0:%Y%m%d}"]
    ),
)
def test_every_day_comes_back_from_every_way_of_writing(chosen, way):
    assert read(day, way.format(chosen)) == chosen


@given(st.integers(SERIALS.start, SERIALS.stop - 1))
def test_a_date_that_became_a_number_is_the_day_that_excel_shows(serial):
    assert read(day, str(serial)) == EXCEL_BEGINS + timedelta(serial)


@given(st.text(max_size=40))
def test_no_text_breaks_a_reader(written):
    for reader in (day, month, yes, yuan, whole(), code(18), text(20), choice({"是": 1})):
        try:
            read(reader, written)
        except Misread as fault:
            assert str(fault)


@pytest.mark.parametrize(
    ("written", "means"),
    [("2023-05", "2023-05-01"), ("2023年5月", "2023-05-01"), ("2023.5", "2023-05-01"), ("202305", "2023-05-01"),
     ("5月", "2023-05-01"), ("5月份", "2023-05-01"), ("2023-05-31", "2023-05-01"), ("今年5月", "2023-05-01")],
)  # fmt: skip
def test_a_month_is_its_first_day(written, means):
    assert read(month, written) == date.fromisoformat(means)


@pytest.mark.parametrize("written", ["是", "有", "√", "✓", "Ｙ", "yes", "1", "TRUE", "對"])
def test_yes_is_understood(written):
    assert read(yes, written) is True


@pytest.mark.parametrize("written", ["否", "无", "無", "×", "Ｎ", "0", "FALSE"])
def test_no_is_understood(written):
    assert read(yes, written) is False


def test_neither_yes_nor_no_is_refused_with_what_to_write():
    with pytest.raises(Misread, match="是"):
        read(yes, "也许")


@pytest.mark.parametrize(
    ("written", "header", "means"),
    [("500", "投资额(万元)", "5000000"), ("1.2", "总投资（亿元）", "120000000"), ("1,200.5", "金额（单位：万元）", "12005000"),
     ("500万元", "投资额", "5000000"), ("500万元", "投资额(亿元)", "5000000"), ("3500元", "", "3500")],
)  # fmt: skip
def test_money_takes_its_unit_from_the_cell_or_from_above_the_column(written, header, means):
    assert read(yuan, written, header) == Decimal(means)


def test_money_without_a_unit_anywhere_is_refused():
    with pytest.raises(Misread, match="单位"):
        read(yuan, "500", "投资额")


def test_a_code_that_the_spreadsheet_rounded_is_refused_and_not_taken():
    with pytest.raises(Misread, match="文本"):
        read(code(18), "9.14228261234568E+17")


@pytest.mark.parametrize(
    ("written", "means"),
    [("９１４２２８２６ＸＦＴＥＸＴ０１８２", "91422826XFTEXT0182"), (" 914228 26XF ", "91422826XF")],
)
def test_a_code_is_half_width_and_without_blanks(written, means):
    assert read(code(18), written) == means


@pytest.mark.parametrize(("written", "means"), [("1,200", 1200), ("３８", 38), ("0", 0)])
def test_a_whole_number_may_be_grouped(written, means):
    assert read(whole(), written) == means


@pytest.mark.parametrize("written", ["-1", "1.5", "三", "1 2 a", "9" * 30])
def test_what_is_no_whole_number_is_refused(written):
    with pytest.raises(Misread):
        read(whole(), written)


def test_a_choice_is_known_in_either_script_and_width():
    reader = choice({"部门": "a", "乡镇": "b"})
    assert [read(reader, written) for written in ("部門", " 乡 镇 ", "鄉鎮")] == ["a", "b", "b"]
    with pytest.raises(Misread, match="部门、乡镇"):
        read(reader, "街道")
