"""What rooms declare to be measured: what each does beside the least that the database must do for the same."""

from collections.abc import Callable
from typing import Any

from tisu.bench.figures import at_most, figure
from tisu.bench.timing import in_turn, milliseconds, p95, ratio
from tisu.foundation.rooms import Race, declared
from tisu.foundation.statistics import refresh_statistics


def races() -> dict[str, Callable[[float], dict[str, Any]]]:
    """A section for each, by its code."""
    return {race.code: lambda seconds, race=race: _run(race, seconds) for race in declared("races")}


def _run(race: Race, seconds: float) -> dict[str, Any]:
    loaded = race.load()
    refresh_statistics()  # as a worker does once a day
    samples = in_turn({"own": race.own, "bare": race.bare}, seconds)
    return loaded | {
        "median": figure(milliseconds(samples["own"]), "ms"),
        "p95": figure(p95(samples["own"]), "ms"),
        "bare": figure(milliseconds(samples["bare"]), "ms"),
        "times_bare": figure(ratio(samples, "own", "bare"), "×", at_most(race.most)),
        "runs": len(samples["own"]),
    }
