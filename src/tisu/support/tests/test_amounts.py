"""Amounts: what people write is read exactly, said so that it can be read again, and never taken for another unit."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tisu.support.units import MEASURES, MONEY, NotAnAmount

FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
COUNTED = [measure for code, measure in MEASURES.items() if code != MONEY]
measures = st.sampled_from(COUNTED)
units = measures.flatmap(lambda measure: st.tuples(st.just(measure), st.sampled_from(sorted(measure.worth))))


def numbers(measure, worth: int) -> st.SearchStrategy[int]:
    """So many of a unit that it is not too large for its measure."""
    return st.integers(0, measure.largest * measure.one // worth)


@given(st.data(), units)
def test_a_number_of_any_unit_is_exactly_so_many_parts(data, pair):
    measure, unit = pair
    number = data.draw(numbers(measure, measure.worth[unit]))
    assert measure.read(f"{number}{unit}") == number * measure.worth[unit]


@given(st.data(), units)
def test_ten_thousand_and_a_hundred_million_are_what_they_are(data, pair):
    measure, unit = pair
    number = data.draw(numbers(measure, measure.worth[unit]))
    yi, rest = divmod(number, 10**8)
    written = (f"{yi}亿" if yi else "") + f"{Decimal(rest) / 10**4:f}万{unit}"
    assert measure.read(written) == number * measure.worth[unit]


@given(st.data(), measures, st.sampled_from(["zh-hans", "zh-hant", "en"]))
def test_what_is_said_is_read_again_in_every_language(data, measure, language):
    amount = data.draw(st.integers(0, measure.largest * measure.one))
    with translation.override(language):
        assert measure.read(measure.said(amount)) == amount


@given(st.data(), units)
def test_full_width_digits_and_blanks_are_the_same_number(data, pair):
    measure, unit = pair
    number = data.draw(numbers(measure, measure.worth[unit]))
    assert measure.read(f" {str(number).translate(FULL_WIDTH)} {unit} ") == number * measure.worth[unit]


@given(measures, units, st.integers(1, 1000))
def test_a_unit_of_another_measure_is_refused_with_a_sentence(measure, pair, number):
    _other, unit = pair
    if unit in measure.worth:
        return
    with pytest.raises(NotAnAmount) as refused:
        measure.read(f"{number}{unit}")
    assert str(refused.value).endswith("。")


@given(measures, st.integers(0, 10**9))
def test_a_bare_number_is_refused(measure, number):
    with pytest.raises(NotAnAmount):
        measure.read(str(number))


@given(measures, st.text(max_size=60))
def test_nothing_that_is_typed_is_a_fault_of_the_program(measure, text):
    try:
        amount = measure.read(text)
    except NotAnAmount as refusal:
        assert str(refusal)
    else:
        assert 0 <= amount <= measure.largest * measure.one


@pytest.mark.parametrize(
    ("measure", "written", "sentence"),
    [
        ("consumption", "500千瓦", "千瓦是功率，用电量按千瓦时计。"),
        ("consumption", "500KW", "千瓦是功率，用电量按千瓦时计。"),
        ("capacity", "500度", "千瓦时是电量，用电容量按千瓦计。"),
        ("energy", "26.7万吨", "吨是货物的重量，能耗指标按吨标煤计。"),
        ("energy", "3亿千瓦时", "能耗指标按吨标煤计，不按千瓦时计。"),
        ("water", "300吨", "请写一天的数量。"),
        ("labour", "30千瓦", "是用电容量的单位"),
        ("freight", "5斤半", "不是货物重量的单位"),
        ("land", "0.00001亩", "细到无法登记"),
        ("energy", "99999999999吨标煤", "大得不像真的"),
        ("money", "500", "500"),
    ],
)
def test_what_is_mistaken_is_said(measure, written, sentence):
    with pytest.raises(NotAnAmount) as refused:
        MEASURES[measure].read(written)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("measure", "written", "said", "in_english"),
    [
        ("energy", "２６．７萬噸標準煤", "26.7万吨标煤", "267,000 tce"),
        ("land", "1公顷", "15亩", "15 mu"),
        ("land", "100平方米", "0.15亩", "0.15 mu"),
        ("consumption", "1亿2000万度", "1.2亿千瓦时", "120,000,000 kWh"),
        ("capacity", "1.5MW", "1500千瓦", "1,500 kW"),
        ("money", "1000万元", "1000万元", "10 million yuan"),
        ("pieces", "5台", "5件", "5 pieces"),
    ],
)
def test_it_is_said_in_the_readers_words(measure, written, said, in_english):
    amount = MEASURES[measure].read(written)
    assert MEASURES[measure].said(amount) == said
    with translation.override("en"):
        assert MEASURES[measure].said(amount) == in_english
