"""Days, receipts, clocks, tables and filters as pages write them (look.md, tokens and words)."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation

from tisu.foundation import clock
from tisu.web.clockbar import FULL, ClockBar
from tisu.web.filters import chips
from tisu.web.sparkline import Sparkline
from tisu.web.tables import Cell, Column, Table
from tisu.web.templatetags.web import han_date, han_moment, html_lang, in_fours, iso_date, light


@pytest.fixture(autouse=True)
def on_a_monday_in_may():
    with clock.at(datetime(2023, 5, 22, 1, 0, tzinfo=UTC)):
        yield


def test_says_a_day_as_a_clerk_does():
    assert han_date(date(2023, 5, 22)) == "5月22日 周一"


def test_adds_the_year_only_when_it_is_another_one():
    assert han_date(date(2022, 12, 30)) == "2022年12月30日 周五"


def test_says_a_day_in_english_to_who_chose_it():
    with translation.override("en"):
        assert han_date(date(2023, 5, 22)) == "Mon 22 May"


def test_says_a_moment_on_the_local_day():
    assert han_moment(datetime(2023, 5, 22, 17, 30, tzinfo=UTC)) == "5月23日 周二 01:30"
    assert iso_date(datetime(2023, 5, 22, 17, 30, tzinfo=UTC)) == "2023-05-23"


def test_leaves_an_absent_day_empty():
    assert han_date(None) == han_moment(None) == iso_date(None) == ""


def test_shows_no_light_where_no_clock_runs():
    assert light("") == light("<b>") == ""


def test_names_the_language_as_browsers_know_it():
    assert html_lang() == "zh-Hans"


@pytest.mark.parametrize("receipt", ["K7QM4T9XW2HD8RNPA", "K7QM-4T9X W2HD-8RNP A"])
def test_groups_a_receipt_in_fours_however_it_was_typed(receipt):
    assert in_fours(receipt) == ["K7QM", "4T9X", "W2HD", "8RNP", "A"]


def test_draws_a_clock_from_start_to_due():
    bar = ClockBar(date(2023, 5, 1), date(2023, 5, 11), date(2023, 5, 6))
    assert (bar.run().x, bar.run().width, bar.limit(), bar.is_over()) == (0, FULL // 2, FULL, False)


def test_lets_an_overdue_clock_run_past_its_due_day():
    bar = ClockBar(date(2023, 5, 1), date(2023, 5, 11), date(2023, 5, 21))
    assert (bar.limit(), bar.over().width, bar.now(), bar.is_over()) == (FULL // 2, FULL // 2, FULL, True)


@pytest.mark.parametrize("day", [date(2023, 5, 1), date(2023, 4, 1)])
def test_keeps_a_clock_of_no_length_on_its_bar(day):
    bar = ClockBar(date(2023, 5, 1), date(2023, 5, 1), day)
    assert 0 <= bar.now() <= FULL


def test_draws_a_line_from_zero_so_that_heights_compare():
    (_x, low), (_x2, half), (_x3, top) = Sparkline((("3月", 0), ("4月", 5), ("5月", 10))).dots()
    assert low > half > top
    assert low - half == pytest.approx(half - top)


def test_draws_a_line_of_nothing_and_of_zeros():
    assert Sparkline(()).last() is None
    assert len(Sparkline((("4月", 0), ("5月", 0))).dots()) == 2


def test_refuses_a_row_that_does_not_fit_its_columns():
    with pytest.raises(ValueError, match="zip"):
        list(Table([Column("a"), Column("b")], [["1"]]).body())


def test_takes_a_bare_value_for_a_cell():
    given, spelt_out = (Table([Column("a")], [[cell]]).body() for cell in ("1", Cell("1")))
    assert given == spelt_out == '<tr><td class="cell-text" data-label="a">1</td></tr>'


def test_draws_links_lights_and_what_is_blank_and_escapes_the_rest():
    columns = [Column("<a>", "title"), Column("b", "word"), Column("c")]
    (row,) = Table(columns, [[Cell("<x>", "/y?a=1&b=2"), Cell(light="red"), "—"]]).body().split("</tr>")[:-1]
    assert '<td class="cell-title" data-label="&lt;a&gt;"><a href="/y?a=1&amp;b=2">&lt;x&gt;</a></td>' in row
    assert '<span class="light light-red">' in row
    assert '<td class="cell-text cell-blank" data-label="c">—</td>' in row


def test_takes_no_day_that_is_not_in_words():
    with pytest.raises(TypeError, match="words"):
        Table([Column("a")], [[date(2023, 5, 22)]]).body()


def test_draws_nothing_of_no_rows():
    assert Table([Column("a")], []).body() == ""


class Filters(forms.Form):
    q = forms.CharField(required=False)
    unit = forms.ChoiceField(choices=[("", "全部"), ("zhujian", "住建局")], required=False)


def test_shows_each_filter_in_force_in_words_and_how_to_take_it_off():
    query = QueryDict("q=&unit=zhujian&after=17&tab=2")
    (chip,) = chips(Filters(query), query)
    assert (chip.value, chip.url) == ("住建局", "?tab=2")
