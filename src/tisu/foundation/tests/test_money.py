"""Amounts are read with their unit and said again without losing anything."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tisu.foundation.money import LARGEST, NotMoney, parse_yuan, yuan_words


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("500万元", 5_000_000),
        ("1.2亿元", 120_000_000),
        ("１．２億", 120_000_000),
        ("3,500元", 3500),
        ("3，500元", 3500),
        ("1亿2000万元", 120_000_000),
        ("人民币 500 萬圓整", 5_000_000),
        ("0元", 0),
        ("0.05元", Decimal("0.05")),
        ("261.09亿元", 26_109_000_000),
        ("1.2 hundred million yuan", 120_000_000),
        ("5 million RMB", 5_000_000),
        ("3,500 yuan", 3500),
        ("５ Million Yuan", 5_000_000),
    ],
)
def test_reads_what_people_write(typed, yuan):
    assert parse_yuan(typed) == yuan


@pytest.mark.parametrize(
    "typed",
    ["500", "5,000,000", "", "元", "万元", "-3万元", "3万美元", "1.2.3万", "九百万", "3 5万x", "1,2万元"],
)
def test_refuses_what_has_no_unit_or_is_no_amount(typed):
    with pytest.raises(NotMoney, match="万"):
        parse_yuan(typed)


@pytest.mark.parametrize("typed", ["0.001元", "0.0000001万元", "99999999亿元"])
def test_refuses_what_cannot_be_meant(typed):
    with pytest.raises(NotMoney, match="单位"):
        parse_yuan(typed)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@given(amount=st.decimals(min_value=0, max_value=LARGEST, places=2))
def test_reads_again_what_it_says(language, amount):
    """A form that was drawn in a language is sent back in it."""
    with translation.override(language):
        assert parse_yuan(yuan_words(amount)) == amount


@pytest.mark.parametrize(
    ("yuan", "said"), [(0, "0元"), (9999, "9999元"), (10_000, "1万元"), (123_456_789, "1.23456789亿元")]
)
def test_says_the_largest_unit(yuan, said):
    assert yuan_words(yuan) == said


@pytest.mark.parametrize(
    ("yuan", "said"), [(3500, "3500 yuan"), (120_000_000, "120 million yuan"), (500_000, "500000 yuan")]
)
def test_says_it_in_millions_in_english(yuan, said):
    with translation.override("en"):
        assert yuan_words(yuan) == said
