"""What is owed, proved over any days: pure functions, no database."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tisu.liaison.obligations import Facts, Outcome, Span, Tally, outcome_of
from tisu.liaison.periods import Month, month_of, months_in, read_month, read_quarter
from tisu.promises.rates import Quarter, quarter_of

LONG_AGO = Span(date(2020, 1, 1))
MAY, Q2 = Month(2023, 5), Quarter(2023, 2)
JUNE_1, MAY_31 = date(2023, 6, 1), date(2023, 5, 31)
days = st.dates(date(2022, 1, 1), date(2024, 12, 31))
spans = st.builds(
    lambda first, length: Span(first, first + timedelta(days=length)) if length else Span(first),
    days,
    st.integers(0, 400),
)
facts = st.builds(
    Facts, st.lists(spans, max_size=3), st.lists(spans, max_size=3), st.lists(spans, max_size=3)
)
# A busy machine is no fault of what is tried.
settings.register_profile("days", suppress_health_check=[HealthCheck.too_slow], deadline=None)
periods = st.one_of(days.map(month_of), days.map(quarter_of))


def owed(*, paired=LONG_AGO, held=LONG_AGO, away=(), met=False, today=JUNE_1, period=MAY):
    return outcome_of(period, Facts([paired], [held], away), met, today)


@settings(settings.get_profile("days"))
@given(periods, facts, st.booleans(), days)
def test_counts_are_consistent(period, known, is_met, today):
    outcome = outcome_of(period, known, is_met, today)
    tally = Tally.of([outcome])
    assert tally.due == tally.met + tally.missed + tally.pending
    assert tally.due + tally.excused == (outcome is not None)
    assert (outcome == Outcome.MET) <= is_met
    assert (outcome == Outcome.MISSED) <= (today > period.last)
    assert (outcome == Outcome.OPEN) <= (period.first <= today <= period.last)


@settings(settings.get_profile("days"))
@given(periods, facts, days)
def test_a_contact_never_makes_it_worse(period, known, today):
    without, with_one = (outcome_of(period, known, met, today) for met in (False, True))
    assert with_one in (without, Outcome.MET) and (without is None) == (with_one is None)


@settings(settings.get_profile("days"))
@given(periods, facts, st.booleans())
def test_is_open_until_its_last_day_and_settled_from_the_next_on(period, known, is_met):
    on_last, after = (outcome_of(period, known, is_met, period.last + timedelta(days=n)) for n in (0, 1))
    assert on_last == (Outcome.OPEN if after == Outcome.MISSED else after)
    assert outcome_of(period, known, is_met, period.first - timedelta(days=1)) is None


@settings(settings.get_profile("days"))
@given(days)
def test_every_day_lies_in_one_month_of_one_quarter(day):
    month, quarter = month_of(day), quarter_of(day)
    assert month.first <= day <= month.last and month in months_in(quarter)
    assert (months_in(quarter)[0].first, months_in(quarter)[2].last) == (quarter.first, quarter.last)
    assert month.after.before == month and month.after.first == month.last + timedelta(days=1)
    assert read_month(month.code) == month and read_quarter(quarter.code) == quarter


def test_the_last_day_is_a_day_on_which_it_can_be_met():
    assert owed(today=MAY_31) == Outcome.OPEN and owed(today=JUNE_1) == Outcome.MISSED


def test_paired_by_the_20th_is_owed_and_after_it_excused():
    assert owed(paired=Span(date(2023, 5, 20))) == Outcome.MISSED
    assert owed(paired=Span(date(2023, 5, 21))) == Outcome.EXCUSED
    assert owed(paired=Span(date(2023, 6, 1))) is None


def test_appointed_by_the_20th_owes_and_after_it_is_excused():
    assert owed(held=Span(date(2023, 5, 20))) == Outcome.MISSED
    assert owed(held=Span(date(2023, 5, 21))) == Outcome.EXCUSED


def test_a_holder_who_was_there_by_the_20th_beside_a_new_one_owes():
    both = Facts([LONG_AGO], [Span(date(2023, 5, 25)), Span(date(2023, 5, 1))])
    assert outcome_of(MAY, both, False, JUNE_1) == Outcome.MISSED


def test_a_change_of_holders_within_the_first_20_days_changes_nothing():
    change = [Span(date(2021, 1, 1), date(2023, 5, 10)), Span(date(2023, 5, 10))]
    for period in (Month(2023, 4), MAY):
        assert outcome_of(period, Facts([LONG_AGO], change), False, JUNE_1) == Outcome.MISSED


def test_a_pairing_that_ended_within_the_month_owes_nothing_for_it():
    assert owed(paired=Span(date(2020, 1, 1), MAY_31)) is None
    assert owed(paired=Span(date(2020, 1, 1), JUNE_1)) == Outcome.MISSED


def test_a_post_that_changed_firms_late_in_the_month_is_not_excused():
    change = [Span(date(2021, 1, 1), date(2023, 5, 25)), Span(date(2023, 5, 25))]
    assert outcome_of(MAY, Facts(change, [LONG_AGO]), False, JUNE_1) == Outcome.MISSED


def test_leave_excuses_when_it_covers_all_of_the_month():
    whole = Span(date(2023, 5, 1), JUNE_1)
    assert owed(away=[whole]) == Outcome.EXCUSED
    assert owed(away=[Span(date(2023, 5, 2), JUNE_1)]) == Outcome.MISSED
    assert owed(away=[Span(date(2023, 5, 1), MAY_31)]) == Outcome.MISSED
    assert (
        owed(away=[Span(date(2023, 4, 20), date(2023, 5, 15)), Span(date(2023, 5, 15), JUNE_1)])
        == Outcome.EXCUSED
    )
    assert owed(away=[whole], met=True) == Outcome.MET


def test_a_quarter_goes_by_its_own_last_month():
    after = date(2023, 7, 1)
    assert owed(period=Q2, paired=Span(date(2023, 6, 20)), today=after) == Outcome.MISSED
    assert owed(period=Q2, paired=Span(date(2023, 6, 21)), today=after) == Outcome.EXCUSED
    assert owed(period=Q2, held=Span(date(2023, 5, 25)), today=after) == Outcome.MISSED
    assert owed(period=Q2, today=date(2023, 6, 30)) == Outcome.OPEN


def test_a_leap_day_is_the_last_of_its_month():
    assert Month(2024, 2).last == date(2024, 2, 29) and Month(2023, 12).after == Month(2024, 1)
    assert owed(period=Month(2024, 2), today=date(2024, 2, 29)) == Outcome.OPEN


def test_what_is_no_month_or_quarter_is_not_read():
    for text in ("", "2023", "2023-13", "2023-00", "２０２３-05", "1999-01", "2023-5", "2023-05-01"):
        assert read_month(text) is None
    for text in ("", "2023Q5", "2023q2", "2023Q", "Q2", "２０２３Q2", "9999Q1"):
        assert read_quarter(text) is None
