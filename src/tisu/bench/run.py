"""One run: a county of the size asked for, a second one of a tenth of it, and each section in order."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic, perf_counter
from typing import Any

from django.conf import settings

from tisu.bench import ADDRESSES, machine
from tisu.bench.acting import acting
from tisu.bench.figures import missed
from tisu.bench.firm_page import firm_page
from tisu.bench.firms import finding, grow_firms_to
from tisu.bench.herd import Herd
from tisu.bench.importing import importing
from tisu.bench.intake import intake
from tisu.bench.originals import make_county, play
from tisu.bench.pages import desk, filtered_list, matter_page, search
from tisu.bench.proving import proving
from tisu.bench.racing import races
from tisu.bench.recomputing import recomputing
from tisu.bench.remembering import remembering
from tisu.bench.ringing import ringing
from tisu.bench.server import serving
from tisu.bench.tenth import in_the_tenth, make_tenth
from tisu.bench.uploading import uploading
from tisu.loop.models import Event, Matter

Figures = dict[str, Any]
BEGUN = monotonic()
SMALL, SMALL_ROUNDS, ROUNDS = 1000, 1, 3

# What only reads comes first; what loads more clocks, and moves their dates, comes last.
READING: dict[str, Callable[[float], Figures]] = {
    "chain": proving,
    "desk": desk,
    "list": filtered_list,
    "matter": matter_page,
    "search": search,
    "perform": acting,
}
FINDING = {"firms": finding, "firm": firm_page}
SERVING = {"intake": intake, "memory": remembering, "upload": uploading}
RINGING = {"clocks": ringing, "recompute": recomputing}
TAKING_IN = {"import": importing}
RACING = races()
SECTIONS = (*READING, *FINDING, *TAKING_IN, *RACING, *SERVING, *RINGING)


@dataclass(frozen=True)
class Wanted:
    """What was asked for: `seconds` for each section, `clocks` and `firms` in the sections about them."""

    matters: int
    tenth: int
    clocks: int
    firms: int
    seconds: float
    only: tuple[str, ...]


def run(wanted: Wanted) -> dict[str, Any]:
    settings.ROOT_URLCONF = ADDRESSES
    begun = perf_counter()
    facts = machine.facts()
    herd = _load(wanted)
    loaded = perf_counter() - begun
    sections = dict(_measure(wanted, herd))
    return {
        "machine": facts,
        "matters": wanted.matters,
        "tenth": wanted.tenth,
        "clocks": wanted.clocks,
        "events": Event.objects.count(),
        "loaded_in_seconds": round(loaded, 1),
        "sections": sections,
        "missed": missed(sections),
    }


def _load(wanted: Wanted) -> Herd:
    _tell("building the county")
    make_county()
    _tell("playing the originals")
    play(SMALL_ROUNDS if wanted.matters < SMALL else ROUNDS)
    make_tenth(wanted.tenth)
    with in_the_tenth():
        Herd().grow_to(wanted.tenth)
    herd = Herd()
    herd.grow_to(wanted.matters)
    _tell(f"{Matter.objects.count():,} matters")
    return herd


def _measure(wanted: Wanted, herd: Herd) -> Iterable[tuple[str, Figures]]:
    for name in _chosen(wanted, READING):
        yield name, READING[name](wanted.seconds)
    for name in _chosen(wanted, FINDING):
        grow_firms_to(wanted.firms)
        yield name, FINDING[name](wanted.seconds)
    for name in _chosen(wanted, TAKING_IN):
        yield name, TAKING_IN[name](wanted.firms)
    for name in _chosen(wanted, RACING):
        yield name, RACING[name](wanted.seconds)
    if any(name in wanted.only for name in SERVING):
        with serving() as server:
            for name in _chosen(wanted, SERVING):
                yield name, SERVING[name](wanted.seconds, server)
    for name in _chosen(wanted, RINGING):
        yield name, RINGING[name](wanted.seconds, herd, wanted.clocks)


def _chosen(wanted: Wanted, sections: Iterable[str]) -> Iterable[str]:
    for name in sections:
        if name in wanted.only:
            _tell(f"measuring {name}")
            yield name


def _tell(words: str) -> None:
    print(f"{monotonic() - BEGUN:7.1f} s  {words}", file=sys.stderr, flush=True)
