"""Desk, filtered list, matter page and search, as an officer of the office reads them, beside a bare page."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import cycle
from typing import Any

from django.test import Client

from tisu.accounts.models import User
from tisu.bench.addresses import PAGE
from tisu.bench.figures import at_most, figure
from tisu.bench.originals import OFFICER, words
from tisu.bench.tenth import in_the_tenth
from tisu.bench.timing import Samples, in_turn, milliseconds, p95, ratio
from tisu.loop.models import Matter

OWN, BARE, TENTH = "own", "bare", "tenth"
GROWTH, TO_BARE = at_most(1.3), at_most(3)
WORD = words()[10]["title"][4:6]  # two characters that stand in the text of some matters, not of all
LISTS = (
    "/matters?stage=open&light=red",
    "/matters?unit=zhujian&stage=in_progress",
    "/matters?kind=report&closed_from=2023-01-01",
    "/matters?stage=submitted",
)


def desk(seconds: float) -> dict[str, Any]:
    return _measured(seconds, lambda: ["/desk"], growth=GROWTH, to_bare=TO_BARE)


def filtered_list(seconds: float) -> dict[str, Any]:
    return _measured(seconds, lambda: LISTS, growth=GROWTH, to_bare=TO_BARE)


def matter_page(seconds: float) -> dict[str, Any]:
    return _measured(seconds, _matters)


def search(seconds: float) -> dict[str, Any]:
    return _measured(seconds, lambda: [f"/matters?q={WORD}"])


def _matters() -> list[str]:
    numbers = Matter.objects.order_by("pk").values_list("number", flat=True)
    return [f"/matters/{number}" for number in numbers[:20_000:397]] or [f"/matters/{numbers[0]}"]


def _measured(seconds: float, addresses: Callable[[], Iterable[str]], **targets: Any) -> dict[str, Any]:
    """`own` in this county, `bare` in the same, `tenth` in the smaller one: in turn, each with a session of its own."""
    own, smaller = _signed_in(), None
    with in_the_tenth():
        smaller, smaller_addresses = _signed_in(), cycle(list(addresses()))
    own_addresses = cycle(list(addresses()))
    samples = in_turn(
        {
            OWN: lambda: _read(own, next(own_addresses)),
            BARE: partial(_read, own, PAGE),
            TENTH: lambda: _read_in_the_tenth(smaller, next(smaller_addresses)),
        },
        seconds,
    )
    return _told(samples, **targets)


def _signed_in() -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=OFFICER))
    return client


def _read(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} was answered with {answer.status_code}.")


def _read_in_the_tenth(client: Client, address: str) -> None:
    with in_the_tenth():
        _read(client, address)


def _told(samples: Samples, growth: Any = None, to_bare: Any = None) -> dict[str, Any]:
    return {
        "median": figure(milliseconds(samples[OWN]), "ms"),
        "p95": figure(p95(samples[OWN]), "ms"),
        "bare": figure(milliseconds(samples[BARE]), "ms"),
        "tenth": figure(milliseconds(samples[TENTH]), "ms"),
        "times_bare": figure(ratio(samples, OWN, BARE), "×", to_bare),
        "times_tenth": figure(ratio(samples, OWN, TENTH), "×", growth),
        "runs": len(samples[OWN]),
    }
