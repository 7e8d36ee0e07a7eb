"""Queries made once and asked many times, and rows written the same way: the answer is always today's."""

import contextlib
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.signals import post_save
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

from tisu.foundation.appendonly import LedgerIsAppendOnly
from tisu.foundation.models import CalendarNotice, Slot, WorkerBeat
from tisu.foundation.prepared import Blank, Prepared, Spelled
from tisu.foundation.writing import change, write

pytestmark = pytest.mark.django_db
NOON = datetime(2023, 5, 22, 4, tzinfo=UTC)
SEEN = Prepared(
    lambda: WorkerBeat.objects.filter(
        host=Blank("host", str), seen_at__gte=Blank("since", datetime)
    ).order_by("pid")
)
LAST = Prepared(lambda: WorkerBeat.objects.order_by("-pid").values_list("pid", flat=True)[:1])


def beat(host: str = "a", pid: int = 1, seen_at: datetime = NOON, **more) -> WorkerBeat:
    return WorkerBeat(host=host, pid=pid, started_at=NOON, seen_at=seen_at, **more)


SPELLED = Prepared(
    lambda: WorkerBeat.objects.filter(host=Spelled("host", str), pid__gt=Spelled("pid")).order_by("pid"),
    spelled=["host", "pid"],
)


# --- Asking ----------------------------------------------------------------------------------------------


def test_gives_what_the_query_set_gives():
    later = NOON + timedelta(hours=1)
    WorkerBeat.objects.bulk_create([beat(pid=2), beat(pid=1), beat("b"), beat(pid=3, seen_at=later)])
    for host, since in (("a", NOON), ("b", NOON), ("a", later), ("c", NOON)):
        expected = list(WorkerBeat.objects.filter(host=host, seen_at__gte=since).order_by("pid"))
        assert SEEN(host=host, since=since) == expected
    assert (LAST(), LAST.first()) == ([3], 3)


@pytest.mark.parametrize("host", ["a", "it's", "'qhcy':*", "乡镇", '"qh" *', "422826~"])
def test_gives_the_same_where_values_stand_in_the_text(host):
    WorkerBeat.objects.bulk_create([beat(host, pid=2), beat(host, pid=1), beat("b", pid=3)])
    assert SPELLED(host=host, pid=1) == list(WorkerBeat.objects.filter(host=host, pid__gt=1))


@pytest.mark.parametrize("host", ["a;", "a--b\\", "%s", "a\n/*", "$1", "a(b)"])
def test_writes_nothing_into_the_text_that_could_speak(host):
    with pytest.raises(ValueError, match="not written"):
        SPELLED(host=host, pid=1)


def test_asks_for_no_value_only_in_a_blank_that_is_no_text():
    with pytest.raises(ValueError, match="not written"):
        SPELLED(host="a", pid=None)


def test_keeps_nothing_of_the_answer():
    assert (SEEN(host="a", since=NOON), LAST.first()) == ([], None)
    row = beat()
    row.save()
    assert SEEN(host="a", since=NOON) == [row]
    WorkerBeat.objects.update(last_job="alarms")
    assert SEEN.first(host="a", since=NOON).last_job == "alarms"


def test_nothing_in_a_blank_finds_nothing():
    beat().save()
    assert SEEN(host=None, since=NOON) == []


def test_a_blank_left_empty_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        SEEN(host="a")


def test_makes_its_text_once(monkeypatch, django_assert_num_queries):
    made, as_sql = [], SQLCompiler.as_sql
    monkeypatch.setattr(SQLCompiler, "as_sql", lambda *args, **more: made.append(1) or as_sql(*args, **more))
    asked = Prepared(lambda: WorkerBeat.objects.filter(pid=Blank("pid")))
    with django_assert_num_queries(3):
        for pid in (1, 2, 3):
            asked(pid=pid)
    assert len(made) == 1


@pytest.mark.django_db(transaction=True)
def test_is_asked_from_any_thread_by_its_own_connection():
    beat().save()
    SEEN(host="a", since=NOON)
    found = []

    def ask() -> None:
        try:
            connection.ensure_connection()
            with connection.execute_wrapper(lambda run, *args: found.append(args[0]) or run(*args)):
                found.append(SEEN(host="a", since=NOON))
        finally:
            connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert len(found) == 2 and [row.pid for row in found[1]] == [1]


# --- Writing ---------------------------------------------------------------------------------------------


def test_writes_what_save_would_write():
    row = beat(stopped_at=NOON, last_job="alarms", rows_done=7)
    write(row)
    assert row.pk and not row._state.adding
    read = WorkerBeat.objects.get(pk=row.pk)
    names = [field.attname for field in WorkerBeat._meta.concrete_fields]
    assert [getattr(read, name) for name in names] == [getattr(row, name) for name in names]


def test_writes_many_in_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        write(beat(pid=1), beat(pid=2), beat(pid=3))
    assert list(WorkerBeat.objects.order_by("pid").values_list("pid", flat=True)) == [1, 2, 3]


def test_leaves_out_what_is_there_already():
    slots = [Slot(name="job", slot=day, claimed_at=NOON) for day in ("1", "2")]
    write(slots[0])
    write(*(Slot(name="job", slot=day, claimed_at=NOON) for day in ("1", "2")), or_skip=True)
    assert Slot.objects.filter(name="job").count() == 2


def test_writes_no_row_twice_and_no_two_sorts_together():
    row = beat()
    write(row)
    for rows in ([row], [beat(), Slot(name="job", slot="1", claimed_at=NOON)]):
        with pytest.raises(ValueError, match="only new rows of one model"):
            write(*rows)


def test_tells_whoever_listens_to_saving():
    heard = []

    def listen(sender, instance, created, **more) -> None:
        heard.append((sender, instance, created))

    post_save.connect(listen)
    try:
        write(row := beat())
    finally:
        post_save.disconnect(listen)
    assert heard == [(WorkerBeat, row, True)]


def test_changes_only_rows_as_they_were_last_seen():
    first, other = beat(pid=1), beat(pid=2)
    write(first)
    write(other)
    seen = {"pk": first.pk, "rows_done": 0}
    assert change(WorkerBeat, seen, {"rows_done": 1, "stopped_at": NOON}) == 1
    assert change(WorkerBeat, seen, {"rows_done": 2, "stopped_at": None}) == 0
    rows = WorkerBeat.objects.order_by("pid").values_list("rows_done", "stopped_at")
    assert list(rows) == [(1, NOON), (0, None)]


def test_changes_no_ledger():
    with pytest.raises(LedgerIsAppendOnly):
        change(CalendarNotice, {"pk": 1}, {"title": "x"})


# --- What has no place here ------------------------------------------------------------------------------


def test_refuses_what_a_text_made_once_cannot_say():
    beat().save()
    for where, values in (({"last_job": None}, {"pid": 2}), ({"pid": 1}, {"pid": F("pid") + 1})):
        with pytest.raises(ValueError, match="plain values"):
            change(WorkerBeat, where, values)
    with pytest.raises(ValueError, match="chooses"):
        write(beat(pk=777))


@pytest.mark.django_db(transaction=True)
def test_locks_nothing_outside_a_transaction():
    locking = Prepared(lambda: WorkerBeat.objects.filter(pid=Blank("pid")).select_for_update())
    with transaction.atomic():
        assert locking(pid=1) == []
    with pytest.raises(TransactionManagementError):
        locking(pid=1)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_in_which_a_row_was_refused_writes_nothing():
    with pytest.raises(TransactionManagementError), transaction.atomic():
        beat(pid=1).save()
        with contextlib.suppress(IntegrityError):
            write(beat(pid=2, seen_at=None))
        beat(pid=3).save()
    assert not WorkerBeat.objects.exists()
