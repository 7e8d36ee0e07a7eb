"""A worker that is killed at any moment, or is not alone: an alarm is rung wholly and once, or not yet."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import connection, transaction

from cast import SHANGHAI
from tisu.foundation import clock
from tisu.inbox.models import Message
from tisu.loop.alarms import due_clocks, take_alarm, take_resumption
from tisu.loop.models import Alarm, Assignment, Clock, Event, EventContent, Matter, Pause, Watch

WRITES = ("INSERT", "UPDATE", "DELETE")
KEPT = (Alarm, Assignment, Clock, Event, EventContent, Matter, Message, Pause, Watch)


class Killed(BaseException):
    """The process is gone: no handler may catch this as a fault of the job."""


@contextmanager
def killed_before_write(number: int) -> Iterator[None]:
    """The worker dies just before its so manieth write."""
    seen = 0

    def execute(run, sql, params, many, context):
        nonlocal seen
        if sql.lstrip().upper().startswith(WRITES):
            seen += 1
            if seen == number:
                raise Killed
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


def standing() -> list:
    """Every row that an alarm may touch, as it stands."""
    return [list(model.objects.order_by("pk").values_list()) for model in KEPT]


def writes_of(take) -> int:
    """How many writes one turn makes, undone again."""
    with connection.execute_wrapper(counting := Counting()), transaction.atomic():
        take()
        transaction.set_rollback(True)
    return counting.seen


class Counting:
    seen = 0

    def __call__(self, run, sql, params, many, context):
        self.seen += sql.lstrip().upper().startswith(WRITES)
        return run(sql, params, many, context)


@pytest.fixture
def overdue(opened, take, second_leader):
    """A matter whose next alarm tells a superior: alarm, event, watch, messages, clock and matter are written."""
    return take(opened(), "in_progress", working_days=5)


@pytest.fixture
def unaccepted(opened, take):
    return take(opened(report_days=3), "assigned", working_days=5)


@pytest.fixture
def suspended(opened, take, ask, act):
    matter = take(opened(report_days=3), "in_progress", co_units=["fagai"], working_days=5)
    number = ask("zhujian", matter, "suspension", reason="supplement", until="2023-05-25")
    act("supervisor", matter, "grant", request=number)
    return matter


@pytest.mark.parametrize(
    ("which", "take_one", "moment", "action"),
    [
        ("overdue", take_alarm, "2023-06-01", "escalate"),
        ("unaccepted", take_alarm, "2023-05-25", "auto_accept"),
        ("suspended", take_resumption, "2023-05-25", "resume"),
    ],
    ids=["telling a superior", "accepting by rule", "resuming"],
)
def test_killed_between_any_two_writes_it_is_done_wholly_and_once_afterwards(
    request, on, which, take_one, moment, action
):
    matter = request.getfixturevalue(which)
    with on(moment):
        before, writes = standing(), writes_of(take_one)
        assert writes > 5
        for number in range(1, writes + 1):
            with pytest.raises(Killed), killed_before_write(number):
                take_one()
            assert standing() == before, f"killed before write {number}"
        while take_one():
            pass
    assert Event.objects.filter(matter=matter, action=action).count() == 1
    told = list(Message.objects.filter(rule__startswith=action).values_list("recipient", flat=True))
    assert len(told) == len(set(told)) > 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("workers", [2, 3])
def test_two_workers_ring_each_alarm_once(opened, take, caches_agree, workers):
    matters = [take(opened(), "in_progress", working_days=5) for _n in range(4)]
    together, faults = threading.Barrier(workers), []

    def run() -> None:
        together.wait()
        try:
            with clock.at(datetime(2023, 5, 30, 9, 0, tzinfo=SHANGHAI)):
                while take_alarm():
                    pass
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _n in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with clock.at(datetime(2023, 5, 30, 9, 0, tzinfo=SHANGHAI)):
        while take_alarm():  # whatever one left because another one held it
            pass
        assert (faults, due_clocks().count()) == ([], 0)
    for matter in matters:
        assert Event.objects.filter(matter=matter, action="urge").count() == 1
    rows = [(row.clock_id, row.level) for row in Alarm.objects.all()]
    assert len(rows) == len(set(rows)) == 2 * len(matters)
    assert caches_agree()
