"""兑现率: what firms confirmed as kept, of all that was due. Slogans and what is not due yet are in neither number."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cast import MONDAY
from tisu.promises.models import Promise
from tisu.promises.rates import Quarter, Rate, quarter_named, quarter_of, rate_of, rates_by_unit
from tisu.promises.states import OPEN, Outcome, State

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
DAYS = st.integers(-400, 400)
# What a promise can be: days until it is due (None: a slogan), its state, and what became of it.
THINGS = st.tuples(st.none() | DAYS, st.sampled_from(State.values), st.sampled_from(["", *Outcome.values]))


def reckoned(things, day: date) -> tuple[int, int]:
    """By hand: the definition of domain.md M3, word for word."""
    due = [(ahead, outcome) for ahead, _state, outcome in things if ahead is not None]
    due = [(ahead, outcome) for ahead, outcome in due if TODAY + timedelta(days=ahead) <= day]
    return sum(outcome == Outcome.KEPT for _ahead, outcome in due), len(due)


@pytest.fixture
def stand(county, leader_post):
    """`stand([(5, "kept", "kept"), …])`: rows as they may stand, written past the services."""

    def _stand(things) -> None:
        Promise.objects.all().delete()
        Promise.objects.bulk_create(
            Promise(
                number=f"N{place}", region_id="422826", text="示例", form="spoken", maker=leader_post,
                enterprise=county.firms[0], given_on=date(2020, 1, 1),
                due_on=None if ahead is None else TODAY + timedelta(days=ahead), state=state, outcome=outcome,
                unit=county.units["zhujian" if place % 2 else "fagai"], entered_by=county.people["office"],
                signed="示例", entered_at=MONDAY,
            )
            for place, (ahead, state, outcome) in enumerate(things)
        )  # fmt: skip

    yield _stand
    transaction.set_rollback(True)  # no step witnesses these rows, and PostgreSQL would ask for one


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(things=st.lists(THINGS, max_size=25), ahead=DAYS)
def test_is_what_the_definition_says(stand, things, ahead):
    stand(things)
    day = TODAY + timedelta(days=ahead)
    rate, rows = rate_of(Promise.objects.all(), day), list(Promise.objects.all())
    assert (rate.kept, rate.due) == reckoned(things, day)
    assert rate.due == sum(row.counts_as_due(day) for row in rows)
    assert rate.kept == sum(row.counts_as_due(day) and row.counts_as_kept for row in rows)
    assert 0 <= rate.kept <= rate.due and rate.owed == sum(
        row.is_open and row.counts_as_due(day) for row in rows
    )


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(things=st.lists(THINGS, max_size=25), ahead=DAYS)
def test_the_units_add_up_to_the_county(stand, things, ahead):
    stand(things)
    day = TODAY + timedelta(days=ahead)
    whole, units = (
        rate_of(Promise.objects.all(), day),
        [rate for _name, rate in rates_by_unit(Promise.objects.all(), day)],
    )
    assert (sum(r.kept for r in units), sum(r.due for r in units), sum(r.owed for r in units)) == (
        whole.kept, whole.due, whole.owed,
    )  # fmt: skip
    assert all(rate.due for rate in units)


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(things=st.lists(THINGS, max_size=15), later=st.integers(0, 300), slogans=st.integers(1, 5))
def test_time_alone_never_takes_from_what_is_due_and_slogans_never_add_to_it(stand, things, later, slogans):
    stand(things)
    before = rate_of(Promise.objects.all(), TODAY)
    assert rate_of(Promise.objects.all(), TODAY + timedelta(days=later)).due >= before.due
    stand([*things, *[(None, State.RECORDED, "")] * slogans])
    assert rate_of(Promise.objects.all(), TODAY) == before


@given(kept=st.integers(0, 400), more=st.integers(0, 400))
def test_is_a_hundred_only_when_all_of_it_is_kept(kept, more):
    rate = Rate(kept, kept + more)
    assert (rate.percent == 100) == (more == 0 and kept > 0)
    assert rate.fraction in rate.words
    assert (rate.percent is None) == (rate.due == 0)


@given(day=st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_every_day_lies_in_one_quarter(day):
    quarter = quarter_of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.after.before == quarter and quarter.before.after == quarter
    assert quarter.last + timedelta(days=1) == quarter.after.first
    assert quarter_named(quarter.code, TODAY) == quarter


@pytest.mark.parametrize(
    "asked", ["", "2023", "2023Q5", "Q2", "20a3Q1", "2023Q", "9999Q1", "２０２３Q1", "2023Q12"]
)
def test_what_is_no_quarter_is_this_one(asked):
    assert quarter_named(asked, TODAY) == Quarter(2023, 2)


def test_only_what_is_still_owed_is_overdue(stand):
    stand([(-1, state, "") for state in State.values])
    assert {row.state for row in Promise.objects.overdue()} == set(OPEN)
    assert {row.state for row in Promise.objects.all() if row.is_overdue} == set(OPEN)
    assert {row.light for row in Promise.objects.running()} == {"red"}


@pytest.mark.parametrize(("ahead", "light"), [(-1, "red"), (0, "yellow"), (14, "yellow"), (15, "green")])
def test_the_light_is_read_from_the_day(stand, ahead, light):
    stand([(ahead, State.IN_PROGRESS, "")])
    assert Promise.objects.get().light == light
