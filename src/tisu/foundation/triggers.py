"""What PostgreSQL itself refuses, whoever asks: changed ledgers, changed content, a state that nobody witnessed.

Laid anew after every migration and lifted before one, because a migration may have to touch what nobody else may.
Which tables are meant follows from the models: AppendOnlyModel, ErasableModel, Witness (foundation/appendonly.py).
SQLite has no roles and one file that its owner can write, so there the chain alone tells (docs/audit.md).
"""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from tisu.foundation.appendonly import AppendOnlyModel, ErasableModel
from tisu.foundation.moves import state_field
from tisu.foundation.occupant import reading

# Each {…} is a name that was quoted for SQL.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION tisu_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is a ledger: an entry is added and never changed or removed.', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE FUNCTION tisu_only_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) ->> TG_ARGV[0] IS NOT NULL AND to_jsonb(NEW) ->> TG_ARGV[0] IS NULL
        AND to_jsonb(OLD) - TG_ARGV = to_jsonb(NEW) - TG_ARGV THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% says what was done: it is emptied under a rule and never changed or removed.', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE FUNCTION tisu_need_witness() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stands jsonb := to_jsonb(NEW);
    witnessed boolean;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(OLD) -> TG_ARGV[4] = stands -> TG_ARGV[4] AND OLD.version = NEW.version THEN
            RETURN NULL;
        END IF;
        IF NEW.version <= OLD.version THEN
            RAISE EXCEPTION '% %: a new state has a new version.', TG_TABLE_NAME, NEW.id
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I = $1 AND %I = $2 AND %I = $3)',
        TG_ARGV[0], TG_ARGV[1], TG_ARGV[2], TG_ARGV[3])
        INTO witnessed USING NEW.id, stands ->> TG_ARGV[4], NEW.version;
    IF NOT witnessed THEN
        RAISE EXCEPTION '% %: no entry of % tells of version %, “%”.',
            TG_TABLE_NAME, NEW.id, TG_ARGV[0], NEW.version, stands ->> TG_ARGV[4]
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

-- The last key of a ledger when nobody is in the middle of an entry. Runs with the owner's rights: to wait for
-- writers takes a lock that who may not change a ledger may not have.
CREATE OR REPLACE FUNCTION tisu_settled_key(ledger text, key text) RETURNS bigint LANGUAGE plpgsql
SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE
    last bigint;
BEGIN
    PERFORM FROM pg_trigger WHERE tgrelid = ledger::regclass AND tgname = 'tisu_append_only';
    IF NOT FOUND THEN
        RAISE EXCEPTION '% is no ledger.', ledger;
    END IF;
    EXECUTE format('LOCK TABLE %s IN SHARE MODE', ledger::regclass);
    EXECUTE format('SELECT coalesce(max(%I), 0) FROM %s', key, ledger::regclass) INTO last;
    RETURN last;
END $$;
REVOKE ALL ON FUNCTION tisu_settled_key(text, text) FROM PUBLIC;
"""
APPEND_ONLY = """
CREATE OR REPLACE TRIGGER tisu_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION tisu_refuse_change();
"""
ONLY_EMPTIED = """
CREATE OR REPLACE TRIGGER tisu_only_emptied BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION tisu_only_empty({columns});
"""
WITNESSED = """
DROP TRIGGER IF EXISTS tisu_witnessed ON {table};
CREATE CONSTRAINT TRIGGER tisu_witnessed AFTER INSERT OR UPDATE OF {state}, version ON {table}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tisu_need_witness({arguments});
"""
OURS = """
SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'tisu\\_%' AND NOT tgisinternal
"""
ON_GUARD = """
SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE pg_table_is_visible(tgrelid) AND tgenabled IN ('O', 'A') AND NOT tgisinternal
"""


def lay(using: str, **signal: Any) -> None:
    """After a migration (`flush` sends the same signal, without a plan): every trigger that is meant."""
    connection = connections[using]
    if connection.vendor == "postgresql" and "plan" in signal:
        with connection.cursor() as cursor:
            cursor.execute("".join(_statements(connection)))


def lift(using: str, plan: list, **signal: Any) -> None:
    """Before a migration that has something to do."""
    connection = connections[using]
    if connection.vendor == "postgresql" and plan:
        with connection.cursor() as cursor:
            cursor.execute(OURS)
            for trigger, table in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(trigger)} ON {table}")


def unguarded() -> Iterator[str]:
    """A sentence when a guard is missing or switched off, be it that a migration broke off or that someone took
    it away: asked before anything starts. A database that does not answer is for others to report.
    """
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    try:
        with closing(reading()) as connection, connection.cursor() as cursor:
            cursor.execute(ON_GUARD)
            on_guard = set(cursor.fetchall())
            tables = set(connection.introspection.table_names())
    except DatabaseError:
        return
    if bare := sorted({table for table, trigger in set(_meant()) - on_guard if table in tables}):
        sentence = _("PostgreSQL does not guard these tables: %(tables)s. Run tisu migrate as their owner.")
        yield sentence % {"tables": ", ".join(bare)}


def _meant() -> Iterator[tuple[str, str]]:
    """Each table with the name of the guard that it must have."""
    for model in ledgers():
        yield model._meta.db_table, "tisu_append_only"
        if hasattr(model, "WITNESS"):
            yield model._meta.get_field(model.WITNESS.of).related_model._meta.db_table, "tisu_witnessed"
    for model in erasables():
        yield model._meta.db_table, "tisu_only_emptied"


def ledgers() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]


def erasables() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, ErasableModel)]


def _statements(connection: BaseDatabaseWrapper) -> Iterator[str]:
    quote, tables = connection.ops.quote_name, set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
    yield FUNCTIONS.replace("{schema}", quote(schema))
    for model in ledgers():
        if (table := model._meta.db_table) in tables:
            yield APPEND_ONLY.format(table=quote(table))
            yield from _witnessed(model, quote) if hasattr(model, "WITNESS") else ()
    for model in erasables():
        if (table := model._meta.db_table) in tables:
            yield ONLY_EMPTIED.format(table=quote(table), columns=_arguments(model.EMPTIED))


def _witnessed(model: type[models.Model], quote: Any) -> Iterator[str]:
    witness, key = model.WITNESS, model._meta.get_field(model.WITNESS.of)
    state = state_field(key.related_model)
    told = (model._meta.db_table, key.column, witness.state, witness.version, state)
    yield WITNESSED.format(
        table=quote(key.related_model._meta.db_table), state=quote(state), arguments=_arguments(told)
    )


def _arguments(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)
