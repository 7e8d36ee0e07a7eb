"""Taking times so that noise hits both sides: one of each way in turn, again and again, in one process."""

import math
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

FEWEST = 5  # rounds, however little time there is
WARM = 3  # rounds before the first that counts

Samples = dict[str, list[float]]


def in_turn(ways: Mapping[str, Callable[[], object]], seconds: float, fewest: int = FEWEST) -> Samples:
    """Seconds of each run of each way, taken A B C, A B C … until the time is over."""
    for _round in range(WARM):
        for way in ways.values():
            way()
    samples: Samples = {name: [] for name in ways}
    ends = perf_counter() + seconds
    while perf_counter() < ends or len(samples[next(iter(ways))]) < fewest:
        for name, way in ways.items():
            samples[name].append(timed(way))
    return samples


def timed(way: Callable[[], object]) -> float:
    begun = perf_counter()
    way()
    return perf_counter() - begun


def milliseconds(samples: list[float]) -> float:
    return median(samples) * 1000


def p95(samples: list[float]) -> float:
    """Milliseconds within which 19 of 20 runs ended."""
    return sorted(samples)[math.ceil(len(samples) * 0.95) - 1] * 1000


def ratio(samples: Samples, one: str, other: str) -> float:
    """How many times as long as the other: of the medians, which one slow run does not move."""
    return median(samples[one]) / median(samples[other])
