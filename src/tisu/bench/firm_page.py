"""A firm's page with a thousand things on it, as an officer reads it: beside the page of a firm of which hardly anything is
known, and beside a bare view that lists the same rows."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tisu.accounts.models import User
from tisu.bench.addresses import FIRM
from tisu.bench.figures import at_most, figure
from tisu.bench.originals import OFFICER
from tisu.bench.timing import in_turn, milliseconds, p95, ratio
from tisu.enterprises.models import Benefit, Enterprise, Figure, Visit
from tisu.foundation import clock
from tisu.orgs.models import Unit

THINGS = 1000
TO_BARE = at_most(3)
MORE_QUERIES = at_most(0)  # than with hardly anything


def firm_page(seconds: float) -> dict[str, Any]:
    firm, other = Enterprise.objects.filter(survivor=None).order_by("pk")[:2]
    user = User.objects.get(username=OFFICER)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    own = partial(_read, client, f"/enterprises/{firm.credit_code}")
    fill(firm, user, 3)
    few = _queries(own)
    fill(firm, user, THINGS)
    bare = partial(_read, client, f"{FIRM}/{firm.pk}")
    empty = partial(_read, client, f"/enterprises/{other.credit_code}")
    samples = in_turn({"own": own, "empty": empty, "bare": bare}, seconds)
    return {
        "things": THINGS,
        "median": figure(milliseconds(samples["own"]), "ms"),
        "p95": figure(p95(samples["own"]), "ms"),
        "empty": figure(milliseconds(samples["empty"]), "ms"),
        "bare": figure(milliseconds(samples["bare"]), "ms"),
        "times_empty": figure(ratio(samples, "own", "empty"), "×"),
        "times_bare": figure(ratio(samples, "own", "bare"), "×", TO_BARE),
        "queries": _queries(own),
        "more_queries": figure(_queries(own) - few, "", MORE_QUERIES),
        "runs": len(samples["own"]),
    }


def fill(firm: Enterprise, user: User, count: int) -> None:
    """Visits, figures and benefits in equal parts, over six years."""
    today, unit, now = clock.today(), Unit.objects.order_by("pk").first(), clock.now()
    said = {"entered_by": user, "signed": "bench", "entered_at": now}
    part = count // 3
    for model in (Visit, Benefit, Figure):
        model.objects.filter(enterprise=firm, signed="bench").delete()
    days = [today - timedelta(days=n * 6) for n in range(part)]
    Visit.objects.bulk_create(
        Visit(enterprise=firm, unit=unit, kind="visit", purpose="bench", first=day, last=day, **said)
        for day in days
    )
    Benefit.objects.bulk_create(
        Benefit(enterprise=firm, kind="guidance", title=f"bench {n}", first=day, source="bench", **said)
        for n, day in enumerate(days)
    )
    Figure.objects.bulk_create(
        Figure(
            enterprise=firm, measure="output", status="actual", grain="so_far", first=date(day.year, 1, 1), last=day,
            value=n, origin="published", source="bench", said_on=day, **said,
        )
        for n, day in enumerate(days)
    )  # fmt: skip


def _read(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} was answered with {answer.status_code}.")


def _queries(read: Callable[[], None]) -> int:
    read()
    with CaptureQueriesContext(connection) as seen:
        read()
    return len(seen)
