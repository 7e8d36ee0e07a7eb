"""Finding a firm by a word of its name, by the first letters of its pinyin and by its code, among as many as asked for.

What is measured is the look-up that the list page and the API make for a reader, with everything that a row shows;
beside it a bare query that gets the very same rows by their keys.
"""

import json
import math
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from django.db import models

from tisu.accounts.models import User
from tisu.bench.figures import at_most, figure
from tisu.bench.originals import COUNTY, OFFICER
from tisu.bench.rows import Table, in_bulk
from tisu.bench.timing import in_turn, milliseconds, p95, ratio
from tisu.enterprises.findable import SUBJECT
from tisu.enterprises.finding import look_up
from tisu.enterprises.models import Enterprise
from tisu.foundation import search
from tisu.foundation.models import SearchEntry
from tisu.foundation.textnorm import pinyin_readings
from tisu.orgs.models import Region

ALIKE = 60  # firms that share a word: a page full of them
SAMPLE = 40  # words looked up in turn
BATCH = 20_000
WORDS = json.loads((Path(__file__).parent / "names.json").read_text("utf-8"))
TO_BARE = at_most(3)


def finding(seconds: float) -> dict[str, Any]:
    told: dict[str, Any] = {"firms": Enterprise.objects.count()}
    for name, words in {"name": _brands(), "pinyin": _initials(), "code": _codes()}.items():
        told |= _measured(name, list(words), seconds / 3)
    return told


def grow_firms_to(count: int) -> None:
    """Firms with synthetic names and codes, findable as if each had been registered."""
    models_written = (Enterprise, SearchEntry)
    with in_bulk(models_written):
        firms, entries = (Table(model) for model in models_written)
        firms.look_for_free_keys()
        entries.look_for_free_keys()
        rows = _firms(count - Enterprise.objects.count(), count)
        while batch := list(islice(rows, BATCH)):
            first = firms.take_keys(len(batch))
            for place, firm in enumerate(batch):
                firm.pk = first + place
            firms.write(firms.prepared(_values(firm)) for firm in batch)
            entries.write(_entries(batch, entries.take_keys(len(batch)), entries))


def _firms(new: int, count: int) -> Iterator[Enterprise]:
    towns = list(Region.objects.subtree(COUNTY).exclude(code=COUNTY).values_list("code", flat=True))
    side = min(max(math.isqrt(count // ALIKE), 2), len(WORDS["signs"]))
    signs, trades, forms = WORDS["signs"][:side], WORDS["trades"], WORDS["forms"]
    for n in range(max(new, 0)):
        brand = signs[n % side] + signs[n // side % side]
        trade = trades[n // (side * side) % len(trades)]
        name = f"{WORDS['place']}{brand}{trade}{forms[n % len(forms)]}"
        yield Enterprise(
            credit_code=f"91422826B{n:08}X",
            name=name,
            region_id=towns[n % len(towns)],
            business=trade,
            name_key=brand + trade,
        )


def _values(firm: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(firm, field.attname) for field in firm._meta.concrete_fields}


def _entries(batch: list[Enterprise], first: int, table: Table) -> Iterator[list[Any]]:
    for place, firm in enumerate(batch):
        words = search.entry_of(f"{firm.credit_code} {firm.business}", firm.name)
        yield table.prepared({"id": first + place, "subject": SUBJECT, "object_id": firm.pk, **words})


# --- What is looked up ---


def _brands() -> Iterator[str]:
    for firm in _sample():
        yield firm.name.removeprefix(WORDS["place"])[:2]


def _initials() -> Iterator[str]:
    """Of the two signs of the name and the two after them, as somebody types who cannot be bothered."""
    for firm in _sample():
        reading = pinyin_readings(firm.name)[0]
        start = len(WORDS["place"])
        yield "".join(syllable[0] for syllable in reading[start : start + 4])


def _codes() -> Iterator[str]:
    return (firm.credit_code for firm in _sample())


def _sample() -> list[Enterprise]:
    rows = Enterprise.objects.filter(credit_code__startswith="91422826B").order_by("pk")
    step = max(rows.count() // SAMPLE, 1)
    return list(rows[: SAMPLE * step : step])


# --- How it is measured ---


def _measured(name: str, words: list[str], seconds: float) -> dict[str, Any]:
    reader = User.objects.get(username=OFFICER)
    found = {word: [firm.pk for firm in look_up(reader, word)] for word in words}
    own, bare = cycle(words), cycle(words)
    samples = in_turn(
        {"own": lambda: look_up(reader, next(own)), "bare": lambda: _bare(found[next(bare)])}, seconds
    )
    return {
        f"{name}_median": figure(milliseconds(samples["own"]), "ms"),
        f"{name}_p95": figure(p95(samples["own"]), "ms"),
        f"{name}_bare": figure(milliseconds(samples["bare"]), "ms"),
        f"{name}_times_bare": figure(ratio(samples, "own", "bare"), "×", TO_BARE),
        f"{name}_rows": sum(map(len, found.values())) / len(words),
        f"{name}_runs": len(samples["own"]),
    }


def _bare(keys: list[int]) -> list[Enterprise]:
    return list(Enterprise.objects.filter(pk__in=keys).select_related("region", "industry").order_by("-pk"))
