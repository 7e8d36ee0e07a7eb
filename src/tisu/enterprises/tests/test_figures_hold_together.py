"""Whatever is entered in whatever order: what stands holds together, and reads as what it is."""

import random
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tisu.enterprises.amounts import Amount, Bound, Measure
from tisu.enterprises.figures import record_figure
from tisu.enterprises.models import Figure, Origin, Statement
from tisu.enterprises.periods import Grain, month, quarter, so_far, year

pytestmark = pytest.mark.django_db
PERIODS = [
    year(2022), year(2021), so_far(date(2023, 3, 31)), so_far(date(2023, 5, 22)),
    *(quarter(2022, n) for n in range(1, 5)), quarter(2023, 1), *(month(2022, n) for n in (1, 2, 3, 12)), month(2023, 3),
]  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_no_whole_is_exceeded_by_its_parts(county, seed):
    dice = random.Random(seed)
    for _turn in range(30):
        stood = {row.pk: row for row in Figure.objects.standing()}
        try:
            record_figure(
                actor=county.people["office"], firm=county.firms[0], measure=dice.choice([Measure.OUTPUT, Measure.SALES]),
                status=Statement.ACTUAL, period=(period := dice.choice(PERIODS)),
                amount=Amount(dice.randint(1, 400), dice.choice([Bound.EXACT, Bound.EXACT, Bound.OVER, Bound.ABOUT])),
                origin=Origin.PUBLISHED, source="示例", replacing=_found(stood, period, dice), reason="更正",
            )  # fmt: skip
        except ValidationError:
            assert {row.pk for row in Figure.objects.standing()} == set(stood)
        _holds_together()
    assert Figure.objects.standing().count() > 5


def _found(stood, period, dice):
    """Now and then a correction of what stands there."""
    there = [row for row in stood.values() if row.period == period]
    return dice.choice(there) if there and dice.random() < 0.7 else None


def _holds_together() -> None:
    rows = list(Figure.objects.standing())
    for whole in rows:
        if whole.bound == Bound.OVER:
            continue
        for grain in Grain:
            parts = [
                row
                for row in rows
                if row.measure == whole.measure and row.grain == grain and whole.period.holds(row.period)
            ]
            most = (
                max((row.value for row in parts), default=0)
                if grain == Grain.SO_FAR
                else sum(row.value for row in parts)
            )
            assert most <= whole.value
