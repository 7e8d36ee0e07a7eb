"""No sequence of acts leaves an illegal state (loop.md §3). `make test-deep` tries a hundred thousand of them."""

import os

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from sequences import Sequence

SEQUENCES = int(os.environ.get("TISU_SEQUENCES", "60"))
FIRST = int(os.environ.get("TISU_FIRST_SEED", "1"))
STEPS = 24
PART = 500  # sequences for each seed, so that memory stays small and both cores have work


@pytest.mark.parametrize("part", range(FIRST, FIRST + -(-SEQUENCES // PART)))
def test_leaves_no_illegal_state_no_date_without_facts_and_no_broken_chain(county, part):
    def begin() -> Sequence:
        return Sequence(county)

    run_state_machine_as_test(
        seed(part)(begin),
        settings=settings(
            max_examples=min(PART, SEQUENCES),
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
            database=None,
            print_blob=True,
        ),
    )
