"""What PostgreSQL itself refuses (loop.md §3, promises 1 and 2): by raw SQL, as the owner and as the application."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from cast import COUNTY
from tisu.audit.anchors import keep_in_file, take_anchor
from tisu.audit.models import AnchorLeaf, Entry
from tisu.audit.record import record
from tisu.audit.verifying import verify
from tisu.foundation import triggers
from tisu.foundation.appendonly import AppendOnlyModel
from tisu.loop.actor import person
from tisu.loop.erasing import erase_content
from tisu.loop.models import Event, EventContent, Matter
from tisu.loop.register import register_matter
from tisu.orgs.models import Region

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.postgres,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="only PostgreSQL has roles and deferred triggers"
    ),
]
LEDGERS = [pytest.param(model, id=model.__name__) for model in triggers.ledgers()]


@pytest.fixture(autouse=True)
def anchor_file(settings, tmp_path):
    settings.ANCHORS = tmp_path / "anchors.txt"
    return settings.ANCHORS


def execute(sql: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def refused(sql: str, *params: Any, because: str) -> None:
    """The statement, or at the latest the end of its transaction, is refused with these words."""
    with pytest.raises(DatabaseError, match=because), transaction.atomic():
        execute(sql, *params)
        execute("SET CONSTRAINTS ALL IMMEDIATE")
    execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def as_application(db) -> Callable:
    """`with as_application():` the database knows us as the role that serves. Gone with the test."""
    role = connection.ops.quote_name(f"app of {connection.settings_dict['NAME']}")
    execute(f"CREATE ROLE {role} NOLOGIN")
    call_command("approle", role.strip('"'), verbosity=0)

    @contextmanager
    def _as_application() -> Iterator[None]:
        execute(f"SET ROLE {role}")
        try:
            yield
        finally:
            execute("RESET ROLE")

    return _as_application


# --- Ledgers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", LEDGERS)
def test_guards_every_ledger_with_a_trigger(db, model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = 'tisu_append_only'",
            [model._meta.db_table],
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("sql", ["UPDATE {} SET signed = 'x'", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["loop_event", "audit_entry"])
def test_refuses_its_owner_to_change_or_remove_an_entry(task, table, sql):
    record(act="add-unit", about="示例")
    refused(sql.format(table), because="is a ledger")


@pytest.mark.parametrize(
    "sql", ["UPDATE {} SET {column} = {column}", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
@pytest.mark.parametrize("model", LEDGERS)
def test_refuses_the_application_to_change_remove_or_empty_a_ledger(as_application, model, sql):
    table, column = model._meta.db_table, model._meta.concrete_fields[-1].column
    with as_application():
        refused(sql.format(table, column=column), because="permission denied")


@pytest.mark.parametrize(
    "change",
    ["said = '{{}}'", "said = NULL, event_id = event_id + 1000", "salt = 'x'", "erased_under = 'x'"],
)
def test_refuses_to_change_what_an_event_says(task, change):
    refused(f"UPDATE loop_eventcontent SET {change}", because="never changed or removed|violates")


def test_refuses_to_remove_what_an_event_says_or_to_fill_what_was_erased(task):
    refused("DELETE FROM loop_eventcontent", because="never changed or removed")
    erase_content(task, rule="lawful-erasure/1")
    event = EventContent.objects.get(said=None).pk
    refused(
        "UPDATE loop_eventcontent SET said = '{}' WHERE event_id = %s",
        event,
        because="never changed or removed",
    )
    refused(
        "UPDATE loop_eventcontent SET erased_by = 'x' WHERE event_id = %s",
        event,
        because="never changed or removed",
    )


# --- Stages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "stage = 'assigned'",
        "version = version + 1",
        "stage = 'assigned', version = version + 1",
        "stage = 'registered', version = 1",
        "stage = 'in_progress', version = version",
    ],
)
def test_refuses_a_stage_or_version_that_no_event_tells_of(at_stage, change):
    matter = at_stage("submitted")
    refused(
        f"UPDATE loop_matter SET {change} WHERE id = %s",
        matter.pk,
        because="tells of version|has a new version",
    )


def test_refuses_a_matter_without_an_event(task):
    columns = ", ".join(
        field.column for field in Matter._meta.concrete_fields if field.column not in ("id", "number")
    )
    refused(
        f"INSERT INTO loop_matter (number, {columns}) SELECT 'x', {columns} FROM loop_matter",
        because="tells of version 1",
    )


def test_lets_a_change_through_that_an_event_tells_of(act, task):
    act("office", task, "assign", lead_unit="zhujian")
    execute("SET CONSTRAINTS ALL IMMEDIATE")


# --- The application's role ------------------------------------------------------------------------------


def test_lets_the_application_do_its_work(as_application, at_stage, county, anchor_file):
    with as_application():
        matter = at_stage("closed")
        record(act="add-unit", about="示例", actor=county.people["admin"])
        erase_content(matter, rule="lawful-erasure/1")
        take_anchor()
        keep_in_file(anchor_file)
        assert list(verify()) == []
        execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_lets_nobody_wait_for_a_table_that_is_no_ledger(as_application):
    with as_application():
        refused("SELECT tisu_settled_key('loop_matter', 'id')", because="is no ledger")


def test_says_that_there_is_no_such_role(db):
    with pytest.raises(CommandError) as refusal:
        call_command("approle", "nobody-of-that-name")
    assert refusal.value.returncode == 2


def test_gives_a_role_that_the_settings_name_its_rights_after_a_migration(settings, db):
    role = f"served by {connection.settings_dict['NAME']}"
    execute(f'CREATE ROLE "{role}" NOLOGIN')
    settings.APP_ROLE = role
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'loop_event', 'INSERT')", [role])
        assert cursor.fetchone() == (True,)


# --- Migrations ------------------------------------------------------------------------------------------


def laid() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(triggers.OURS)
        return set(cursor.fetchall())


def test_lifts_the_triggers_for_a_migration_and_lays_them_again(db):
    before = laid()
    triggers.lift("default", plan=[])
    assert laid() == before
    triggers.lift("default", plan=["something to do"])
    assert laid() == set()
    call_command("migrate", verbosity=0)
    assert laid() == before


def test_says_before_a_start_that_a_ledger_is_not_guarded(db, monkeypatch):
    assert list(triggers.unguarded()) == []
    monkeypatch.setattr(triggers, "ledgers", lambda: [Event, Region])
    [sentence] = triggers.unguarded()
    assert "orgs_region" in sentence and "loop_event" not in sentence


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("ALTER TABLE loop_event DISABLE TRIGGER tisu_append_only", "loop_event"),
        ("ALTER TABLE loop_event ENABLE REPLICA TRIGGER tisu_append_only", "loop_event"),
        ("ALTER TABLE loop_matter DISABLE TRIGGER ALL", "loop_matter"),
        ("DROP TRIGGER tisu_witnessed ON loop_matter", "loop_matter"),
        ("DROP TRIGGER tisu_only_emptied ON loop_eventcontent", "loop_eventcontent"),
        ("ALTER TABLE audit_anchor DISABLE TRIGGER USER", "audit_anchor"),
    ],
)
def test_says_before_a_start_that_a_guard_is_off_until_it_is_laid_again(sql, table):
    execute(sql)
    try:
        [sentence] = triggers.unguarded()
        assert re.findall(r"\b(?:loop|audit|orgs)_\w+", sentence) == [table]
    finally:
        execute("ALTER TABLE loop_matter ENABLE TRIGGER ALL")
        call_command("migrate", verbosity=0)
    assert list(triggers.unguarded()) == []


def test_guards_a_ledger_that_comes_later(db):
    assert {model._meta.db_table for model in triggers.ledgers()} <= {table for _trigger, table in laid()}
    assert all(
        issubclass(model, AppendOnlyModel) and not model._meta.abstract for model in triggers.ledgers()
    )


# --- Late commits ----------------------------------------------------------------------------------------


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return cursor.fetchone() != (0,)


@pytest.mark.django_db(transaction=True)
def test_holds_in_an_anchor_what_is_committed_late(county):
    """An event that has its key and is not committed yet: the anchor waits for it, and misses nothing."""
    written, may_commit, numbers = threading.Event(), threading.Event(), []
    office = person(county.people["office"])

    def register() -> None:
        matter = register_matter(kind="task", title="示例", text="示例", region=COUNTY, actor=office)
        numbers.append(matter.number)

    def late() -> None:
        with transaction.atomic():
            register()
            written.set()
            assert may_commit.wait(20)
        connections.close_all()

    def anchor() -> None:
        take_anchor()
        connections.close_all()

    first = threading.Thread(target=late)
    first.start()
    assert written.wait(20)
    register()
    second = threading.Thread(target=anchor)
    second.start()
    while second.is_alive() and not waits_for_a_lock():
        time.sleep(0.01)
    may_commit.set()
    first.join()
    second.join()
    assert set(AnchorLeaf.objects.values_list("chain", flat=True)) == set(numbers)


@pytest.mark.django_db(transaction=True)
def test_lets_two_write_to_the_house_at_once_one_after_the_other(county):
    together = threading.Barrier(4)

    def write() -> None:
        together.wait()
        record(act="add-unit", about="示例")
        connections.close_all()

    threads = [threading.Thread(target=write) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4]
    assert list(verify()) == []
