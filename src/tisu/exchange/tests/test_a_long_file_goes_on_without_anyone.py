"""Large files are the worker's: it goes on where it was, whoever dies on the way, and every row comes in once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from tisu.exchange import kinds, running, views
from tisu.exchange.kinds import kind_of
from tisu.exchange.models import ImportRun, RunState
from tisu.exchange.running import step, take_one
from tisu.exchange.steps import let_in, say_columns, take_back
from tisu.orgs.models import Unit
from ugly_files import csv_file

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = [
    ["单位名称", "简称"],
    *([f"示例第{n}局", f"示例{n}局"] for n in range(1, 12)),
    ["示例第3局", "示例3局"],
]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    """Three rows at once, and no page that goes on by itself."""
    small = [replace(kind, batch=3) for kind in kinds.all_kinds()]
    monkeypatch.setattr(kinds, "all_kinds", lambda: small)
    monkeypatch.setattr(running, "AT_ONCE_BYTES", 0)
    monkeypatch.setattr(views, "AT_ONCE_BYTES", 0)
    monkeypatch.setattr(views, "FEW_ROWS", 0)
    running.ASIDE._until.clear()


@pytest.fixture
def run(hand_in) -> ImportRun:
    return hand_in("units", csv_file(ROWS), "单位.csv")


def now(run: ImportRun) -> ImportRun:
    return ImportRun.objects.get(pk=run.pk)


def work(most: int = 100) -> int:
    return next(n for n in range(most) if not take_one())


def ours() -> int:
    return Unit.objects.filter(short_name__startswith="示例").count()


@contextmanager
def the_lights_go_out(after: int) -> Iterator[None]:
    """The database is gone from the given statement on."""
    seen = count()

    def cut(execute, sql, params, many, context):
        if next(seen) >= after:
            raise OperationalError("gone")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(cut):
        yield


def test_the_page_hands_it_to_the_worker_and_shows_how_far_it_is(run, admin, say, agree):
    assert run.state == RunState.WAITING
    page = admin.get(f"/imports/{run.pk}").content.decode()
    assert "等待读取" in page and "<progress" in page
    assert work() == 1
    run = agree(now(run))
    assert run.state == RunState.CHECKING
    part = admin.get(f"/imports/{run.pk}/progress", HTTP_HX_REQUEST="true")
    assert (part.status_code, "hx-get" in part.content.decode()) == (200, True)
    work()
    assert admin.get(f"/imports/{run.pk}/progress", HTTP_HX_REQUEST="true")["HX-Refresh"] == "true"
    assert now(run).counts == {"new": 11, "refused": 1}
    say(now(run), "let_in")
    assert (now(run).state, ours()) == (RunState.CARRYING, 0)
    work()
    assert (now(run).state, ours()) == (RunState.DONE, 11)


def test_one_batch_at_a_time_comes_in(run, admin, county):
    _checked(run, county)
    let_in(now(run), county.people["admin"])
    come_in = []
    while step(now(run)):
        come_in.append(ours())
    assert come_in == [3, 6, 9, 11]
    take_back(now(run), county.people["admin"])
    gone = []
    while step(now(run)):
        gone.append(ours())
    assert gone == [8, 5, 2, 0]


def _checked(run: ImportRun, county) -> None:
    while now(run).state != RunState.READ:
        step(now(run))
    say_columns(now(run), now(run).mapping)
    while now(run).state != RunState.CHECKED:
        step(now(run))


@pytest.mark.parametrize("after", range(0, 60, 4))
def test_wherever_it_dies_every_row_comes_in_once(run, county, after):
    for state in ("read", "check", "carry", "undo"):
        if state == "check":
            say_columns(now(run), now(run).mapping)
        elif state == "carry":
            assert now(run).counts == {"new": 11, "refused": 1}
            let_in(now(run), county.people["admin"])
        elif state == "undo":
            assert (ours(), now(run).arrivals.count(), now(run).counts) == (11, 11, {"new": 11, "refused": 1})
            take_back(now(run), county.people["admin"])
        with the_lights_go_out(after), pytest.raises(OperationalError):
            while True:
                step(now(run))
        ImportRun.objects.update(held_until=None)  # as when the lease of a dead process is over
        while now(run).is_working:
            step(now(run))
    assert (now(run).state, ours()) == (RunState.UNDONE, 0)


def test_nobody_goes_on_with_what_another_is_at(run):
    ImportRun.objects.update(held_until=timezone.now() + timedelta(minutes=1))
    assert not take_one()
    assert not step(now(run))
    ImportRun.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    assert take_one()
    assert now(run).state == RunState.READ


def test_a_second_press_of_the_button_changes_nothing(run, county, admin):
    _checked(run, county)
    seen = now(run)
    let_in(now(run), county.people["admin"])
    answer = admin.post(f"/imports/{run.pk}", {"act": "let_in"})
    assert answer.status_code == 409
    assert "已有变化" in answer.content.decode()
    assert admin.post(f"/imports/{run.pk}", {"act": "columns", "column_0": "name"}).status_code == 409
    assert seen.version + 1 == now(run).version


def test_a_row_that_became_impossible_since_is_told_and_the_others_come_in(run, county):
    _checked(run, county)
    Unit.objects.create(
        code="shili2", region_id="422826", name="示例第2局", short_name="另一个", since="2021-01-01"
    )
    Unit.objects.create(
        code="shili2b", region_id="422826", name="甲", short_name="示例第2局", since="2021-01-01"
    )
    let_in(now(run), county.people["admin"])
    while now(run).is_working:
        step(now(run))
    assert now(run).counts == {"new": 10, "refused": 2}
    assert kind_of("units").label
