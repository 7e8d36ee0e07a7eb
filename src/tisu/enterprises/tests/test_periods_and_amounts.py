"""Periods and amounts as people write them: read exactly, said so that they are read as the same again."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tisu.enterprises.amounts import Amount, Bound, Measure, NotAnAmount, read_amount
from tisu.enterprises.periods import (
    Grain,
    NotAPeriod,
    Period,
    month,
    period_of,
    quarter,
    read_period,
    so_far,
    year,
)

LANGUAGES = st.sampled_from(["zh-hans", "zh-hant", "en"])
YEARS = st.integers(1980, 2099)
PERIODS = st.one_of(
    st.builds(year, YEARS),
    st.builds(quarter, YEARS, st.integers(1, 4)),
    st.builds(month, YEARS, st.integers(1, 12)),
    st.builds(so_far, st.dates(date(1980, 1, 1), date(2099, 12, 31))),
)
AMOUNTS = st.builds(Amount, st.integers(1, 10**13), st.sampled_from(Bound))


@given(PERIODS, LANGUAGES)
def test_a_period_that_a_page_says_is_read_as_the_same_one(period, language):
    with translation.override(language):
        assert read_period(period.words()) == period


@given(PERIODS)
def test_its_code_is_read_as_the_same_one_in_any_width(period):
    wide = period.code.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789Q"})
    assert read_period(period.code) == read_period(wide) == period


@given(PERIODS)
def test_its_last_day_tells_which_one_of_its_grain_it_is(period):
    assert period_of(period.grain, period.last) == period


@given(PERIODS, PERIODS)
def test_none_holds_what_holds_it(one, other):
    assert not (one.holds(other) and other.holds(one))
    assert not one.holds(one)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2022", "2022"), ("２０２２年度", "2022"), ("2022年全年", "2022"),
        ("2022年第四季度", "2022Q4"), ("2022年四季度", "2022Q4"), ("2022 年 第 4 季度", "2022Q4"), ("2022q4", "2022Q4"),
        ("2022-10", "2022-10"), ("202210", "2022-10"), ("2022年10月份", "2022-10"), ("2022.10", "2022-10"),
        ("2023年1-5月", "2023-05-31"), ("2023年1月至5月", "2023-05-31"), ("2023年上半年", "2023-06-30"),
        ("截至2023年5月22日", "2023-05-22"), ("截止2023.5.22", "2023-05-22"),
    ],
)  # fmt: skip
def test_a_period_is_read_as_offices_write_it(written, code):
    assert read_period(written).code == code


@pytest.mark.parametrize(
    "written",
    ["", "去年", "2022年第五季度", "2022年13月", "2022-02-30", "1912年", "2023年3-5月", "二〇二二年", "9" * 500],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_an_example(written):
    with pytest.raises(NotAPeriod, match="四季度"):
        read_period(written)


@given(AMOUNTS, st.sampled_from(Measure), LANGUAGES)
def test_an_amount_that_a_page_says_is_read_as_the_same_one(amount, measure, language):
    with translation.override(language):
        assert read_amount(measure, amount.words(measure)) == amount


@given(st.integers(1, 10**9), st.sampled_from([("万元", 10**4), ("亿元", 10**8), ("元", 1)]))
def test_ten_thousand_and_a_hundred_million_are_never_confused(number, unit):
    word, size = unit
    if number * size <= 10**15:
        assert read_amount(Measure.OUTPUT, f"{number}{word}").value == number * size


@pytest.mark.parametrize(
    ("measure", "written", "value", "bound"),
    [
        ("output", "2.54亿元", 254_000_000, Bound.EXACT), ("output", "２．５４億元", 254_000_000, Bound.EXACT),
        ("sales", "突破400万元", 4_000_000, Bound.OVER), ("output", "超过5亿元", 500_000_000, Bound.OVER),
        ("output", "近4000万元", 40_000_000, Bound.NEARLY), ("output", "1000多万元", 10_000_000, Bound.OVER),
        ("tax", "约86.5万元", 865_000, Bound.ABOUT), ("tax", "86.5万元左右", 865_000, Bound.ABOUT),
        ("output", "3,960万元", 39_600_000, Bound.EXACT), ("output", "1亿2000万元", 120_000_000, Bound.EXACT),
        ("staff", "320人", 320, Bound.EXACT), ("staff", "３２０", 320, Bound.EXACT), ("staff", "300余人", 300, Bound.OVER),
        ("power", "120万千瓦时", 1_200_000, Bound.EXACT), ("power", "3.5万度", 35_000, Bound.EXACT), ("power", "12 MWh", 12_000, Bound.EXACT),
    ],
)  # fmt: skip
def test_an_amount_keeps_its_unit_and_how_exactly_it_was_said(measure, written, value, bound):
    assert read_amount(measure, written) == Amount(value, bound)


@pytest.mark.parametrize(
    ("measure", "written", "said"),
    [
        ("output", "400", "单位"), ("output", "四百", "金额"), ("output", "320人", "金额"), ("output", "0.5元", "整元"),
        ("output", "99999999亿元", "单位"), ("power", "2000千瓦", "千瓦是功率"), ("power", "630千伏安", "千瓦是功率"),
        ("power", "2000", "连同单位"), ("power", "2000万元", "连同单位"), ("staff", "3.5人", "整人"), ("staff", "三百", "人数"),
        ("output", "-5万元", "金额"), ("output", "", "金额"), ("output", "1" * 400, "单位"), ("tax", "５００", "单位"),
    ],
)  # fmt: skip
def test_what_is_no_amount_of_this_is_refused_with_what_to_write(measure, written, said):
    with pytest.raises(NotAnAmount, match=said):
        read_amount(measure, written)


@pytest.mark.parametrize(
    ("period", "day", "ended"),
    [
        (year(2022), date(2022, 12, 31), False), (year(2022), date(2023, 1, 1), True),
        (month(2023, 5), date(2023, 5, 22), False), (so_far(date(2023, 5, 22)), date(2023, 5, 22), True),
        (so_far(date(2023, 5, 23)), date(2023, 5, 22), False),
    ],
)  # fmt: skip
def test_a_period_has_ended_when_its_last_day_is_over(period: Period, day, ended):
    assert period.has_ended_by(day) is ended


def test_a_year_so_far_is_part_of_its_year():
    assert year(2023).holds(so_far(date(2023, 5, 22)))
    assert so_far(date(2023, 5, 22)).holds(quarter(2023, 1))
    assert not so_far(date(2023, 5, 22)).holds(quarter(2023, 2))
    assert so_far(date(2023, 5, 22)).grain == Grain.SO_FAR
